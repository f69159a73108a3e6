"""Why a release was made, as an editor reads it: imports of files are noted by paths, which say nothing to him."""

from __future__ import annotations

import re

from api.releases.imports import FIRST
from api.releases.store import Release
from bot.wording import Wording
from knowledge.entry_kinds import shelves_of

_MORE = re.compile(r" \+\d+$")


def plain_reason(release: Release, words: Wording) -> str:
    """The reason that was given; for files that were edited directly, what kinds of entries stand in them."""
    if release.kind != "import":
        return release.reason
    if release.reason == FIRST:
        return words.say("changes.release.first")
    paths = _MORE.sub("", release.reason).split(", ")
    kinds = [shelves[0].kind for path in paths if (shelves := shelves_of(path))]
    if len(kinds) < len(paths):
        return release.reason
    names = dict.fromkeys(words.say(f"studio.kind.{kind}") for kind in kinds)
    return words.say("changes.release.files", kinds="、".join(names))

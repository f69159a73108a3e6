"""Who is asking: the veteran himself, somebody of his family, or somebody who helps him. Heard from what he says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.library import Library

SpeakerKind = Literal["self", "family", "helper"]


@dataclass(frozen=True)
class Speaker:
    """kind, and the word by which the person was named: 儿子, 战友."""

    kind: SpeakerKind
    relation: str | None = None


def speaker_in(text: str, library: Library) -> Speaker | None:
    """Who is asking, when the message says so: 替我儿子问, 我儿子刚退伍, 帮战友办, 我自己的事. Else None."""
    if any(words in text for words in _words(library, "words_speaker_self")):
        return Speaker("self")
    for kind in ("family", "helper"):
        people = "|".join(sorted(_words(library, f"words_speaker_{kind}"), key=len, reverse=True))
        for pattern in _words(library, "patterns_speaker"):
            found = re.search(pattern.replace("<who>", f"({people})"), text)
            if found:
                return Speaker(kind, found.group(1))
    return None


def says_conscript(text: str, library: Library) -> bool:
    """Whether the veteran is called a 义务兵 by himself or by who asks for him: 我是义务兵, 义务兵 两年."""
    return any(re.search(pattern, text) for pattern in _words(library, "patterns_conscript"))


def _words(library: Library, key: str) -> list[str]:
    return library.phrases[key].split("、")

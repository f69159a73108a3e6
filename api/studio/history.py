"""How an entry read in earlier releases."""

from __future__ import annotations

from dataclasses import dataclass

from api.releases.store import Release, Releases
from knowledge.entry_kinds import EntryName
from knowledge.entry_pieces import EntryUnreadable
from knowledge.entry_text import EntryFile

MOST_RELEASES = 200


@dataclass(frozen=True)
class Past:
    """From one release on, until the next in the list. text: none while it was not there."""

    release: Release
    text: str | None


async def past_of(name: EntryName, releases: Releases) -> list[Past]:
    """Every release that changed the entry, newest first."""
    found: list[Past] = []
    digest: bytes | None = None
    for release in reversed(await releases.list(most=MOST_RELEASES)):
        now = (await releases.digests(release.number)).get(name.path)
        if found and now == digest:
            continue
        digest = now
        text = await text_in(name, release.number, releases)
        if (found and found[-1].text != text) or (not found and text is not None):
            found.append(Past(release, text))
    return found[::-1]


async def text_in(name: EntryName, release: int, releases: Releases) -> str | None:
    """The entry in one release; none when it was not there or could not be read, or there is no such release."""
    content = await releases.file(release, name.path)
    try:
        block = EntryFile(name.path, content).find(name.kind, name.key) if content is not None else None
    except EntryUnreadable:
        return None
    return block.text if block else None

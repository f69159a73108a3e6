"""All entries of a set of files, with what a list of them shows and a search looks through."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from knowledge.entry_kinds import EntryName, city_of, province_of
from knowledge.entry_pieces import Block, EntryUnreadable
from knowledge.entry_text import EntryFile

TITLES = ("title", "name", "text", "short_name", "say")
"""Which key an entry is called by; the first that it has."""


@dataclass(frozen=True)
class ListedEntry:
    """An entry of a set of files. province: its id; none for what is national. region: adcode of the place whose
    business it is, a city's for its layer. line: its first in the file.
    """

    path: str
    kind: str
    key: str
    title: str
    province: str | None
    region: str | None
    line: int
    text: str = field(repr=False)
    content: Any = field(repr=False, compare=False)

    @property
    def name(self) -> EntryName:
        """What it is named by."""
        return EntryName(self.path, self.kind, self.key)

    @property
    def lines(self) -> int:
        """How many lines of the file it takes."""
        return self.text.rstrip("\n").count("\n") + 1

    @cached_property
    def words(self) -> str:
        """All that stands in it, for a search; in lower case."""
        return "\n".join([self.key, *_words(self.content)]).casefold()


class EntryList:
    """The entries of one release or draft, in the order of the files. Reads anew only what `previous` has not read."""

    def __init__(self, files: Mapping[str, bytes], previous: EntryList | None = None) -> None:
        """A file that cannot be read has no entries here; it is among `unreadable`."""
        known = previous._read if previous else {}
        self._read: dict[str, tuple[bytes, tuple[Block, ...]]] = {}
        self.unreadable: dict[str, EntryUnreadable] = {}
        for path in sorted(files):
            digest = hashlib.sha256(files[path]).digest()
            if path in known and known[path][0] == digest:
                self._read[path] = known[path]
                continue
            try:
                self._read[path] = (digest, EntryFile(path, files[path]).blocks)
            except EntryUnreadable as error:
                self.unreadable[path] = error
        self.entries = tuple(self._listed())
        self._by_name = {entry.name: entry for entry in self.entries}

    def find(self, path: str, kind: str, key: str) -> ListedEntry | None:
        """The entry of this name."""
        return self._by_name.get(EntryName(path, kind, key))

    def region_of(self, path: str) -> str | None:
        """Adcode of the place whose business a file is; none for what is national, and for a place not there yet."""
        head = path if city_of(path) else f"provinces/{province_of(path)}/province.yaml"
        _, blocks = self._read.get(head, (b"", ()))
        return next((str(one.content.get("region")) for one in blocks if one.kind in ("province", "city")), None)

    def _guide_name(self, province: str | None, guide: str) -> str | None:
        """What the guide of a table of contents is called."""
        for path, (_, blocks) in self._read.items():
            for one in blocks if province_of(path) == province else ():
                if one.kind in ("province", "city") and isinstance(one.content, dict):
                    guides = [*(one.content.get("guides") or ()), one.content.get("guide")]
                    for found in guides:
                        if isinstance(found, dict) and found.get("id") == guide:
                            return str(found.get("short_name") or guide)
        return None

    def _listed(self) -> Iterator[ListedEntry]:
        for path, (_, blocks) in self._read.items():
            province = province_of(path)
            region = self.region_of(path) if province else None
            for block in blocks:
                title = title_of(block.kind, block.key, block.content)
                if block.kind == "sections":
                    title = self._guide_name(province, block.key) or title
                yield ListedEntry(
                    path, block.kind, block.key, title, province, region, block.line, block.text, block.content
                )


def title_of(kind: str, key: str, content: Any) -> str:
    """What an entry is called in a list."""
    if not isinstance(content, dict):
        return key
    if kind == "phrase":
        return str(content.get(key) or key)
    if kind == "calendar":
        return " ".join(str(content.get(column, "")) for column in ("日期", "名称", "安排"))
    if kind in ("province", "city"):
        guides = content.get("guides") or [content.get("guide")]
        return str(guides[0].get("short_name", key)) if isinstance(guides[0], dict) else key
    found = next((content[name] for name in TITLES if content.get(name)), key)
    return str(found)


def _words(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for value in content.values():
            yield from _words(value)
    elif isinstance(content, list):
        for value in content:
            yield from _words(value)
    elif content is not None:
        yield str(content)

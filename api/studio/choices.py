"""What a form offers to choose from: the items, papers, sections and questions of the draft that is being edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.entry_kinds import city_of, province_of
from knowledge.entry_list import EntryList, ListedEntry

Pairs = list[tuple[str, str]]
OF_PROVINCE = {"item": "item", "paper": "paper"}
NATIONAL = {
    "national_item": "item_words",
    "national_paper": "paper_words",
    "department": "department",
    "status": "status",
    "aspect": "aspect",
}


@dataclass(frozen=True)
class Asked:
    """A question that a condition may look at, with its options."""

    id: str
    text: str
    options: tuple[tuple[str, str], ...]


class Choices:
    """Of the file in which an entry stands."""

    def __init__(self, entries: EntryList, path: str) -> None:
        self._entries = entries
        self._path = path
        self._province = province_of(path)
        self._city = city_of(path)

    def of(self, refers: str) -> Pairs:
        """Ids and names of what a field may name."""
        if refers in OF_PROVINCE:
            return [(str(one.content.get("id")), one.title) for one in self._here(OF_PROVINCE[refers])]
        if refers in NATIONAL:
            return [(one.key, one.title) for one in self._of_kind(NATIONAL[refers])]
        if refers == "province":
            return [(one.key, one.title) for one in self._of_kind("province")]
        if refers == "guide":
            return [(str(guide.get("id")), str(guide.get("short_name"))) for guide in self._guides()]
        return list(dict(self._events()).items()) if refers == "event" else []

    def name(self, refers: str, one: str) -> str:
        """The name of one of them; its id when it is none."""
        return dict(self.of(refers)).get(one, one)

    @property
    def main_guide(self) -> str:
        """The guide whose sections are written without its name; none in national files."""
        return next((str(guide.get("id")) for guide in self._guides()), "")

    def sections(self) -> list[tuple[str, Pairs]]:
        """The tables of contents of the guides, each with the guide's name; ids as `guide|section`."""
        names = self.of("guide") if self._province else []
        order = [name for name, _ in names]
        tables = [one for one in self._of_kind("sections") if not self._province or one.province == self._province]
        tables.sort(key=lambda one: order.index(one.key) if one.key in order else len(order))
        return [(dict(names).get(one.key, one.key), list(_sections(one))) for one in tables]

    def questions(self) -> list[Asked]:
        """The questions of the province's questionnaire."""
        return [
            Asked(
                one.key,
                str(one.content.get("text", one.key)),
                tuple((str(option.get("id")), str(option.get("label"))) for option in _maps(one.content, "options")),
            )
            for one in self._here("question")
        ]

    def _of_kind(self, kind: str) -> list[ListedEntry]:
        return [one for one in self._entries.entries if one.kind == kind]

    def _here(self, kind: str) -> list[ListedEntry]:
        return [one for one in self._of_kind(kind) if one.province == self._province]

    def _guides(self) -> Iterator[Mapping[str, Any]]:
        for one in self._here("city") if self._province else ():
            guide = one.content.get("guide")
            if isinstance(guide, Mapping) and city_of(one.path) == self._city:
                yield guide
        for one in self._here("province") if self._province else ():
            yield from _maps(one.content, "guides")

    def _events(self) -> Iterator[tuple[str, str]]:
        for one in (*self._here("province"), *self._here("item")):
            for limit in _maps(one.content, "time_limits"):
                starts = limit.get("starts")
                if isinstance(starts, Mapping):
                    yield str(starts.get("id")), str(starts.get("say"))


def _maps(content: Any, key: str) -> list[Mapping[str, Any]]:
    listed = content.get(key) if isinstance(content, Mapping) else None
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def _sections(table: ListedEntry) -> Iterator[tuple[str, str]]:
    for one in _maps(table.content, "sections"):
        section, title = str(one.get("id")), str(one.get("title"))
        yield f"{table.key}|{section}", section if section == title else f"{section}　{title}"

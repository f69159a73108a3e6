"""What a file would change: new entries, changed ones field by field, the same ones, and those that it does not have.

What a file does not have stays as it is: nothing is ever withdrawn by leaving it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from api.excel.columns import Column
from api.excel.faults import Fault
from api.excel.places import Faq, Place, faq_of
from api.excel.reading import Book, read_book
from api.excel.rows import Fallback, Meant, Reader, normal
from api.studio.block import changed
from api.studio.fields import order_of
from api.studio.new_ids import new_id
from knowledge import model
from knowledge.entry_text import EntryFile
from knowledge.yaml_lines import read_block

KIND = "topic"
OPTIONAL: tuple[tuple[str, str], ...] = (("people", "for"), ("more", "more"), ("simple", "simple"), ("ask", "ask"))
ORDER = order_of(model.Topic)


@dataclass(frozen=True)
class FieldChange:
    """One field: its column, and both texts as they stand in the sheet."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True)
class EntryChange:
    """One edit as a change set takes it, with where it comes from and its fields for the reader."""

    path: str
    key: str
    title: str
    place: str
    sheet: str
    row: int
    before: str | None
    after: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference:
    """faults: when there are any, there is nothing else. absent: titles of entries that the file does not have."""

    faults: tuple[Fault, ...] = ()
    new: tuple[EntryChange, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    same: int = 0
    absent: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[EntryChange, ...]:
        """All that a change set would hold."""
        return (*self.new, *self.changed)

    def as_json(self) -> dict[str, Any]:
        """For the table in which it waits."""
        return {name: value for name, value in asdict(self).items() if name != "faults"}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Difference:
        """What `as_json` made."""
        new, changed = ([_entry_change(one) for one in kept[name]] for name in ("new", "changed"))
        return cls((), tuple(new), tuple(changed), kept["same"], tuple(kept["absent"]))


def difference_of(
    content: bytes,
    places: Sequence[Place],
    files: Mapping[str, bytes],
    may_change: Callable[[Place], bool],
    fallback: Fallback | None = None,
) -> Difference:
    """Reads a file and compares it with the release that `places` and `files` are of.

    fallback: the source of new rows that name none. Raises SheetRefused for what is no readable Excel file.
    """
    return difference_in(read_book(content), places, files, may_change, fallback)


def difference_in(
    book: Book,
    places: Sequence[Place],
    files: Mapping[str, bytes],
    may_change: Callable[[Place], bool],
    fallback: Fallback | None = None,
) -> Difference:
    """The same of a file that was read."""
    reader = Reader(places, may_change, fallback)
    rows = reader.read(book.rows)
    if book.faults or reader.faults:
        return Difference((*book.faults, *reader.faults))
    return _compared(rows, places, files, may_change)


def _compared(
    rows: Sequence[Meant],
    places: Sequence[Place],
    files: Mapping[str, bytes],
    may_change: Callable[[Place], bool],
) -> Difference:
    opened = {place.path: EntryFile(place.path, files.get(place.path)) for place in places}
    taken = {place.path: set(place.topics) for place in places}
    new, changes, same = [], [], 0
    for meant in rows:
        if meant.key is None:
            key = new_id(meant.faq.title, taken[meant.place.path])
            taken[meant.place.path].add(key)
            new.append(_change(meant, key, None, Faq("", "")))
            continue
        old = normal(faq_of(meant.place.topics[meant.key]))
        if normal(meant.faq) == old:
            same += 1
            continue
        block = opened[meant.place.path].find(KIND, meant.key)
        changes.append(_change(meant, meant.key, block.text if block else None, old))
    there = {(meant.place.path, meant.key) for meant in rows}
    absent = [
        topic.title
        for place in places
        for key, topic in place.topics.items()
        if may_change(place) and (place.path, key) not in there
    ]
    return Difference((), tuple(new), tuple(changes), same, tuple(absent))


def _change(meant: Meant, key: str, before: str | None, old: Faq) -> EntryChange:
    place, faq = meant.place, normal(meant.faq)
    content = dict(read_block(before)[1]) if before else {"id": key}
    content = _content(content, place, faq, old)
    known = {name: content[name] for name in ORDER if name in content}
    after = changed(before or "", known | content, ORDER).rstrip("\n")
    return EntryChange(
        place.path, key, faq.title, place.name, meant.row.sheet, meant.row.number, before, after,
        tuple(_fields(place, old, faq)),
    )  # fmt: skip


def _content(content: dict[str, Any], place: Place, faq: Faq, old: Faq) -> dict[str, Any]:
    """The entry with what the row changes; what it does not change stays as it is written."""
    if faq.sources != old.sources:
        content["source"] = _sources(place, faq.sources)
    if faq.valid_from != old.valid_from:
        _put(content, "from", str(faq.valid_from) if faq.valid_from and faq.valid_from != place.begins else None)
    if faq.valid_until != old.valid_until:
        _put(content, "until", str(faq.valid_until) if faq.valid_until else None)
    if faq.title != old.title:
        content["title"] = faq.title
    if faq.say != old.say:
        content["say"] = faq.say
    if faq.questions != old.questions:
        _put(content, "questions", list(faq.questions) or None)
    for name, key in OPTIONAL:
        if getattr(faq, name) != getattr(old, name):
            _put(content, key, getattr(faq, name) or None)
    return content


def _put(content: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        content.pop(key, None)
    else:
        content[key] = value


def _sources(place: Place, sources: Sequence[tuple[str, str]]) -> Any:
    """As files write them: a bare section means the main guide, and one stands alone."""
    written = [
        section if guide == place.main.id else {"guide": guide, "section": section} for guide, section in sources
    ]
    return written[0] if len(written) == 1 and isinstance(written[0], str) else written


def _fields(place: Place, old: Faq, new: Faq) -> list[FieldChange]:
    found: list[FieldChange] = []
    for one in fields(Faq):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if before != after:
            column: Column = "section" if one.name == "sources" else one.name  # type: ignore[assignment]
            found.append(FieldChange(column, _shown(place, before), _shown(place, after)))
    return found


def _shown(place: Place, value: str | date | tuple[Any, ...] | None) -> str:
    if isinstance(value, tuple):
        named = [one if isinstance(one, str) else f"{place.guide_names.get(one[0], one[0])} {one[1]}" for one in value]
        return "\n".join(named)
    return str(value) if value else ""


def _entry_change(kept: Mapping[str, Any]) -> EntryChange:
    return EntryChange(**{**kept, "fields": tuple(FieldChange(**one) for one in kept["fields"])})

"""What is wrong with an entry, by the field at which it is shown; and what is wrong elsewhere in the same draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from api.changes.workbench import DraftFault
from api.studio.choices import Choices
from api.studio.fault_words import sentence_of
from api.studio.fields import Field
from bot.wording import Wording
from knowledge.check.texts import too_long
from knowledge.entry_kinds import EntryName, shelves_of
from knowledge.entry_list import EntryList, ListedEntry
from knowledge.yaml_lines import Place, YamlError, read_block


@dataclass(frozen=True)
class Elsewhere:
    """A fault of another entry of the draft. entry: none when it belongs to no single one."""

    entry: ListedEntry | None
    sentence: str


@dataclass
class EntryFaults:
    """at: sentences by the name of the field in the form. whole: those of no single field."""

    at: dict[str, list[str]] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many places of the entry itself have to be mended."""
        return sum(map(len, self.at.values())) + len(self.whole)

    def add(self, place: str, sentence: str) -> None:
        """One more; nothing is said twice at one place."""
        found = self.at.setdefault(place, []) if place else self.whole
        if sentence not in found:
            found.append(sentence)


class FaultFinder:
    """Finds faults of one kind of entry. names: what things are called by their ids."""

    def __init__(self, fields: Sequence[Field], words: Wording, names: Mapping[str, str]) -> None:
        self._fields = fields
        self._words = words
        self._names = names

    def of_schema(self, faults: EntryFaults, shape: type[BaseModel], content: Any, context: Mapping[str, Any]) -> None:
        """What the entry's own schema says."""
        try:
            shape.model_validate(content, context=dict(context))
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False, include_context=False):
                faults.add(self._nearest(tuple(one["loc"])), self._say(one["msg"]))

    def of_fields(self, faults: EntryFaults, tree: Mapping[str, Any], choices: Choices) -> None:
        """What can be seen without the rest of the draft, so that it is told beside what the schema says."""
        sections = {place for _, pairs in choices.sections() for place, _ in pairs}
        self._look(faults, self._fields, tree, choices, sections, "")

    def _look(
        self,
        faults: EntryFaults,
        fields: Sequence[Field],
        tree: Mapping[str, Any],
        choices: Choices,
        sections: set[str],
        at: str,
    ) -> None:
        for one in fields:
            name, value = f"{at}{one.name}", tree.get(one.name)
            for problem in _seen(one, value, choices, sections):
                faults.add(name, self._say(problem))
            for where, part in _inner(one, value):
                self._look(faults, one.fields, part, choices, sections, f"{name}.{where}")

    def of_draft(self, faults: EntryFaults, found: Iterable[DraftFault], entries: EntryList, name: EntryName) -> None:
        """What the checks of the whole draft say, those of this entry at their fields."""
        entry = entries.find(*name)
        lines = _places_by_line(entry.text) if entry else {}
        for one in found:
            if entry is None or one.entry != name:
                owner = entries.find(*one.entry) if one.entry else None
                faults.elsewhere.append(Elsewhere(owner, self._say(one.problem)))
                continue
            place = _named_place(one.problem, entry) or lines.get(one.line_in_entry, ())
            faults.add(self._nearest(place), self._say(one.problem))

    def _say(self, problem: str) -> str:
        return sentence_of(problem, self._words, lambda one: self._names.get(one, one))

    def _nearest(self, place: Place) -> str:
        """The name of the form's field at a place, or of the nearest that holds it."""
        name, fields = "", self._fields
        parts = list(place)
        while parts:
            one = next((known for known in fields if known.name == parts[0]), None)
            if one is None:
                return name
            name = f"{name}.{one.name}" if name else one.name
            parts.pop(0)
            if one.kind in ("parts", "named") and parts:
                name = f"{name}.{parts.pop(0)}"
            elif one.kind != "part":
                return name
            fields = one.fields
        return name


def _inner(one: Field, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The parts of a field, with what their names have behind the field's."""
    if one.kind == "part" and value:
        yield "", value
    elif one.kind == "parts":
        yield from ((f"{number}.", part) for number, part in enumerate(value))
    elif one.kind == "named":
        yield from ((f"{key}.", part) for key, part in value.items())


def _seen(one: Field, value: Any, choices: Choices, sections: set[str]) -> Iterator[str]:
    """Faults of one field, in the words of the checks."""
    if one.name in ("say", "tell") and one.owner != "StaffNote" and isinstance(value, str):
        problem = too_long(value)
        yield from [problem] if problem else []
    if one.kind == "sources":
        for place in value:
            guide, _, section = place.partition("|")
            if place not in sections:
                yield f"section '{section}' of {guide} is not in sections.yaml"
    if one.refers and value:
        known = dict(choices.of(one.refers))
        where = "not in the national list" if "national" in one.refers else "not defined here"
        for name in value if isinstance(value, list) else [value]:
            if name not in known:
                yield f"{one.refers} '{name}' is {where}"


def _places_by_line(text: str) -> dict[int, Place]:
    """The outermost value that begins in each line of an entry."""
    try:
        node, _ = read_block(text)
    except YamlError:
        return {}
    found: dict[int, Place] = {}
    _walk(node, (), found)
    return found


def _walk(node: yaml.Node, place: Place, found: dict[int, Place]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found.setdefault(key.start_mark.line + 1, (*place, key.value))
            _walk(value, (*place, key.value), found)
    elif isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            found.setdefault(child.start_mark.line + 1, (*place, number))
            _walk(child, (*place, number), found)


def _named_place(problem: str, entry: ListedEntry) -> Place:
    """The place that a message of the schema names itself: `topics.3.title: Field required`."""
    name, colon, _ = problem.partition(": ")
    if not colon or " " in name or "." not in name:
        return ()
    parts: list[str | int] = [int(one) if one.isdecimal() else one for one in name.split(".")]
    shelf = next((one for one in shelves_of(entry.path) if one.kind == entry.kind), None)
    if shelf is None or shelf.form not in ("list", "mapping"):
        return tuple(parts)
    return tuple(parts[2:]) if parts[0] == shelf.within else ()

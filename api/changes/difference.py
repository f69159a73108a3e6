"""What an edit changes, field by field, in the editor's own words for the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from pydantic import BaseModel

from api.changes.records import Proposed
from api.studio.choices import Choices
from api.studio.condition_form import tree_of
from api.studio.condition_words import in_words
from api.studio.fields import Field
from api.studio.kinds import SHAPES, content_for_form
from api.studio.layout import layout_of
from bot.wording import Wording
from knowledge.entry_list import EntryList, title_of
from knowledge.entry_pieces import EntryTextError
from knowledge.entry_text import read_entry

LEAST_ALIKE = 0.3
"""Texts less alike than this are shown one after the other, without marks inside."""
NOTHING: tuple[Any, ...] = (None, "", [], {})
"""A field that is not there, and one that is empty, read alike."""
Action = Literal["new", "changed", "withdrawn"]


@dataclass(frozen=True)
class Part:
    """A stretch of a text. is_marked: it is what changed."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class FieldChange:
    """One field: the text before and after (none: the field was or is empty), or lines that went and that came."""

    label: str
    before: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    is_lines: bool = False
    stays: int = 0
    """How many lines stay."""


@dataclass(frozen=True)
class EntryChange:
    """One entry of a change set. fields: empty when only its layout or comments change, or when it cannot be read."""

    edit: Proposed
    action: Action
    title: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Reads edits for a person. entries: those of the draft, for the names behind ids."""

    words: Wording
    entries: EntryList
    _choices: dict[str, Choices] = field(default_factory=dict)

    def change_of(self, edit: Proposed) -> EntryChange:
        """What one edit does."""
        action: Action = "new" if edit.before is None else "withdrawn" if edit.after is None else "changed"
        before, after = _content(edit, edit.before), _content(edit, edit.after)
        title = title_of(edit.kind, edit.key, after or before)
        shape = SHAPES.get(edit.kind)
        choices = self._choices.setdefault(edit.path, Choices(self.entries, edit.path))
        found = _Walk(self.words, choices)(shape, _for_form(edit, before), _for_form(edit, after), ())
        return EntryChange(edit, action, title, tuple(found))


def _content(edit: Proposed, text: str | None) -> Any:
    if text is None:
        return {}
    try:
        return read_entry(edit.path, edit.kind, edit.key, text)
    except EntryTextError:
        return {}


def _for_form(edit: Proposed, content: Any) -> Mapping[str, Any]:
    shown = content_for_form(edit.kind, edit.key, content)
    return shown if isinstance(shown, Mapping) else {}


@dataclass(frozen=True)
class _Walk:
    words: Wording
    choices: Choices

    def __call__(
        self, shape: type[BaseModel] | None, before: Mapping[str, Any], after: Mapping[str, Any], trail: tuple[str, ...]
    ) -> Iterator[FieldChange]:
        known = {one.name: one for one in _as_in_the_form(shape)} if shape else {}
        for name in dict.fromkeys([*known, *before, *after]):
            old, new = before.get(name), after.get(name)
            is_same = old == new or (old in NOTHING and new in NOTHING)
            if not is_same and not (name in known and known[name].kind == "id"):
                yield from self._field(known.get(name), name, old, new, trail)

    def _field(
        self, known: Field | None, name: str, old: Any, new: Any, trail: tuple[str, ...]
    ) -> Iterator[FieldChange]:
        here = (*trail, self._label(known, name))
        kind = known.kind if known else ""
        shape = known.shape if known else None
        if kind == "condition":
            yield self._text(here, self._condition(old), self._condition(new))
        elif kind == "named":
            for key in dict.fromkeys([*(old or {}), *(new or {})]):
                label = self.choices.name("aspect", key)
                yield from self(shape, _map(_map(old).get(key)), _map(_map(new).get(key)), (*trail, label))
        elif kind == "sources":
            yield _lines(here, self._sources(old), self._sources(new))
        elif isinstance(old, dict) or isinstance(new, dict):
            if isinstance(old or {}, dict) and isinstance(new or {}, dict):
                yield from self(shape, old or {}, new or {}, here)
            else:
                yield self._text(here, self._shown(known, old), self._shown(known, new))
        elif _has_parts(old) or _has_parts(new):
            yield from self._parts(shape, _listed(old), _listed(new), here)
        elif isinstance(old, list) or isinstance(new, list):
            yield _lines(
                here,
                [self._shown(known, one) for one in _listed(old)],
                [self._shown(known, one) for one in _listed(new)],
            )
        else:
            yield self._text(here, self._shown(known, old), self._shown(known, new))

    def _parts(
        self, shape: type[BaseModel] | None, old: Sequence[Any], new: Sequence[Any], trail: tuple[str, ...]
    ) -> Iterator[FieldChange]:
        """Parts of a list, each with the one of its id or, without ids, of its place."""
        olds, news = _by_name(old), _by_name(new)
        for name in dict.fromkeys([*olds, *news]):
            before, after = olds.get(name, {}), news.get(name, {})
            title = str((after or before).get("label") or title_of("", name, after or before))
            yield from self(shape, before, after, (*trail, title[:20]))
        order, was = [one for one in news if one in olds], [one for one in olds if one in news]
        if order != was:
            names = [[title_of("", name, found[name]) for name in found] for found in (olds, news)]
            yield self._text((*trail, self.words.say("changes.order")), *(" → ".join(one) for one in names))

    def _label(self, known: Field | None, name: str) -> str:
        key = f"field.{known.owner}.{known.name}.label" if known else ""
        return self.words.say(key) if key and self.words.knows(key) else name

    def _sources(self, value: Any) -> list[str]:
        """Sections; with the guide's name where the file names it."""
        return [self._source(one) if isinstance(one, dict) else str(one) for one in _listed(value)]

    def _source(self, place: Mapping[str, Any]) -> str:
        return f"{self.choices.name('guide', str(place.get('guide')))} {place.get('section')}"

    def _condition(self, raw: Any) -> str:
        if not raw:
            return ""
        return in_words(tree_of(raw), self.choices.questions(), self.words)

    def _shown(self, known: Field | None, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return self.words.say("changes.is_so" if value else "changes.is_not_so")
        if known and known.refers:
            return self.choices.name(known.refers, str(value))
        if known and known.kind in ("choice", "choices"):
            key = f"option.{known.name}.{value}"
            name = self.words.say(key) if self.words.knows(key) else str(value)
            return self.choices.name("aspect", str(value)) if known.name == "aspects" else name
        if isinstance(value, dict | list):
            return "，".join(f"{one}" for one in (value.values() if isinstance(value, dict) else value))
        return str(value)

    def _text(self, trail: tuple[str, ...], old: str, new: str) -> FieldChange:
        before, after = marked(old, new)
        return FieldChange(" › ".join(trail), before, after)


def marked(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both texts with what differs marked. Texts that have little in common are marked whole."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < LEAST_ALIKE:
        return (_whole(old), _whole(new))
    before: list[Part] = []
    after: list[Part] = []
    for how, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        is_changed = how != "equal"
        if old_to > old_from:
            before.append(Part(old[old_from:old_to], is_changed))
        if new_to > new_from:
            after.append(Part(new[new_from:new_to], is_changed))
    return tuple(before), tuple(after)


def _as_in_the_form(shape: type[BaseModel]) -> tuple[Field, ...]:
    """The fields as the form shows them: what is asked and answered first, where it stands in the guide after it."""
    layout = layout_of(shape)
    return (*layout.first, *layout.folded)


def _whole(text: str) -> tuple[Part, ...]:
    return (Part(text, True),) if text else ()


def _lines(trail: tuple[str, ...], old: Sequence[str], new: Sequence[str]) -> FieldChange:
    was, now = set(old), set(new)
    removed, added = [one for one in old if one not in now], [one for one in new if one not in was]
    return FieldChange(
        " › ".join(trail), removed=tuple(removed), added=tuple(added), is_lines=True, stays=len(was & now)
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _has_parts(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _by_name(parts: Sequence[Any]) -> dict[str, Mapping[str, Any]]:
    return {
        str(part.get("id", part.get("province", number))) if isinstance(part, dict) else str(part): _map(part)
        for number, part in enumerate(parts, 1)
    }

"""What the templates of a form ask: labels, choices, faults and conditions in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from api.studio.choices import Asked, Choices, Pairs
from api.studio.condition_form import Tree
from api.studio.condition_words import in_words
from api.studio.entry_faults import EntryFaults
from api.studio.fields import Field
from api.studio.layout import Layout, layout_of
from api.studio.new_ids import named_by
from bot.wording import Wording

WIDTH = 40
"""About so many characters fit in a line of a text field."""


@dataclass
class FormView:
    """One form as it is shown once."""

    shape: type[BaseModel]
    tree: dict[str, Any]
    choices: Choices
    words: Wording
    faults: EntryFaults = field(default_factory=EntryFaults)
    is_new: bool = False
    goes_to: str = ""
    """The field at which the editor goes on; it stands open."""
    theirs: dict[str, str] = field(default_factory=dict)
    """What somebody else wrote meanwhile, by the field's name, as text."""

    def layout(self, shape: type[BaseModel] | None = None) -> Layout:
        """The fields of the form, or of a part of it."""
        return layout_of(shape or self.shape)

    def label(self, one: Field) -> str:
        """What a field is called."""
        return self.words.say(f"field.{one.owner}.{one.name}.label")

    def label_at(self, place: str) -> str:
        """What the field at a place of the form is called; a place within a part is called as the part is."""
        first, layout = place.partition(".")[0], self.layout()
        return next((self.label(one) for one in (*layout.first, *layout.folded) if one.name == first), "")

    def help(self, one: Field) -> str:
        """A line on what belongs in it."""
        return self.words.say(f"field.{one.owner}.{one.name}.help")

    def options(self, one: Field, value: Any) -> Pairs:
        """What can be chosen; what is chosen and no longer there is still shown."""
        if one.refers:
            found = self._known[one.refers] if one.refers in self._known else self.choices.of(one.refers)
            self._known[one.refers] = found
        elif one.kind in ("choices", "named"):
            names = dict(self.choices.of("aspect"))
            found = [(name, names.get(name, name)) for name in one.options]
        else:
            found = [(name, self.words.say(f"option.{one.name}.{name}")) for name in one.options]
        chosen = value if isinstance(value, list) else [value] if isinstance(value, str) and value else []
        strange = [(name, name) for name in chosen if name not in dict(found)]
        return [*found, *strange]

    def named(self, one: Field, name: str) -> str:
        """The label of one of several named parts."""
        return dict(self.options(one, [])).get(name, name)

    def at(self, name: str) -> list[str]:
        """What is wrong at a field."""
        return self.faults.at.get(name, [])

    def has_within(self, name: str) -> bool:
        """Whether something is wrong in a field or a part of it, so that it stands open."""
        return any(one == name or one.startswith(f"{name}.") for one in (*self.faults.at, self.goes_to))

    def sentence(self, tree: Tree | None) -> str:
        """A condition in words."""
        return in_words(tree, self.questions, self.words)

    def asked(self, question: str) -> Asked | None:
        """A question by its id."""
        return next((one for one in self.questions if one.id == question), None)

    def is_counted(self, question: str) -> bool:
        """Whether its options are numbers, so that 「至少」 means something."""
        found = self.asked(question)
        return bool(found and found.options and all(one.isdecimal() for one, _ in found.options))

    def title_of(self, part: dict[str, Any]) -> str:
        """What a part is called in a list."""
        return named_by(part)

    def rows(self, value: Any) -> int:
        """How many lines a text field shows."""
        lines = value if isinstance(value, list) else str(value).split("\n")
        return max(2, min(14, sum(1 + len(line) // WIDTH for line in lines) + isinstance(value, list)))

    def is_day(self, value: str) -> bool:
        """Whether a date field can show it; what is no date is shown as it was typed."""
        try:
            return not value or bool(date.fromisoformat(value))
        except ValueError:
            return False

    @cached_property
    def questions(self) -> Sequence[Asked]:
        """The questions that a condition may look at."""
        return self.choices.questions()

    @cached_property
    def sections(self) -> list[tuple[str, Pairs]]:
        """The guides' tables of contents."""
        return self.choices.sections()

    @cached_property
    def section_ids(self) -> frozenset[str]:
        """All sections that there are."""
        return frozenset(one for _, pairs in self.sections for one, _ in pairs)

    @cached_property
    def _known(self) -> dict[str, Pairs]:
        return {}

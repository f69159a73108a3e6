"""The form of one entry: filled from the entry or from what was posted, looked at, and written down as text again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from starlette.datastructures import FormData

from api.changes.workbench import Draft
from api.studio import entry_form, new_ids
from api.studio.block import changed
from api.studio.choices import Choices
from api.studio.condition_words import in_words
from api.studio.entry_faults import EntryFaults, FaultFinder
from api.studio.fields import Field, fields_of, order_of
from api.studio.form_acts import acted
from api.studio.form_view import FormView
from api.studio.house_yaml import mapping
from api.studio.kinds import SHAPES, content_for_form, row_text
from api.studio.opening import Opened
from bot.wording import Wording
from knowledge.entry_kinds import EntryName, province_of
from knowledge.entry_list import EntryList

LONGEST_THEIRS = 600


class FormState:
    """Of an entry that has a form. Its `tree` holds the values as they are typed."""

    def __init__(self, opened: Opened, words: Wording, posted: FormData | None = None) -> None:
        self.opened = opened
        self.shape = SHAPES[opened.name.kind]
        self.fields: tuple[Field, ...] = fields_of(self.shape)
        self.choices = Choices(opened.entries, opened.name.path)
        self.is_new = opened.entry is None and opened.before is None
        self._words = words
        self._guide = self.choices.main_guide
        self.tree = entry_form.read(self.fields, posted) if posted is not None else self._tree_of(opened)

    def act(self, wanted: str) -> str:
        """Does what a button inside the form says; gives the field to go on at."""
        return acted(self.fields, self.tree, wanted)

    def key(self, taken: Collection[str] = ()) -> str:
        """The key of the entry; of a new one, made from what is typed. Empty when that does not suffice.

        taken: keys that the change set has beside the published ones.
        """
        name = self.opened.name
        if name.key:
            return name.key
        if name.kind == "calendar":
            return str(self.tree["日期"])
        if any(one.name == "id" and one.kind == "ref" for one in self.fields):
            return str(self.tree["id"])
        said = new_ids.named_by(self.tree)
        there = {one.key for one in self.opened.entries.entries if one.province == province_of(name.path)}
        return new_ids.new_id(said, there.union(taken)) if said else ""

    def text(self, key: str) -> str:
        """The entry as it is to be saved. What did not change stays as it was, to the letter."""
        new_ids.fill_in(self.fields, self.tree)
        kind, before = self.opened.name.kind, self.opened.text
        if "id" in self.tree and not self.tree["id"]:
            self.tree["id"] = key
        old = content_for_form(kind, key, self.opened.entry.content) if self.opened.entry else {}
        raw = entry_form.raw_of(self.fields, self.tree, old, self._guide)
        if kind == "calendar":
            return before if raw == old else row_text(raw)
        if kind == "phrase":
            return before if raw == old else mapping({key: raw.get("sentence", "")}, 0).rstrip("\n")
        return changed(before, raw, order_of(self.shape)) if self.opened.entry else mapping(self._ordered(raw), 0)

    def faults(self, name: EntryName, draft: Draft | None) -> EntryFaults:
        """What is wrong. draft: with this entry as it stands in the form; none: its own schema alone is asked."""
        found = EntryFaults()
        finder = FaultFinder(self.fields, self._words, names_of(self.opened.entries))
        raw = entry_form.raw_of(self.fields, self.tree, {}, self._guide)
        finder.of_schema(found, self.shape, raw, self._context())
        finder.of_fields(found, self.tree, self.choices)
        if draft is not None:
            finder.of_draft(found, draft.faults, draft.entries, name)
        return found

    def view(self, faults: EntryFaults | None = None, theirs: Mapping[str, str] | None = None) -> FormView:
        """What the template shows."""
        found = faults or EntryFaults()
        return FormView(self.shape, self.tree, self.choices, self._words, found, self.is_new, theirs=dict(theirs or {}))

    def differing(self, other: Any) -> dict[str, str]:
        """Where somebody else's content of the entry differs from what is typed here: his, as text, by the field."""
        kind, key = self.opened.name.kind, self.opened.name.key
        theirs = entry_form.tree_of(self.fields, content_for_form(kind, key, other), self._guide)
        pairs = {
            one.name: (self._shown(one, theirs[one.name]), self._shown(one, self.tree[one.name])) for one in self.fields
        }
        return {name: his for name, (his, own) in pairs.items() if his != own}

    def _shown(self, one: Field, value: Any) -> str:
        """A value as text; of what is ticked, the names in a fixed order."""
        if one.kind == "condition":
            return in_words(value, self.choices.questions(), self._words)
        return (
            "，".join(sorted(self.choices.name(one.refers, each) for each in value))
            if one.kind == "refs"
            else _as_text(value)
        )

    def _tree_of(self, opened: Opened) -> dict[str, Any]:
        content = content_for_form(opened.name.kind, opened.name.key, opened.entry.content) if opened.entry else {}
        tree = entry_form.tree_of(self.fields, content, self._guide)
        if opened.entry is None and "id" in tree and opened.name.key:
            tree["id"] = opened.name.key
        return tree

    def _ordered(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        order = order_of(self.shape)
        return {
            name: raw[name] for name in sorted(raw, key=lambda one: order.index(one) if one in order else len(order))
        }

    def _context(self) -> dict[str, Any]:
        """What facts take over from their guide, so that what is left out is no fault."""
        guides = [name for name, _ in self.choices.of("guide")]
        return {"guides": guides, "dates": {"from": "2000-01-01", "checked_on": "2000-01-01"}}


def names_of(entries: EntryList) -> dict[str, str]:
    """What ids are called: of national words first, because they are short."""
    names: dict[str, str] = {}
    for one in sorted(entries.entries, key=lambda entry: entry.province is not None):
        if one.kind not in ("phrase", "calendar", "region"):
            names.setdefault(one.key, one.title)
    return names


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_as_text, value))[:LONGEST_THEIRS]
    if isinstance(value, dict):
        return "，".join(found for name, one in value.items() if name != entry_form.WAS and (found := _as_text(one)))
    if isinstance(value, bool):
        return "✓" if value else ""
    return str(value or "").split("|")[-1]

"""Which fields of a form stand first, and which wait behind 「更多」, because most editors never need them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel

from api.studio.fields import Field, fields_of
from knowledge import model

DATES = ("from", "until", "checked_on", "owner", "review_due")
FIRST: dict[type[BaseModel], tuple[str, ...]] = {
    model.Topic: (
        *("title", "questions", "say", "more", "simple", "source", "for", "items"),
        *("from", "until", "owner", "review_due"),
    ),
    model.Statement: ("say", "questions", "source", "more", "simple"),
    model.Gap: ("title", "kind", "say", "ask", "questions", "source", "items", "papers", "staff"),
    model.Question: ("text", "options", "why", "unsure", "source", "ask_when", "skip_when"),
    model.Option: ("label", "means"),
    model.Paper: (
        *("id", "name", "form", "copies", "spec", "for_items", "when", "when_say", "unless_say", "possible_say"),
        *("say", "questions", "source", "open", "obtain"),
    ),
    model.TimeLimit: ("label", "working_days", "by_date", "on_the_spot", "no_figure", "starts", "source"),
}
"""The fields that are always needed, of kinds whose other fields are many."""


class Layout(NamedTuple):
    """The fields in two parts, each in the order in which they are shown."""

    first: tuple[Field, ...]
    folded: tuple[Field, ...]


def layout_of(shape: type[BaseModel]) -> Layout:
    """What is shown of one kind of entry or part."""
    return _laid_out(fields_of(shape), FIRST.get(shape, ()))


def _laid_out(fields: Sequence[Field], first: Sequence[str]) -> Layout:
    by_name = {one.name: one for one in fields}
    if first:
        rest = [one for one in fields if one.name not in first]
        return Layout(tuple(by_name[name] for name in first), (*_hidden(rest), *_shown(rest)))
    is_fact = any(one.name == "source" for one in fields)
    folded = [one for one in fields if is_fact and one.name in DATES]
    shown = [one for one in fields if one not in folded and one.name != "source"]
    return Layout((*shown, *(one for one in fields if one.name == "source")), tuple(folded))


def _hidden(fields: Sequence[Field]) -> list[Field]:
    return [one for one in fields if one.kind == "id"]


def _shown(fields: Sequence[Field]) -> list[Field]:
    return [one for one in fields if one.kind != "id"]

"""Every field of every kind of entry has a form field with words of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from api.studio.fields import Field, fields_of
from api.studio.kinds import KINDS, SHAPES
from api.studio.layout import layout_of
from api.web.staff.pages import load_words
from knowledge import model
from knowledge.entry_kinds import shelves_of
from knowledge.loader import DATA

WORDS = load_words("12345")


def every_field(shape: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[Field]:
    seen.add(shape)
    for one in fields_of(shape):
        yield one
        if one.shape and one.shape not in seen:
            yield from every_field(one.shape, seen)


@pytest.mark.parametrize("kind", SHAPES)
def test_every_field_has_a_label_a_help_and_words_for_its_choices(kind: str) -> None:
    fields = list(every_field(SHAPES[kind], set()))
    keys = [f"field.{one.owner}.{one.name}" for one in fields]
    options = [f"option.{one.name}.{value}" for one in fields if one.kind == "choice" for value in one.options]

    assert [key for key in keys if not WORDS.knows(f"{key}.label") or not WORDS.knows(f"{key}.help")] == []
    assert [key for key in options if not WORDS.knows(key)] == []
    assert [key for key in keys if not WORDS.say(f"{key}.label")] == []


def test_every_kind_of_entry_is_called_something_and_has_a_form_or_a_raw_view() -> None:
    paths = [path.relative_to(DATA).as_posix() for path in DATA.rglob("*.*")]
    kinds = {shelf.kind for path in paths for shelf in shelves_of(path)}

    assert kinds == set(KINDS)
    assert [kind for kind in kinds if not WORDS.knows(f"studio.kind.{kind}")] == []


@pytest.mark.parametrize("kind", SHAPES)
def test_the_layout_shows_every_field_once(kind: str) -> None:
    layout = layout_of(SHAPES[kind])

    assert sorted(one.name for one in (*layout.first, *layout.folded)) == sorted(
        one.name for one in fields_of(SHAPES[kind])
    )


def test_a_faq_begins_with_what_an_editor_thinks_of() -> None:
    assert [one.name for one in layout_of(model.Topic).first] == [
        *("title", "questions", "say", "more", "simple", "source", "for", "items"),
        *("from", "until", "owner", "review_due"),
    ]


def test_what_a_field_is_made_of_decides_how_it_is_filled_in() -> None:
    kinds = {one.name: one.kind for one in fields_of(model.Paper)}

    assert kinds["when"] == "condition"
    assert kinds["for_items"] == "refs"
    assert kinds["form"] == "choice"
    assert kinds["until"] == "date"
    assert kinds["source"] == "sources"
    assert kinds["open"] == "parts"
    assert kinds["obtain"] == "part"
    assert kinds["questions"] == "lines"

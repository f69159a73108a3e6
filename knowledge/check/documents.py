"""Everything that stands in a province's files, with its file and place: what a fault is named by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from knowledge.conditions import Condition
from knowledge.library import ProvinceKnowledge
from knowledge.yaml_lines import Place


class Document(NamedTuple):
    """One thing of the schema and where it stands."""

    path: Path
    place: Place
    thing: BaseModel


def documents_of(province: ProvinceKnowledge, elsewhere: Collection[str] = ()) -> Iterator[Document]:
    """Everything of the schema, the inner things after those that hold them.

    elsewhere: the ids of gaps that stand in no file here.
    """
    for path, place, thing in _outermost(province, elsewhere):
        yield from with_inner(path, place, thing)


def texts_of(thing: BaseModel) -> Iterator[tuple[Place, str]]:
    """The texts of one thing itself, with their places in it; those of inner things are not among them."""
    for place, value in _fields(thing):
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, tuple):
            yield from (((*place, number), one) for number, one in enumerate(value) if isinstance(one, str))


def _outermost(province: ProvinceKnowledge, elsewhere: Collection[str]) -> Iterator[Document]:
    folder = province.folder
    yield Document(folder / "province.yaml", (), province.head)
    yield from (Document(folder / "items" / f"{one.id}.yaml", (), one) for one in province.items.values())
    yield Document(folder / "questionnaire.yaml", (), province.questionnaire)
    gaps = [gap for gap in province.gaps.values() if gap.id not in elsewhere]
    lists: tuple[tuple[str, str, Iterable[BaseModel]], ...] = (
        ("papers", "papers", province.papers.values()),
        ("papers", "not_needed", province.not_needed),
        ("topics", "topics", province.topics.values()),
        ("gaps", "gaps", gaps),
        ("notices", "notices", province.notices),
        ("portals", "portals", province.portals),
        ("staff", "notes", province.staff),
    )
    for file, key, things in lists:
        yield from (Document(folder / f"{file}.yaml", (key, number), one) for number, one in enumerate(things))
    for number, sections in enumerate(province.sections.values()):
        place: Place = ("guides", number, "sections")
        yield from (Document(folder / "sections.yaml", (*place, inner), one) for inner, one in enumerate(sections))
    if province.form:
        yield Document(folder / "form.yaml", (), province.form)
    yield from (Document(folder / "cities" / f"{one.id}.yaml", (), one) for one in province.cities.values())


def with_inner(path: Path, place: Place, thing: BaseModel) -> Iterator[Document]:
    """A thing and everything of the schema within it."""
    yield Document(path, place, thing)
    for inner, value in _fields(thing):
        whole = (*place, *inner)
        if isinstance(value, BaseModel):
            yield from with_inner(path, whole, value)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for number, one in enumerate(value):
                yield from with_inner(path, (*whole, number), one)


def _fields(thing: BaseModel) -> Iterator[tuple[Place, object]]:
    """The values of a thing with their places as they are written in the file; conditions are no text."""
    for name, field in type(thing).model_fields.items():
        value = getattr(thing, name)
        if value is None or isinstance(value, Condition):
            continue
        key = field.alias or name
        if isinstance(value, dict):
            yield from (((key, inner), one) for inner, one in value.items())
        else:
            yield (key,), value

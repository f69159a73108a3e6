"""The fields of a form, made from the schema of the data: nothing about a kind of entry is written down twice."""

from __future__ import annotations

import inspect
import types
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from knowledge import model
from knowledge.conditions import Condition

FieldKind = Literal[
    "id", "line", "text", "lines", "yes", "number", "date", "choice", "choices", "ref", "refs", "condition", "part",
    "parts", "named", "sources",
]  # fmt: skip

SHORT = frozenset(
    (
        *("name", "title", "label", "ask", "number", "guide", "section", "region", "short_name", "doc_no", "address"),
        *("spec", "kind_of", "sent_when", "owner", "before", "ends_at", "by_date", "for"),
    )
)
"""Texts of one line; all others have room for several."""

REFERS = {
    "Topic.items": "item",
    "Gap.items": "item",
    "Gap.papers": "national_paper",
    "StaffNote.items": "item",
    "StaffNote.papers": "national_paper",
    "StaffNote.departments": "department",
    "Notice.items": "item",
    "OnReport.items": "item",
    "OnReport.status": "status",
    "ReportedBy.item": "item",
    "ReportedBy.status": "status",
    "WhenReported.status": "status",
    "TimeLimit.done_when": "status",
    "ReceiptRule.events": "event",
    "Item.id": "national_item",
    "Item.part_of": "national_item",
    "Item.includes": "national_item",
    "Item.department": "department",
    "Item.after": "item",
    "Paper.id": "national_paper",
    "Paper.for_items": "item",
    "Paper.or_instead": "paper",
    "NotNeeded.paper": "national_paper",
    "Conflict.items": "national_item",
    "Conflict.papers": "national_paper",
    "Position.province": "province",
    "City.forwards": "guide",
    "GuideSections.guide": "guide",
}
"""What the ids in a field are ids of."""

INHERITED = ("from", "checked_on")
"""What a fact takes over from its guide where it says nothing itself."""

ELSEWHERE: dict[type[BaseModel], tuple[str, ...]] = {
    model.City: ("topics", "gaps"),
    model.Questionnaire: ("questions", "not_covered", "tips"),
}
"""Fields whose contents are entries of their own; the form leaves them as they are."""


@dataclass(frozen=True)
class Field:
    """One field of a form. name: its key in the file. owner: the class that the field is written in, for its words.

    options: what a choice offers. refers: what the ids are ids of. shape: what a part is made of.
    """

    name: str
    kind: FieldKind
    owner: str
    required: bool = False
    nullable: bool = False
    default: Any = None
    options: tuple[str, ...] = ()
    refers: str = ""
    shape: type[BaseModel] | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of a part."""
        return fields_of(self.shape) if self.shape else ()


@cache
def fields_of(shape: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of one kind of entry, in the order in which the files write them."""
    return tuple(_field(shape, name) for name in shape.model_fields if name not in ELSEWHERE.get(shape, ()))


def order_of(shape: type[BaseModel]) -> list[str]:
    """The keys in the order of the files: the place of the fact and its dates come first, as everywhere."""
    return [field.alias or name for name, field in shape.model_fields.items()]


def _field(shape: type[BaseModel], name: str) -> Field:
    info = shape.model_fields[name]
    bare, nullable = _without_none(info.annotation)
    key = info.alias or name
    default = None if info.default is PydanticUndefined else info.default
    # The ids of sections are the guide's own numbers, and dates that the guide gives need not be written.
    is_required = info.is_required() and key not in INHERITED
    kind, options, inner = _kind(key, bare)
    refers = REFERS.get(f"{_plain_name(shape)}.{key}", "")
    if refers:
        kind = "refs" if kind == "lines" else "ref"
    if kind == "id" and shape is model.Section:
        kind = "line"
    return Field(
        key, kind, owner_of(shape, name), is_required, nullable and is_required, default, options, refers,
        inner,
    )  # fmt: skip


def owner_of(shape: type[BaseModel], name: str) -> str:
    """The class that a field is written in."""
    owners = [one for one in shape.__mro__ if name in inspect.get_annotations(one)]
    return _plain_name(owners[0])


def _plain_name(shape: type) -> str:
    return shape.__name__.split("[")[0]


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [one for one in get_args(annotation) if one is not type(None)]
        return (_bare(rest[0]), True) if len(rest) == 1 else (annotation, True)
    return _bare(annotation), False


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _kind(key: str, bare: Any) -> tuple[FieldKind, tuple[str, ...], type[BaseModel] | None]:
    simple: dict[Any, FieldKind] = {bool: "yes", int: "number", date: "date", Condition: "condition"}
    if bare in simple:
        return simple[bare], (), None
    if get_origin(bare) is Literal:
        return "choice", get_args(bare), None
    if get_origin(bare) is tuple:
        return _kind_of_several(_bare(get_args(bare)[0]))
    if get_origin(bare) is dict:
        names, shape = get_args(bare)
        return "named", get_args(names), shape
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return "part", (), bare
    if key == "id":
        return "id", (), None
    return ("line" if key in SHORT else "text"), (), None


def _kind_of_several(bare: Any) -> tuple[FieldKind, tuple[str, ...], type[BaseModel] | None]:
    if bare is model.Source:
        return "sources", (), None
    if get_origin(bare) is Literal:
        return "choices", get_args(bare), None
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return "parts", (), bare
    return "lines", (), None

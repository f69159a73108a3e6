"""The kinds of entries that an editor changes by a form, and the schema of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from knowledge import model
from knowledge.model import Strict


class CalendarDay(Strict):
    """A row of the table of days off, by its columns."""

    日期: date
    安排: Literal["放假", "上班"]
    名称: str
    通知: Literal["已发布", "未发布"]


class Phrase(Strict):
    """A sentence of the assistant itself."""

    sentence: str


SHAPES: Mapping[str, type[BaseModel]] = {
    "topic": model.Topic,
    "gap": model.Gap,
    "item": model.Item,
    "paper": model.Paper,
    "not_needed": model.NotNeeded,
    "questionnaire": model.Questionnaire,
    "question": model.Question,
    "not_covered": model.Outcome,
    "tip": model.Outcome,
    "portal": model.Portal,
    "notice": model.Notice,
    "form": model.Form,
    "staff_note": model.StaffNote,
    "province": model.Province,
    "city": model.City,
    "sections": model.GuideSections,
    "conflict": model.Conflict,
    "term": model.Term,
    "outside": model.Outside,
    "status": model.Status,
    "item_words": model.CatalogueEntry,
    "paper_words": model.CatalogueEntry,
    "aspect": model.AspectEntry,
    "department": model.CatalogueEntry,
    "phrase": Phrase,
    "calendar": CalendarDay,
}
"""In the order in which they are offered."""
RAW_ONLY = ("region_aliases", "region")
"""Kinds that are only changed as they are written."""
KINDS = (*SHAPES, *RAW_ONLY)
PATHS = {
    "topic": "topics",
    "gap": "gaps",
    "paper": "papers",
    "not_needed": "papers",
    "question": "questionnaire",
    "not_covered": "questionnaire",
    "tip": "questionnaire",
    "portal": "portals",
    "notice": "notices",
    "staff_note": "staff",
    "conflict": "conflicts",
    "term": "terms",
    "outside": "outside",
    "status": "statuses",
    "item_words": "items",
    "paper_words": "papers",
    "department": "departments",
}
"""The file of each kind of which there can be one more; items have one each and the calendar is a table."""
NATIONAL = ("conflict", "term", "outside", "status", "item_words", "paper_words", "department", "calendar")
CAN_BE_NEW = ("item", *PATHS, "calendar")


def path_of_new(kind: str, province: str, city: str = "") -> str:
    """The file in which a new entry goes; a new item's is named when its key is known. city: the id of its layer."""
    if kind == "calendar":
        return "national/calendar.csv"
    if kind in NATIONAL:
        return f"national/{PATHS[kind]}.yaml"
    if kind == "item":
        return f"provinces/{province}/items/new.yaml"
    if city and kind in ("topic", "gap"):
        return f"provinces/{province}/cities/{city}.yaml"
    return f"provinces/{province}/{PATHS[kind]}.yaml"


def content_for_form(kind: str, key: str, content: Any) -> Any:
    """What stands in an entry, in the shape of its form."""
    if kind == "phrase" and isinstance(content, Mapping):
        return {"sentence": content.get(key)}
    return content


def row_text(row: Mapping[str, Any]) -> str:
    """A row of the calendar as it is written."""
    return ",".join(str(row.get(name) or "").replace(",", "，") for name in CalendarDay.model_fields)

"""How an entry reads with one more way of asking for it, and a new FAQ made of a question."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

from api.guides.entry_names import entry_of
from api.studio.block import changed
from api.studio.fields import order_of
from api.studio.house_yaml import mapping
from api.studio.kinds import SHAPES
from api.studio.new_ids import new_id
from knowledge.entry_kinds import EntryName
from knowledge.library import ProvinceKnowledge

CAN_BE_ASKED = ("topic", "gap", "paper", "paper_obtain", "not_needed", "aspect")
"""Kinds of answerable things that keep phrasings of their own."""
LONGEST = 200
LONGEST_TITLE = 60
QUESTIONS = "questions"


class AlreadyThere(Exception):
    """The entry has this phrasing."""


class NoPlace(Exception):
    """What was named keeps no phrasings, or is not there."""


def place_of(province: ProvinceKnowledge, fact: str) -> tuple[EntryName, tuple[str, ...]]:
    """The entry that holds an answerable thing, and where in it its phrasings stand. Raises NoPlace."""
    parts = fact.split(".")
    if len(parts) < 3 or all(fact != key for key, _ in province.facts()):
        raise NoPlace(fact)
    name = entry_of(province, fact)
    if name.kind == "item":
        if len(parts) != 4:
            raise NoPlace(fact)
        return name, ("aspects", parts[3])
    if name.kind == "paper" and parts[3:] == ["obtain"]:
        return name, ("obtain",)
    if name.kind in ("topic", "gap", "paper", "not_needed", "conflict"):
        return name, ()
    raise NoPlace(fact)


def with_phrasing(text: str, content: Any, kind: str, place: Collection[str], phrasing: str) -> str:
    """The entry's text with it; all else stays as it is. Raises AlreadyThere, NoPlace."""
    whole = copy.deepcopy(content)
    part = whole
    for name in place:
        part = part.get(name) if isinstance(part, dict) else None
    if not isinstance(part, dict):
        raise NoPlace(kind)
    asked = list(part.get(QUESTIONS) or ())
    if phrasing in asked:
        raise AlreadyThere
    part[QUESTIONS] = [*asked, phrasing]
    return changed(text, whole, order_of(SHAPES[kind]))


def draft_faq(title: str, say: str, question: str, taken: Collection[str]) -> tuple[str, str]:
    """The key and the text of a new FAQ. Its source is left for the editor, who is told that it is missing."""
    key = new_id(title, taken)
    content: dict[str, Any] = {"source": [], "id": key, "title": title, "say": say}
    if question and question != title:
        content[QUESTIONS] = [question]
    return key, mapping(content, 0)

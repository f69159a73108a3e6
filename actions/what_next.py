"""The choices under an answer: what is likely asked or done next."""

from __future__ import annotations

import re

from actions.talk import Talk
from knowledge.entries import Entry
from knowledge.library import ProvinceKnowledge
from knowledge.resolve import Resolution

MOST = 3
IS_IT_DONE = re.compile(r"(?:[好完成妥]|下来|通过|到账|[批审]).{0,1}(?:没有?|吗|不|么)[呢啊呀]?\W*$")
"""Asks how far his own matter has come, without a word of a case: 户口办好没有, 钱下来没."""
SIDES = ("materials", "time_limit", "how", "where")


def further(talk: Talk, province: ProvinceKnowledge, found: Resolution) -> list[tuple[str, str]]:
    """What is likely asked next: how far the own case is, other readings of the question, else the other sides of the
    same item."""
    choices = [(entry.title, f"entry:{entry.id}") for entry in found.options[:2]]
    if found.said and found.said.more:
        choices.append((talk.library.phrase("label_more"), "more"))
    if not choices and found.entry and found.entry.kind == "aspect":
        choices += _other_sides(talk, province, found.entry)
    if IS_IT_DONE.search(talk.ask.text):
        choices.insert(0, (talk.library.phrase("label_own_case"), "progress"))
    return choices[:MOST]


def main_menu(talk: Talk) -> list[tuple[str, str]]:
    """What the assistant can do, as choices."""
    return [
        (talk.library.phrase("label_start"), "start"),
        (talk.library.phrase("label_materials"), "materials"),
        (talk.library.phrase("label_progress"), "progress"),
        (talk.library.phrase("label_person"), "person"),
    ]


def _other_sides(talk: Talk, province: ProvinceKnowledge, entry: Entry) -> list[tuple[str, str]]:
    resolver = talk.knowledge.resolver(province)
    sides = [resolver.entry(f"{province.id}.item.{entry.key}.{side}") for side in SIDES]
    return [(side.title, f"entry:{side.id}") for side in sides if side and side.id != entry.id]

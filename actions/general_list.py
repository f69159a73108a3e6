"""A question after the whole list, of items or of papers: for the kept province, once no single thing is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from actions import answer_question
from actions.follow_up import has_answer_before
from actions.scope import ask_region, keep_if_new, not_covered, scope_of
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.fragment import continues, leans
from knowledge.library import ProvinceKnowledge


def general_list(
    talk: Talk,
    waits_as: Literal["materials", "items"],
    listed: Callable[[Talk, ProvinceKnowledge], Reply],
    topics_first: bool = False,
) -> ActionResult:
    """The list, or the answer to a question that names an item or a paper after all, or points back at the last answer.

    waits_as: what waits while the region is asked for. topics_first: a topic that is nearly asked in its own words
    (哪些不用申请) comes before the list, unless the person has a list of his own.
    """
    scope = scope_of(talk)
    points_back = has_answer_before(talk) and (continues(scope.text) or leans(scope.text))
    if points_back or _names_one(talk, scope.text):
        return answer_question.resolve(talk, scope)
    if topics_first and talk.private.phase != "done":
        topic = answer_question.answer_if_sure(talk, topics_only=True)
        if topic is not None:
            return topic
    keep_if_new(talk, scope)
    if scope.region is not None and scope.province is None:
        return talk.result(not_covered(talk, scope.region))
    if scope.province is None:
        return ask_region(talk, talk.ask.text, waits_as)
    return talk.result(listed(talk, scope.province))


def _names_one(talk: Talk, text: str) -> bool:
    """Whether an item or a paper is named outright. A hint is not enough: 「刚退伍」 asks for all papers, not only for
    those of 退役报到."""
    mentions = talk.knowledge.vocabulary.find(text)
    return any(one.kind in ("item", "paper") and one.is_said for one in mentions)

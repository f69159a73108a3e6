"""Answers in the very sentence that begins the questionnaire: 户口注销了，落我爸家，要办啥."""

from __future__ import annotations

from actions.scope import scope_of
from actions.talk import Talk
from knowledge.answer_matching import CLAUSE_END, Match, asks
from knowledge.answers_beside import match_others
from knowledge.library import ProvinceKnowledge

BEGINS = frozenset({"start_questionnaire", "resume_questionnaire"})
SURELY = 0.99
"""A wish to begin that Rasa is so sure of is nothing else unless it names a thing: 「刚转业，都要跑哪些地方」."""


def told_at_start(talk: Talk, province: ProvinceKnowledge) -> list[Match]:
    """What the message tells beside wanting to begin; nothing is taken from a clause that asks anything else.

    That somebody has just left the service is how anybody begins, so it counts only beside something else.
    """
    if not talk.ask.is_new_message or talk.ask.intent not in BEGINS:
        return []
    clauses = [_without_wish(talk, clause) for clause in filter(None, CLAUSE_END.split(talk.ask.text))]
    text = "，".join(clause for clause in clauses if not asks(clause))
    told = match_others(province.questionnaire.questions, text)
    told += _place(talk, province, {one.question for one in told})
    beginning = talk.words("words_of_a_beginning")
    return told if any(one.said not in beginning for one in told) else []


def beside_the_wish(talk: Talk, clause: str | None) -> str | None:
    """A clause that asks; None when the message wants to begin and nothing but that is asked in it: 帮他看看要办啥."""
    if not clause or talk.ask.intent not in BEGINS:
        return clause
    is_wish = talk.ask.confidence >= SURELY and not _names_a_thing(talk, clause)
    return None if is_wish or not asks(_without_wish(talk, clause)) else clause


def _names_a_thing(talk: Talk, clause: str) -> bool:
    said = [one for one in talk.knowledge.vocabulary.find(clause) if one.is_said]
    return any(one.kind in ("item", "paper") for one in said)


def _without_wish(talk: Talk, clause: str) -> str:
    """A clause without the words by which people ask to begin."""
    for request in sorted(talk.words("words_of_a_request"), key=len, reverse=True):
        clause = clause.replace(request, "，")
    return clause


def _place(talk: Talk, province: ProvinceKnowledge, answered: set[str]) -> list[Match]:
    """That he settles in the province, when the message names a place of it as that of the settlement."""
    scope = scope_of(talk)
    if not scope.settled or scope.province is None or scope.province.id != province.id:
        return []
    open_ones = [one for one in province.questionnaire.questions if one.id not in answered]
    return [Match(one.id, option.id, False) for one in open_ones for option in one.options if option.here]

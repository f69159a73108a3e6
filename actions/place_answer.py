"""Takes a place of the province for the answer to whether one settles there: 安置在绵阳, 回南充."""

from __future__ import annotations

import re

from actions.questions import ANSWERS
from actions.scope import Scope, not_covered, scope_of
from actions.talk import Talk
from bot.message import Reply
from knowledge import model
from knowledge.answer_matching import Match, asks
from knowledge.library import ProvinceKnowledge

BESIDE_A_PLACE = 4
"""So many characters beside the name of a place still say no more than that one settles there."""
_CLAUSE_END = re.compile(r"[\s，。；！,;!]+")
_DENYING = ("不", "没")


def is_here(talk: Talk, province: ProvinceKnowledge) -> bool:
    """Whether the message names a place of the province, and neither denies it nor asks."""
    scope, text = scope_of(talk), talk.ask.text
    if asks(text) or not scope.named or scope.province is None or scope.province.id != province.id:
        return False
    naming = [clause for clause in _CLAUSE_END.split(text) if talk.library.regions.find(clause)]
    return not any(word in clause for clause in naming for word in _DENYING)


def heard(talk: Talk, province: ProvinceKnowledge, question: model.Question, is_open: bool = False) -> list[Match]:
    """The answer to a question that is answered by a place; none to any other. The place is kept.

    With hardly a word beside the place it is an answer whatever Rasa took it for: 回南充 is no wish to go back.
    is_open: the question was just put; to any other a place elsewhere must be named as that of the settlement.
    """
    if not any(option.here for option in question.options):
        return []
    scope, text = scope_of(talk), talk.ask.text
    says_here = is_here(talk, province)
    if scope.region is None or not (says_here or _is_elsewhere(talk, scope, is_open)):
        return []
    is_bare = len(scope.text) <= BESIDE_A_PLACE
    if not is_bare and talk.ask.intent not in (*ANSWERS, "set_region"):
        return []
    talk.keep_region(scope.region)
    meant = [option for option in question.options if option.here is says_here]
    return [Match(question.id, option.id, is_bare, len(text)) for option in meant]


def _is_elsewhere(talk: Talk, scope: Scope, is_open: bool) -> bool:
    """Whether the message names a place that no guide covers as the one where the person settles."""
    text = talk.ask.text
    if not scope.named or scope.province is not None or asks(text):
        return False
    places = [(clause, one) for clause in _CLAUSE_END.split(text) for one in talk.library.regions.find(clause)]
    if any(word in clause for clause, _ in places for word in _DENYING):
        return False
    if scope.settled:
        return True
    comes_from = any(clause[one.end :].startswith("人") for clause, one in places)
    return is_open and not comes_from and len(scope.text) <= BESIDE_A_PLACE


def not_covered_here(talk: Talk, province: ProvinceKnowledge, matches: list[Match]) -> list[Reply]:
    """That no guide covers the place that was just given for an answer; nothing when none was, or one does."""
    by_place = {one.id for one in province.questionnaire.questions if any(option.here for option in one.options)}
    code = talk.region.code if talk.region else None
    region = talk.library.regions.by_code(code) if code and talk.province is None else None
    is_said = scope_of(talk).named and any(match.question in by_place for match in matches)
    return [not_covered(talk, region)] if region and is_said else []

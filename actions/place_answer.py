"""Takes a place of the province for the answer to whether one settles there: 安置在绵阳, 回南充."""

from __future__ import annotations

import re

from actions.questions import ANSWERS
from actions.scope import scope_of
from actions.talk import Talk
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


def heard(talk: Talk, province: ProvinceKnowledge, question: model.Question) -> list[Match]:
    """The answer to a question that is answered by a place; none to any other. The place is kept.

    With hardly a word beside the place it is an answer whatever Rasa took it for: 回南充 is no wish to go back.
    """
    here = next((option for option in question.options if option.here), None)
    scope = scope_of(talk)
    if here is None or scope.region is None or not is_here(talk, province):
        return []
    is_bare = len(scope.text) <= BESIDE_A_PLACE
    if not is_bare and talk.ask.intent not in (*ANSWERS, "set_region"):
        return []
    talk.keep_region(scope.region)
    return [Match(question.id, here.id, is_bare, len(talk.ask.text))]

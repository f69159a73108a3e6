"""Keeps the place where the person settles, and answers what was waiting for it."""

from __future__ import annotations

from dataclasses import replace

from actions import answer_question
from actions.contract import Ask, Services
from actions.run_questionnaire import NAME, start
from actions.scope import Scope, ask_region, names_a_place, not_covered, place_told, scope_of
from actions.talk import Talk
from actions.waiting_question import answer_waiting
from actions.what_next import main_menu
from bot.message import ActionResult, Reply
from knowledge.answer_matching import CLAUSE_END, asks, seeks_an_answer
from knowledge.library import ProvinceKnowledge
from knowledge.subject import subject_of


async def set_region(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `set_region`.

    A place that no guide covers is said so, and kept all the same: what is asked next must not be answered from the
    guide of another province.
    """
    talk = Talk(ask, services)
    scope = scope_of(talk)
    if scope.served or scope.is_own_choice or (scope.is_asked and talk.province is not None and talk.subject.is_named):
        return answer_question.resolve(talk, scope)
    if not scope.named and talk.province is not None and talk.region is not None and names_a_place(talk):
        beside = seeks_an_answer(ask.text) and talk.loop is None
        answer = answer_question.answer_if_sure(talk, likely=True) if beside else None
        return answer or talk.result(_stays(talk, talk.region.name, talk.province))
    if talk.loop == NAME and not scope.named:
        return talk.result(talk.reply("notice", "answer_not_understood"))
    if not scope.named or scope.region is None:
        return ask_region(talk, talk.private.question, talk.private.question_for)
    if scope.province is None:
        if not talk.in_loop:
            talk.keep_region(scope.region, scope.settled)
        return talk.result(not_covered(talk, scope.region))
    return settle(talk, scope)


def settle(talk: Talk, scope: Scope) -> ActionResult:
    """Keep the region of a scope that a guide covers; then the waiting question, or what can be done now."""
    if scope.region is None:
        return ask_region(talk, talk.private.question, talk.private.question_for)
    talk.keep_region(scope.region, scope.settled)
    answered = answer_waiting(talk, scope)
    if answered:
        return talk.result(*answered)
    if _asks_of_a_thing(talk, scope):
        return answer_question.resolve(talk, replace(scope, text=_asked(talk, scope.text)))
    answer = answer_question.answer_if_sure(talk) if talk.loop is None and _asks_more(talk) else None
    if answer is not None:
        return answer
    if talk.loop == NAME and scope.province and scope.province.id != talk.private.province:
        return start(talk)
    key = "region_kept_in_loop" if talk.in_loop else "region_kept"
    province = talk.library.region_of(scope.province).short_name if scope.province else ""
    told = place_told(talk, scope)
    reply = talk.reply("smalltalk", key, region=scope.region.short_name if told == province else told)
    return talk.result(reply if talk.in_loop else talk.offer(reply, *main_menu(talk)))


def _asks_of_a_thing(talk: Talk, scope: Scope) -> bool:
    """Whether a thing is asked about beside the place; 户口 in 户口莆田的，人安置福州 is none."""
    find, text = talk.knowledge.vocabulary.find, talk.ask.text
    rest = "，".join(one for one in CLAUSE_END.split(text) if not talk.library.regions.find(one))
    return subject_of(find(scope.text)).is_named and (asks(text) or subject_of(find(rest)).is_named)


def _asks_more(talk: Talk) -> bool:
    """Whether something is asked beside the place, in a clause of its own: 窗口设在市里还是县里 泉州南安的."""
    clauses = CLAUSE_END.split(talk.ask.text)
    return len(clauses) > 1 and any(asks(one) for one in clauses if not talk.library.regions.find(one))


def _asked(talk: Talk, text: str) -> str:
    """The clauses that name something or ask; what only told the place (我安置在) is no part of the question."""
    clauses = [one for one in CLAUSE_END.split(text) if one]
    asked = [one for one in clauses if talk.knowledge.vocabulary.find(one) or asks(one)]
    return "，".join(asked or clauses)


def _stays(talk: Talk, place: str, province: ProvinceKnowledge) -> Reply:
    """That a home or another place he told of leaves the kept place as it is."""
    name = talk.library.region_of(province).short_name
    return talk.reply("smalltalk", "region_stays", region=place, province=name)

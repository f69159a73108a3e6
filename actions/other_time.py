"""Answers what is asked for another time (去年的政策呢, 2022年怎么规定) by the day from which the guide holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import wraps

from actions import replies
from actions.answer_question import answer_question
from actions.contract import Action, Ask, Services
from actions.guide_age import FROM_A_GUIDE, full_day
from actions.scope import ask_region, scope_of
from actions.take_choice import ANSWERING
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.as_of import AsOf, Since, as_of, since, standing
from knowledge.library import ProvinceKnowledge
from knowledge.model import Source

LISTS_AND_QUESTIONS = ("ask_policy", "ask_materials", "ask_items", "explain_term")


def of_its_time(action: Action) -> Action:
    """The action, unless the message asks for another time: then its question is answered, and said whether the guide
    held then. A question that waited for the region keeps its time."""
    if action.__name__ not in ANSWERING:
        return action

    @wraps(action)
    async def timed(ask: Ask, services: Services) -> ActionResult:
        today = ask.now.date()
        asked = as_of(ask.text, today) if ask.is_new_message else None
        if asked is not None:
            return await _answered(action, ask, services, asked)
        waited = as_of(str(ask.memory.private.get("question") or ""), today)
        result = await action(ask, services)
        if waited is None or result.memory.private.get("question"):
            return result
        return _judged(ask, services, result, waited)

    return timed


async def _answered(action: Action, ask: Ask, services: Services, asked: AsOf) -> ActionResult:
    talk = Talk(ask, services)
    scope = scope_of(talk, asked.rest)
    if not scope.text:
        if scope.province is None:
            return ask_region(talk, ask.text)
        return talk.result(_of_what_was_told(talk, scope.province, asked, named=scope.named))
    inner = action if ask.intent in LISTS_AND_QUESTIONS else answer_question
    result = await inner(replace(ask, text=asked.rest), services)
    if result.memory.private.get("question") == asked.rest:
        private = {**result.memory.private, "question": ask.text}
        return result.model_copy(update={"memory": result.memory.model_copy(update={"private": private})})
    return _judged(ask, services, result, asked)


def _judged(ask: Ask, services: Services, result: ActionResult, asked: AsOf) -> ActionResult:
    """What was answered for today, with what it is worth for the time that was asked for."""
    talk = Talk(replace(ask, memory=result.memory, is_new_message=False), services)
    talk.private.last = []
    shown = [_with_time(talk, reply, asked) for reply in result.replies]
    return talk.result(*shown, effects=result.effects, pauses=result.pauses)


def _with_time(talk: Talk, reply: Reply, asked: AsOf) -> Reply:
    ids = [str(one) for one in reply.data.get("knowledge_ids", ())]
    province = talk.library.provinces.get(ids[0].split(".")[0]) if ids else None
    if reply.kind not in FROM_A_GUIDE or province is None:
        return reply
    begun = _since(talk, province, ids)
    if standing(asked, begun.day, talk.ask.now.date()) != "not_yet":
        return reply.model_copy(update={"text": reply.text + _verdict(talk, province, asked, begun)})
    talk.nothing_more()
    region = talk.library.region_of(province).short_name
    text = talk.library.phrase("answer", region=region, say=_verdict(talk, province, asked, begun))
    told = reply.model_copy(
        update={
            "text": text,
            "choices": (),
            "citations": reply.citations[:1],
            "data": {**reply.data, "completeness": "none"},
        }
    )
    return told if talk.in_loop else talk.offer(told, (talk.library.phrase("label_rule_today"), f"say:{asked.rest}"))


def _of_what_was_told(talk: Talk, province: ProvinceKnowledge, asked: AsOf, named: bool) -> Reply:
    """The verdict alone, on what was answered last; on the guide itself when nothing was, or another place is named."""
    last = talk.private.told[-1] if talk.private.told and not named else None
    ids = [one for one in last.knowledge_ids if one.startswith(f"{province.id}.")] if last else []
    begun = _since(talk, province, ids)
    sources = [Source(guide=one["guide"], section=one["section"]) for one in last.sources] if last and ids else []
    region = talk.library.region_of(province).short_name
    is_before = standing(asked, begun.day, talk.ask.now.date()) == "not_yet"
    ids = ids or [f"{province.id}.questionnaire.{province.questionnaire.id}"]
    return Reply(
        kind="answer",
        text=talk.library.phrase("answer", region=region, say=_verdict(talk, province, asked, begun)),
        citations=replies.citations(province, sources or province.questionnaire.source),
        data={"completeness": "none" if is_before else "partial", "region": region, "knowledge_ids": ids},
    )


def _since(talk: Talk, province: ProvinceKnowledge, ids: Sequence[str]) -> Since:
    return since(province, [talk.library.facts[one] for one in ids if one in talk.library.facts])


def _verdict(talk: Talk, province: ProvinceKnowledge, asked: AsOf, begun: Since) -> str:
    key = f"time_{standing(asked, begun.day, talk.ask.now.date())}"
    key += "" if begun.stated or key == "time_to_come" else "_unstated"
    when, day = _when(talk, asked), full_day(talk.library, begun.day)
    return talk.library.phrase(key, when=when, day=day, ask=province.head.ask_whom)


def _when(talk: Talk, asked: AsOf) -> str:
    """The time as it was said, with its year."""
    say, first = talk.library.phrase, asked.first
    if first == asked.last:
        day = full_day(talk.library, first)
    elif (first.month, asked.last.month) == (1, 12):
        day = say("full_year", year=first.year)
    else:
        day = say("full_month", year=first.year, month=first.month)
    return say("relative_time", said=asked.relative, day=day) if asked.relative else day

"""Keeps the place where the person settles, and answers what was waiting for it."""

from __future__ import annotations

from actions import answer_question
from actions.contract import Ask, Services
from actions.run_questionnaire import NAME, start
from actions.scope import Scope, ask_region, not_covered, scope_of
from actions.talk import Talk
from bot.message import ActionResult


async def set_region(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `set_region`. A place that no guide covers is said so and not kept."""
    talk = Talk(ask, services)
    scope = scope_of(talk)
    if not scope.named or scope.region is None:
        return ask_region(talk, talk.private.question)
    if scope.province is None:
        return talk.result(not_covered(talk, scope.region))
    return settle(talk, scope)


def settle(talk: Talk, scope: Scope) -> ActionResult:
    """Keep the region of a scope that a guide covers; then the waiting question, or what can be done now."""
    if scope.region is None:
        return ask_region(talk, talk.private.question)
    talk.keep_region(scope.region)
    waiting, talk.private.question = talk.private.question, None
    if waiting:
        regions = talk.library.regions
        text = waiting
        for mention in sorted(regions.find(waiting), key=lambda one: -one.start):
            text = text[: mention.start] + text[mention.end :]
        return answer_question.resolve(talk, Scope(scope.province, scope.region, False, text))
    if talk.loop == NAME and scope.province and scope.province.id != talk.private.province:
        return start(talk)
    reply = talk.reply("smalltalk", "region_kept", region=scope.region.short_name)
    return talk.result(reply if talk.in_loop else talk.offer(reply, *answer_question.main_menu(talk)))

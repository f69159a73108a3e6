"""「再说一遍」: the last replies word for word."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.questions import STEPS
from actions.talk import Talk
from bot.message import ActionResult

TALK = ("smalltalk", "fallback")


async def say_again(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `say_again`. In a loop the question comes back by itself, so only what stood before
    it is repeated."""
    talk = Talk(ask, services)
    last = talk.private.last
    if not last:
        return talk.result(talk.reply("fallback", "nothing_said"))
    if talk.in_loop and last[-1].kind in STEPS:
        last = [one for one in last[:-1] if one.kind not in TALK] or [talk.reply("smalltalk", "again")]
    return talk.result(*last)

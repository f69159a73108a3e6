"""「再说一遍」: the last replies word for word."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult


async def say_again(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `say_again`. In a loop the question comes back by itself, so only what stood before
    it is repeated."""
    talk = Talk(ask, services)
    last = talk.private.last
    if not last:
        return talk.result(talk.reply("fallback", "nothing_said"))
    if talk.in_loop and last[-1].kind in ("question", "confirm"):
        last = last[:-1] or [talk.reply("smalltalk", "again")]
    return talk.result(*last)

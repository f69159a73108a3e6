"""「取消」 while no person was asked for: leaves what is running, and says that it is kept."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.leave_questionnaire import leave
from actions.talk import Talk
from bot.message import ActionResult


async def cancel(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `cancel`."""
    talk = Talk(ask, services)
    return leave(talk) if talk.in_loop else talk.result(talk.reply("smalltalk", "nothing_to_cancel"))

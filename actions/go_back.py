"""「上一步」 where there is no questionnaire to go back in."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.run_questionnaire import NAME, start
from actions.talk import Talk
from bot.message import ActionResult


async def go_back(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `go_back` outside the questionnaire: one that was laid aside is taken up again."""
    talk = Talk(ask, services)
    if talk.loop != NAME and talk.private.phase in ("asking", "confirming", "changing"):
        return start(talk)
    return talk.result(talk.reply("fallback", "nothing_before"))

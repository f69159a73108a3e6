"""Says what the assistant is not for, and what it can do instead."""

from __future__ import annotations

from actions.answer_question import answer_if_sure
from actions.contract import Ask, Services
from actions.talk import Talk
from actions.what_next import main_menu
from bot.message import ActionResult


async def decline(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `out_of_scope`. What a guide clearly states is answered all the same."""
    talk = Talk(ask, services)
    answer = answer_if_sure(talk)
    if answer is not None:
        return answer
    reply = talk.reply("fallback", "out_of_scope")
    return talk.result(reply if talk.in_loop else talk.offer(reply, *main_menu(talk)))

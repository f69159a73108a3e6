"""Says what the assistant is and what it can do."""

from __future__ import annotations

from actions.answer_question import answer_if_sure
from actions.contract import Ask, Services
from actions.scope import covered_names
from actions.talk import Talk
from actions.what_next import main_menu
from bot.message import ActionResult


async def introduce(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_bot`. What is asked of the service rather than of the assistant is answered."""
    talk = Talk(ask, services)
    answer = answer_if_sure(talk, topics_only=talk.says("words_for_the_assistant"))
    if answer is not None:
        return answer
    reply = talk.reply("smalltalk", "introduction", covered=covered_names(talk))
    return talk.result(reply if talk.in_loop else talk.offer(reply, *main_menu(talk)))

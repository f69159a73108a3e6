"""Says what the assistant is not for, and what it can do instead."""

from __future__ import annotations

from actions.answer_question import main_menu, resolve
from actions.contract import Ask, Services
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult
from knowledge.resolve import subject_of


async def decline(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `out_of_scope`. A message that names an item or paper is tried as a question first."""
    talk = Talk(ask, services)
    scope = scope_of(talk)
    if subject_of(talk.knowledge.vocabulary.find(scope.text)).is_named:
        return resolve(talk, scope)
    reply = talk.reply("fallback", "out_of_scope")
    return talk.result(reply if talk.in_loop else talk.offer(reply, *main_menu(talk)))

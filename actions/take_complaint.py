"""Takes a complaint or an insult calmly: it is kept for the office, and a person is offered."""

from __future__ import annotations

from functools import wraps

from actions.contract import Action, Ask, NotMine, Services
from actions.talk import Talk
from bot.message import ActionResult, Effect

LONGEST_OUTCRY = 14
"""In a longer message the question counts, not how it is said."""
LOOPS = {"run_questionnaire": ("start_questionnaire", "resume_questionnaire"), "report_progress": ("ask_progress",)}
"""The loops with the intents whose own action they are: these cannot be handed on."""


async def take_complaint(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `complain`."""
    talk = Talk(ask, services)
    reply = talk.reply("smalltalk", "complaint")
    if not talk.in_loop:
        reply = talk.offer(reply, (talk.library.phrase("label_person"), "person"))
    return talk.result(reply, effects=(Effect(kind="report_complaint"),))


def frustration_first(action: Action) -> Action:
    """The action, unless the message is nothing but an outcry against the assistant: then a person is offered.

    A loop hands the message on; its question comes back after the reply.
    """

    @wraps(action)
    async def first(ask: Ask, services: Services) -> ActionResult:
        if not ask.is_new_message or not _cries_out(Talk(ask, services)):
            return await action(ask, services)
        if ask.memory.loop != action.__name__:
            return await take_complaint(ask, services)
        if ask.intent in LOOPS.get(action.__name__, ()):
            return await action(ask, services)
        raise NotMine

    return first


def _cries_out(talk: Talk) -> bool:
    return len(talk.ask.text) <= LONGEST_OUTCRY and talk.says("words_for_frustration")

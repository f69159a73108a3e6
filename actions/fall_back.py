"""What Rasa did not understand is tried once more as a question to the knowledge, then admitted."""

from __future__ import annotations

from actions.answer_question import resolve
from actions.contract import Ask, Services
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult


async def fall_back(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `nlu_fallback`."""
    talk = Talk(ask, services)
    return resolve(talk, scope_of(talk))

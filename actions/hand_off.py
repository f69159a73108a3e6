"""Asks for a person. The turn that records this makes the queue the owner of the conversation."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult, Effect


async def hand_off(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_human`. The words of the reply come from the turn, which knows the queue."""
    talk = Talk(ask, services)
    return ask_person(talk, "asked")


def ask_person(talk: Talk, reason: str) -> ActionResult:
    """Request a person and let a running loop sleep until the conversation comes back."""
    wanted = Effect(kind="request_person", data={"reason": reason})
    return talk.result(talk.reply("handoff", "person_requested"), effects=(wanted,), pauses=talk.in_loop)

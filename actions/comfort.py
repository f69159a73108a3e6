"""Answers distress: a person and the phone numbers first, nothing else."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult, Effect


async def comfort(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `distress`. A running questionnaire sleeps, and a person is asked for."""
    talk = Talk(ask, services)
    wanted = Effect(kind="request_person", data={"reason": "distress"})
    return talk.result(talk.reply("crisis", "crisis"), effects=(wanted,), pauses=talk.in_loop)

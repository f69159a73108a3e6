"""Lays the questionnaire (or the question about a case) aside; the answers are kept."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult


async def leave_questionnaire(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `leave_questionnaire`."""
    talk = Talk(ask, services)
    return leave(talk) if talk.in_loop else talk.result(talk.reply("smalltalk", "nothing_to_cancel"))


def leave(talk: Talk) -> ActionResult:
    """Leave the running loop for the one that it had interrupted. 「接着填」 takes a questionnaire up where it was."""
    key = "questionnaire_left" if talk.loop == "run_questionnaire" else "progress_left"
    talk.loop, talk.private.return_to = talk.private.return_to, None
    talk.private.case_no = None
    choices = [(talk.library.phrase("label_resume"), "start")] if key == "questionnaire_left" else []
    return talk.result(talk.offer(talk.reply("notice", key), *choices))

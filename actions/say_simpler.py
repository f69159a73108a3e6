"""「说简单点」: the last answer, or the open question, in the plainest words."""

from __future__ import annotations

from actions import questions
from actions.contract import Ask, Services
from actions.show_source import told_again
from actions.talk import Talk
from bot.message import ActionResult, Reply


async def say_simpler(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `say_simpler`."""
    talk = Talk(ask, services)
    last = talk.private.last[-1] if talk.private.last else None
    if talk.loop == "run_questionnaire" and last is not None and last.kind in ("question", "confirm"):
        return talk.result(_open_question(talk))
    plain = [(one, one.simple) for one in talk.private.told if one.simple]
    if plain:
        return talk.result(*(told_again(talk, one, text) for one, text in plain))
    return talk.result(talk.reply("smalltalk", "no_simpler" if last else "nothing_said"))


def _open_question(talk: Talk) -> Reply:
    question = questions.current(talk)
    if question and question.simple:
        return Reply(kind="notice", text=question.simple)
    return talk.reply("smalltalk", "answer_by_number")

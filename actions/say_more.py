"""「更多」: the rest of the last answer, or of all answers to a message with several questions."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.show_source import told_again
from actions.talk import Talk
from bot.message import ActionResult


async def say_more(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `say_more`."""
    return more(Talk(ask, services))


def more(talk: Talk) -> ActionResult:
    """The parts of the last answers that were held back, each with its own sources."""
    held_back = [(one, one.more) for one in talk.private.told if one.more]
    if not held_back:
        key = "no_more" if talk.private.last else "nothing_said"
        return talk.result(talk.reply("smalltalk", key))
    talk.nothing_more()
    return talk.result(*(told_again(talk, one, text) for one, text in held_back))

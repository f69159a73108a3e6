"""「更多」: the rest of the last answer."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.show_source import last_answer_again
from actions.talk import Talk
from bot.message import ActionResult


async def say_more(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `say_more`."""
    return more(Talk(ask, services))


def more(talk: Talk) -> ActionResult:
    """The part of the last answer that was held back, with its sources."""
    if not talk.private.more:
        key = "no_more" if talk.private.last else "nothing_said"
        return talk.result(talk.reply("smalltalk", key))
    text, talk.private.more = talk.private.more, None
    return talk.result(last_answer_again(talk, text))

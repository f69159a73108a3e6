"""「更多」: the rest of the last answer, in parts when it is long, or of all answers to a message with several
questions."""

from __future__ import annotations

from actions.case_talk import whole_case
from actions.contract import Ask, Services
from actions.in_parts import divided
from actions.show_source import told_again
from actions.talk import Talk
from bot.message import ActionResult


async def say_more(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `say_more`."""
    return await more(Talk(ask, services))


async def more(talk: Talk) -> ActionResult:
    """The parts of the last answers that were held back, each with its own sources; of a case all its items."""
    case = next((one.case for one in talk.private.told if one.case), None)
    if case is not None:
        return await whole_case(talk, case)
    held_back = [(one, one.more) for one in talk.private.told if one.more]
    if not held_back:
        key = "no_more" if talk.private.last else "nothing_said"
        return talk.result(talk.reply("smalltalk", key))
    if len(held_back) > 1:
        talk.nothing_more()
        return talk.result(*(told_again(talk, one, text) for one, text in held_back))
    one, text = held_back[0]
    now, later = divided(text)
    left = [kept.model_copy(update={"more": later or None}) if kept is one else kept for kept in talk.private.told]
    talk.private.told = left
    return talk.result(told_again(talk, one, f"{now}\n{talk.library.phrase('there_is_more')}" if later else now))

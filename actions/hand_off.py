"""Asks for a person. The turn that records this makes the queue the owner of the conversation."""

from __future__ import annotations

from actions import answer_question
from actions.contract import Ask, Services
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Effect


async def hand_off(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_human`. The words of the reply come from the turn, which knows the queue.

    The bot falls silent after it, so a guess of the classifier is not enough: the message must speak of a person.
    Whatever does not (零工, 0791, 人工费) is answered as a question.
    """
    talk = Talk(ask, services)
    if speaks_of_person(talk):
        return ask_person(talk, "asked")
    return answer_question.resolve(talk, scope_of(talk))


def speaks_of_person(talk: Talk) -> bool:
    """Whether the message names a person or an office to talk to, and none of the words that only look so."""
    text = talk.ask.text
    for word in talk.words("words_not_for_person"):
        text = text.replace(word, "")
    return any(word in text for word in talk.words("words_for_person"))


def ask_person(talk: Talk, reason: str) -> ActionResult:
    """Request a person and let a running loop sleep until the conversation comes back."""
    wanted = Effect(kind="request_person", data={"reason": reason})
    return talk.result(talk.reply("handoff", "person_requested"), effects=(wanted,), pauses=talk.in_loop)

"""What is said to whoever wrote of danger, by whose danger it is."""

from __future__ import annotations

from bot.crisis import whose_danger
from bot.message import Reply
from bot.wording import Wording


def care(text: str, wording: Wording) -> str:
    """What is said to whoever wrote of danger: to him, or about the friend he writes of."""
    danger = whose_danger(text)
    return wording.say("crisis" if danger == "own" else f"crisis_{danger}")


def fitting(reply: Reply, text: str, wording: Wording) -> Reply:
    """The reply of an action; care fits whose danger it is."""
    return reply.model_copy(update={"text": care(text, wording)}) if reply.kind == "crisis" else reply

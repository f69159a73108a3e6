"""Holds back answers of which the bot is not sure, where the office wants a person to look at them first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.message import Memory, Reply

UNSURE = 0.6
"""Below this chance an answer waits. Of 229 answers to questions that were not trained on, 50 were, and 14 of them were
wrong; of the other 179 it was 8."""
OF_THE_ANSWER = ("told", "last", "fragment", "question")
"""Of the actions' memory: what an answer leaves for 「更多」, 「依据是什么」 and 「再说一遍」."""
OFFERED = ("offered", "beneath", "earlier")


@dataclass(frozen=True)
class Held:
    """What waits of a turn: the answers, and what would be remembered after them."""

    replies: tuple[Reply, ...] = ()
    memory: Memory = field(default_factory=Memory)
    region: str = ""
    minutes: int = 0


class Duty(Protocol):
    """Knows whether somebody is there."""

    async def is_manned(self, region: str) -> bool:
        """Whether a counselor takes chats now whose business that place is."""


def minutes_at(switches: dict[str, int], memory: Memory) -> tuple[str, int | None]:
    """The province of a conversation, and how long an unsure answer waits there; None where it does not."""
    province = f"{memory.region.code[:2]}0000" if memory.region else ""
    return province, switches.get(province)


def is_unsure(reply: Reply) -> bool:
    """Whether an answer waits for a person's look."""
    return reply.kind == "answer" and reply.why is not None and reply.why.chance < UNSURE


def without_answer(after: Memory, before: Memory) -> Memory:
    """What is remembered while answers wait: all but what they left, so that nothing of them comes out by itself."""
    names = OF_THE_ANSWER if after.loop else (*OF_THE_ANSWER, *OFFERED)
    private: dict[str, Any] = {name: value for name, value in after.private.items() if name not in names}
    private |= {name: before.private[name] for name in names if name in before.private}
    number = after.highest_number if after.loop else before.highest_number
    return after.model_copy(update={"private": private, "highest_number": number})

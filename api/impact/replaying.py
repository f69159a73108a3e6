"""Asks a release as a conversation would: by the same action that answers live, from message to message."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from actions.contract import Ask
from actions.registry import ACTIONS
from api.impact.quiet import quiet_services
from bot.channels.plain_text import standing_alone
from bot.message import Memory, Reply
from bot.wording import Wording
from knowledge.reference import Reference

NOBODY = str(uuid.UUID(int=0))
ANSWERED = ("answer", "result", "materials")


@dataclass(frozen=True)
class Told:
    """What is said to one message: all of it as a hotline sends it, and the ids of the knowledge behind it.

    replies: as they are handed to channels, for judging. is_answer: whether a guide answered.
    """

    text: str
    ids: tuple[str, ...]
    is_answer: bool
    replies: tuple[dict[str, Any], ...]

    def shown(self) -> dict[str, Any]:
        """What of it is kept to be looked at."""
        kept = asdict(self)
        del kept["replies"]
        return kept


class Replay:
    """Asks one release. The same instant counts for all questions."""

    def __init__(self, knowledge: Reference, wording: Wording, now: datetime) -> None:
        self.knowledge = knowledge
        self._services = quiet_services(knowledge)
        self._wording = wording
        self._now = now

    async def talk(self, region: str, messages: list[str]) -> list[Told]:
        """What is told to each of a caller's masked questions, in their order. region: adcode of the place he is of."""
        memory, told = Memory(), []
        for text in messages:
            ask = Ask(
                conversation=NOBODY,
                channel="hotline",
                text=text,
                intent="ask_policy",
                confidence=1.0,
                entities=(),
                memory=memory,
                is_new_message=True,
                now=self._now,
                region_hint=region,
            )
            result = await ACTIONS["answer_question"](ask, self._services)
            memory = result.memory.for_actions().model_copy(update={"loop": None})
            told.append(self._told(result.replies))
        return told

    def _told(self, replies: tuple[Reply, ...]) -> Told:
        shown = [standing_alone(one, self._wording) for one in replies]
        ids = [name for one in replies for name in one.data.get("knowledge_ids", ())]
        return Told(
            text="\n".join(one.text for one in shown),
            ids=tuple(dict.fromkeys(ids)),
            is_answer=any(one.kind in ANSWERED and one.citations for one in replies),
            replies=tuple(one.as_sent() for one in shown),
        )

"""What the bot would answer, as a draft for a counselor: composed as for a person, recorded nowhere, sent by nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from actions.answer_question import answer_question
from actions.contract import Ask, Services
from actions.guide_age import with_age
from actions.other_time import of_its_time
from api.desk.case_looks import NOBODY
from bot.channels.plain_text import plain
from bot.guard import wants_human
from bot.masking import mask
from bot.message import Memory, Region, Reply
from bot.wording import Wording
from knowledge.reference import Reference
from knowledge.regions import Region as Place

MOST_LOOKED_AT = 4
"""So many of the last messages may hold the question: 「人工」 and 「在吗」 stand behind it."""
LEAST_CHARACTERS = 4
"""Shorter words greet or agree more often than they ask: 在吗, 有人吗, 好的."""
ANSWERING = of_its_time(with_age(answer_question))


@dataclass(frozen=True)
class Suggestion:
    """A draft. question: which words it answers; text: ends with its source; percent: how sure the bot is, if known."""

    question: str
    text: str
    percent: int | None


class Suggestions:
    """Asks the knowledge as a turn does, for staff."""

    def __init__(
        self,
        services: Services,
        knowledge: Callable[[], Reference],
        wording: Wording,
        clock: Callable[[], datetime],
    ) -> None:
        self._services = services
        self._knowledge = knowledge
        self._wording = wording
        self._clock = clock

    async def of_chat(self, said: Sequence[Row[Any]], memory: Memory) -> Suggestion | None:
        """A draft for the newest question that the counselor has not answered; None where no guide answers any."""
        for question in _open_questions(said):
            found = await self.answers(question, memory)
            if found:
                return found[0]
        return None

    async def at(self, place: Place | None, question: str) -> list[Suggestion]:
        """What the guide of a place says to somebody at the window; without a place, to whom the words name one."""
        region = Region(code=place.code, name=place.short_name) if place else None
        return await self.answers(mask(question).text, Memory(region=region))

    async def answers(self, question: str, memory: Memory) -> list[Suggestion]:
        """Every answer with a source to a masked question, in the light of what the conversation remembers."""
        ask = Ask(
            conversation=NOBODY,
            channel="desk",
            text=question,
            intent="ask_policy",
            confidence=1.0,
            entities=(),
            memory=memory.for_actions().model_copy(update={"loop": None}),
            is_new_message=True,
            now=self._clock(),
        )
        result = await ANSWERING(ask, replace(self._services, knowledge=self._knowledge()))
        sourced = [reply for reply in result.replies if reply.kind == "answer" and reply.citations]
        return [self._drafted(question, reply) for reply in sourced]

    def _drafted(self, question: str, reply: Reply) -> Suggestion:
        # 「更多」 turns to the bot, which is silent while a counselor speaks.
        text = reply.text.replace(self._knowledge().library.phrase("there_is_more"), "")
        said = plain(reply.model_copy(update={"choices": (), "text": text}), self._wording)
        percent = round(reply.why.chance * 100) if reply.why else None
        return Suggestion(question, said.whole, percent)


def _open_questions(said: Sequence[Row[Any]]) -> list[str]:
    """The person's last messages, newest first, back to what a counselor said."""
    found: list[str] = []
    for one in reversed(said):
        if (one.speaker == "counselor" and found) or len(found) == MOST_LOOKED_AT:
            break
        asks = len(one.text.strip("。？！，?!., ")) >= LEAST_CHARACTERS and not wants_human(one.text)
        if one.speaker == "person" and asks:
            found.append(one.text)
    return found

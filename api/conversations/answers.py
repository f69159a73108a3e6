"""The stored form of what a channel returned for a message."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from bot.message import ConversationState, Memory, Owner, Reply, TurnResult


def answer_of(replies: Iterable[Reply], owner: Owner, memory: Memory) -> dict[str, Any]:
    """The part of a response that is made once and kept."""
    state = ConversationState(owner=owner, region=memory.region, questionnaire=memory.questionnaire)
    return {
        "replies": [reply.as_sent() for reply in replies],
        "state": state.model_dump(mode="json"),
    }


def as_it_stands(answer: dict[str, Any], owner: str) -> dict[str, Any]:
    """The answer as it is handed out now. owner: who holds the conversation at this moment.

    What the bot had answered before a counselor took over is marked with `data.before_counselor`, because it may reach
    the line when the counselor has spoken already.
    """
    if owner != Owner.COUNSELOR or answer["state"]["owner"] == Owner.COUNSELOR:
        return answer
    marked = [{**reply, "data": {**reply.get("data", {}), "before_counselor": True}} for reply in answer["replies"]]
    return {**answer, "replies": marked}


def result_of(answer: dict[str, Any], session_id: str, message_id: str, turn_id: uuid.UUID) -> TurnResult:
    """The response, from its kept part."""
    return TurnResult.model_validate(
        {**answer, "session_id": session_id, "message_id": message_id, "turn_id": str(turn_id)}
    )

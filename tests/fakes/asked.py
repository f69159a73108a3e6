"""Talks that stand in the transcript, as the bot would have left them there."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from tests.api.conftest import House

NOT_FOUND = "这个我没在指南里找到，不敢乱答。您可以换个说法。"


def ask(
    house: House,
    question: str,
    at: datetime,
    *,
    code: str | None = "410000",
    kind: str = "fallback",
    say: str = NOT_FOUND,
    ids: tuple[str, ...] = (),
    completeness: str = "",
    nearest: str = "",
    release: str = "1-abc",
    conversation: str = "",
) -> int:
    """One question and the reply to it; gives the reply's row. nearest: knowledge id; empty: nothing was compared."""
    state = json.dumps({"region": {"code": code}} if code else {})
    if not conversation:
        [(conversation,)] = house.rows(
            "INSERT INTO conversation (channel, session_id, state) VALUES ('hotline', %s, %s) RETURNING id::text",
            uuid.uuid4().hex,
            state,
        )
    turn = str(uuid.uuid4())
    data: dict[str, Any] = {"knowledge_ids": list(ids)} if ids else {}
    data |= {"completeness": completeness} if completeness else {}
    reply = json.dumps({"kind": kind, "text": say, "data": data, "citations": []})
    why = json.dumps({"question": question, "chance": 0.1, "candidates": [{"id": nearest, "share": 0.2}]})
    house.change(
        "INSERT INTO transcript (conversation_id, turn_id, speaker, text, at) VALUES (%s, %s, 'person', %s, %s)",
        conversation,
        turn,
        question,
        at,
    )
    [(row,)] = house.rows(
        "INSERT INTO transcript (conversation_id, turn_id, speaker, text, reply, knowledge_release, why, at)"
        " VALUES (%s, %s, 'bot', %s, %s, %s, %s, %s) RETURNING id",
        conversation,
        turn,
        say,
        reply,
        release,
        why if nearest else None,
        at,
    )
    return int(row)

"""Chats of counselors who are gone go back, and who waits too long is noticed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import pytest

from api.conversations.desk_hours import LOCAL, read_desk_hours
from api.db.engine import build_engine
from api.desk.presence import DeskWatch
from api.desk.queue import Patience
from knowledge.calendar import Calendar
from tests.api.conftest import House
from tests.fakes.desk import at, counselor, owner_of, waits
from tests.fakes.staff import Browser, text_of

AROUND_THE_CLOCK = read_desk_hours("00:00-23:59", Calendar({}, []))
ESCALATED = "SELECT object, detail->>'minutes' FROM audit WHERE act = 'desk.escalate'"


@pytest.fixture
async def watch(house: House) -> AsyncIterator[DeskWatch]:
    engine = build_engine(house.settings.sqlalchemy_url, 2)
    yield DeskWatch(engine, lambda: Patience(AROUND_THE_CLOCK, 10), "等一等。", lambda: datetime.now(LOCAL))
    await engine.dispose()


async def taken(house: House) -> tuple[Browser, UUID]:
    conversation = await waits(house)
    one = counselor(house)
    await one.post(at(conversation, "take"))
    return one, conversation


@pytest.mark.parametrize(
    "gone",
    [
        "UPDATE staff SET on_shift = false",
        "UPDATE staff SET is_active = false",
        "UPDATE staff SET last_seen_at = now() - interval '11 minutes'",
        "UPDATE staff_session SET ended_at = now()",
        "UPDATE staff_session SET last_used_at = now() - interval '31 minutes'",
        "UPDATE staff_session SET created_at = now() - interval '13 hours'",
    ],
)
async def test_who_goes_away_gives_his_chats_back(house: House, watch: DeskWatch, gone: str) -> None:
    _, conversation = await taken(house)
    house.change(gone)

    await watch.look()

    assert owner_of(house, conversation) == "queue"
    assert house.rows("SELECT how FROM desk_visit") == [("away",)]
    assert house.rows("SELECT on_shift FROM staff") == [(False,)]
    assert house.rows("SELECT count(*) FROM person_request WHERE claimed_at IS NULL") == [(1,)]
    # A slow machine sends the bot's first answer later too, before what the counselors' going away brings.
    assert [one["reply"]["text"] for one in await house.line.later()].count("等一等。") == 1


async def test_who_is_there_keeps_them(house: House, watch: DeskWatch) -> None:
    _, conversation = await taken(house)
    house.change("UPDATE staff SET last_seen_at = now() - interval '9 minutes'")

    await watch.look()

    assert owner_of(house, conversation) == "counselor"


async def test_signing_out_gives_them_back_by_itself(house: House) -> None:
    one, conversation = await taken(house)

    await one.post("/staff/sign-out")
    await house.until("SELECT owner FROM conversation", [("queue",)])

    assert owner_of(house, conversation) == "queue"
    assert "还保留着" in (await house.line.later())[-1]["reply"]["text"]


async def test_a_chat_that_was_deleted_under_him_is_his_no_longer(house: House, watch: DeskWatch) -> None:
    _, conversation = await taken(house)
    house.change("UPDATE conversation SET owner = 'bot'")

    await watch.look()

    assert owner_of(house, conversation) == "bot"
    assert house.rows("SELECT how FROM desk_visit") == [("gone",)]


async def test_who_waits_too_long_is_noted_once_and_shown_on_top(house: House, watch: DeskWatch) -> None:
    await waits(house, "s-1")
    late = await waits(house, "s-2", "我不想活了")
    house.change("UPDATE person_request SET requested_at = now() - interval '11 minutes' WHERE reason = 'distress'")

    for _ in range(2):
        await watch.look()
    text = text_of(await counselor(house, "班长", "lead").get("/desk"))

    assert house.rows(ESCALATED) == [(f"conversation:{late}", "11")]
    assert text.index("已提醒班长") < text.index("要找人工")
    assert "等了 11 分钟，已超时" in text


async def test_who_is_taken_is_not_noted(house: House, watch: DeskWatch) -> None:
    await taken(house)
    house.change("UPDATE person_request SET requested_at = now() - interval '3 days'")

    await watch.look()

    assert house.rows(ESCALATED) == []

"""The likely wait: from how it went lately, and no number where nothing is known."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from api.conversations.desk_hours import LOCAL
from api.desk.waits import reckon
from tests.api.conftest import Build, House
from tests.fakes.desk import counselor

MONDAY = datetime(2026, 11, 23, 9, 20, tzinfo=LOCAL)
REQUEST = """
    INSERT INTO person_request (conversation_id, reason, requested_at, claimed_at, closed_at)
    SELECT id, 'asked', %s::timestamptz, %s::timestamptz, now() FROM conversation LIMIT 1
"""
VISIT = """
    INSERT INTO desk_visit (conversation_id, staff_id, taken_at, left_at, how)
    SELECT c.id, s.id, %s::timestamptz, %s::timestamptz, 'closed' FROM conversation c, staff s LIMIT 1
"""


@pytest.mark.parametrize(
    ("position", "there", "free", "waited", "busy", "minutes"),
    [
        (1, 1, 1, 3.0, 10.0, 5),  # Somebody is free: what people waited lately.
        (1, 1, 0, 3.0, 10.0, 15),  # One round before him: 13 minutes.
        (5, 2, 0, 2.0, 10.0, 35),  # Three rounds of two: 32 minutes.
        (3, 4, 2, 0.0, 8.0, 10),
        (1, 3, 3, 0.0, 0.0, 5),  # Boundary: never 0.
    ],
)
def test_rounds_before_him_are_added(
    position: int, there: int, free: int, waited: float, busy: float, minutes: int
) -> None:
    assert reckon(position, there, free, waited, busy) == minutes


async def lately(house: House, waited_minutes: int, busy_minutes: int, times: int = 6, hour: int = 9) -> None:
    await house.line.send("你好", "m-0", "s-0")
    begin = datetime(2026, 11, 16, hour, 5, tzinfo=LOCAL)
    for day in range(times):
        at = begin - timedelta(days=day)
        taken = at + timedelta(minutes=waited_minutes)
        house.change(REQUEST, at, taken)
        house.change(VISIT, taken, taken + timedelta(minutes=busy_minutes))


def present(house: House, regions: tuple[str, ...] = ()) -> None:
    one = counselor(house, regions=regions)
    house.change("UPDATE staff SET last_seen_at = %s WHERE login = %s", MONDAY, one.login)
    house.change("UPDATE staff_session SET created_at = %s, last_used_at = %s", MONDAY, MONDAY)


async def told(house: House, session: str = "s-1", text: str = "人工") -> dict[str, object]:
    answer = await house.line.send(text, f"{session}-{text}", session)
    return dict(answer["replies"][0])


async def test_likely_wait_is_told_with_the_place(build: Build) -> None:
    async with build(now=lambda: MONDAY) as house:
        present(house)
        await lately(house, 4, 10)
        reply = await told(house)

    assert "排在第 1 位，大约还要等 5 分钟" in str(reply["text"])
    assert reply["data"] == {"queue_position": 1, "open_now": True, "next_open": None, "likely_wait_minutes": 5}


async def test_it_is_told_anew_when_asked_for(build: Build) -> None:
    async with build(now=lambda: MONDAY) as house:
        present(house)
        await lately(house, 4, 10)
        await told(house, "s-1")
        second = await told(house, "s-2")
        await house.line.send("取消", "m-9", "s-1")
        again = await told(house, "s-2", "还要等多久")

    assert "第 2 位，大约还要等 15 分钟" in str(second["text"])
    assert "第 1 位，大约还要等 5 分钟" in str(again["text"])


async def test_long_wait_offers_a_call(build: Build) -> None:
    async with build(now=lambda: MONDAY) as house:
        present(house)
        await lately(house, 25, 10)
        reply = await told(house)

    assert "大约还要等 25 分钟" in str(reply["text"])
    assert "“回电”" in str(reply["text"])


@pytest.mark.parametrize("changed", [{"times": 4}, {"hour": 15}])
async def test_without_a_basis_no_number_is_told(build: Build, changed: dict[str, int]) -> None:
    async with build(now=lambda: MONDAY) as house:
        present(house)
        await lately(house, 4, 10, **changed)
        reply = await told(house)

    assert "分钟" not in str(reply["text"])
    assert reply["data"] == {"queue_position": 1, "open_now": True, "next_open": None}


async def test_colleagues_of_another_place_do_not_count(build: Build) -> None:
    async with build(now=lambda: MONDAY) as house:
        present(house, regions=("460000",))
        await house.line.send("你好", "m-1", "s-1", region="河南")
        region = '{"region": {"code": "410000", "name": "河南"}}'
        house.change("UPDATE conversation SET state = state || %s::jsonb", region)
        reply = await told(house)

    assert "没有工作人员在线" in str(reply["text"])

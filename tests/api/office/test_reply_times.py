"""How long people waited for a first reply and for the end: in opening hours and by the clock, and honest about few."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from api.conversations.desk_hours import LOCAL
from api.office.reply_times import HandOver, Span, told_of, within_share
from tests.api.conftest import Build, House
from tests.fakes.staff import Browser, signed_in, text_of

WEDNESDAY = datetime(2026, 3, 11, 17, 45, tzinfo=LOCAL)
TUESDAY = "2026-03-10"  # A working day: 8:30 to 12:00 and 14:30 to 17:30.
CONVERSE = "INSERT INTO conversation (id, channel, session_id, state) VALUES (%s, 'web', %s, %s::jsonb)"
ASK = """
    INSERT INTO person_request (conversation_id, reason, requested_at, claimed_at, closed_at, cancelled_at)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
VISIT = "INSERT INTO desk_visit (conversation_id, staff_id, taken_at, left_at, how) VALUES (%s, 1, %s, %s, %s)"
SAY = "INSERT INTO transcript (conversation_id, speaker, text, at) VALUES (%s, %s, 'x', %s)"
PLACE = '{"region": {"code": "%s", "name": "x"}}'
FIRST, END = "第一次回复：", "办完："


def on_tuesday(clock: str) -> str:
    return f"{TUESDAY} {clock}+08"


def asked(
    house: House,
    at: str,
    replied: str | None = None,
    closed: str | None = None,
    reason: str = "asked",
    place: str = "410000",
    how: str = "closed",
) -> uuid.UUID:
    """Somebody who asked for a person, was taken when he was answered, and was done with."""
    number = uuid.uuid4()
    house.change(CONVERSE, number, str(number), PLACE % place)
    taken = replied or closed
    values = [taken and on_tuesday(taken), closed and on_tuesday(closed), None]
    house.change(ASK, number, reason, on_tuesday(at), *values)
    if taken:
        house.change(VISIT, number, on_tuesday(taken), closed and on_tuesday(closed), how if closed else None)
    if replied:
        house.change(SAY, number, "counselor", on_tuesday(replied))
    return number


async def table(one: Browser) -> list[dict[str, str]]:
    response = await one.get("/desk/figures/sheet?days=7")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


async def only_row(house: House) -> dict[str, str]:
    [row] = await table(signed_in(house, "lead"))
    return row


def cells(row: dict[str, str], measure: str) -> list[str]:
    """Number, half and nine tenths in opening hours, half and nine tenths by the clock."""
    return [value for name, value in row.items() if name.startswith(measure)]


@pytest.fixture
async def desk(build: Build) -> AsyncIterator[House]:
    """The evening after, with a counselor whose visits the tests write down."""
    async with build(now=lambda: WEDNESDAY) as house:
        signed_in(house, "counselor")
        yield house


async def test_both_clocks_are_told_over_the_noon_break(desk: House) -> None:
    for minute in range(50, 60):
        # Asked from 11:50 to 11:59, answered at 14:40: 20 to 11 minutes of opening hours, 170 to 161 of the clock.
        asked(desk, f"11:{minute}", "14:40", "15:00")
    row = await only_row(desk)

    # Of ten sorted values the fifth is not passed by a half, and the ninth by nine tenths.
    assert cells(row, FIRST) == ["10", "15", "19", "165", "169"]
    assert cells(row, END) == ["10", "35", "39", "185", "189"]


async def test_danger_runs_while_the_desk_is_closed(desk: House) -> None:
    for _ in range(5):
        asked(desk, "12:00", "14:00", reason="distress")
    row = await only_row(desk)

    assert cells(row, FIRST) == ["5", "120", "", "120", ""]


async def test_of_few_only_the_number_is_told(desk: House) -> None:
    for _ in range(4):
        asked(desk, "9:00", "9:10")
    row = await only_row(desk)
    page = text_of(await signed_in(desk, "lead").get("/desk/figures"))

    assert cells(row, FIRST) == ["4", "", "", "", ""]
    assert "03-10 4 4 — — — — 0 — — — —" in page
    assert "不到 5 次不写“一半”，不到 10 次不写“九成”" in page


async def test_the_first_reply_counts_and_only_of_who_held_the_chat(desk: House) -> None:
    for _ in range(5):
        number = asked(desk, "9:00", "9:10", "9:40")
        for speaker, clock in (("counselor", "9:02"), ("bot", "9:11"), ("system", "9:10"), ("counselor", "9:30")):
            desk.change(SAY, number, speaker, on_tuesday(clock))
    row = await only_row(desk)

    assert cells(row, FIRST) == ["5", "10", "", "10", ""]


async def test_a_call_that_is_promised_ends_nothing(desk: House) -> None:
    for _ in range(5):
        number = asked(desk, "9:00")
        desk.change("UPDATE person_request SET closed_at = %s WHERE conversation_id = %s", on_tuesday("9:01"), number)
    row = await only_row(desk)

    assert (row["要找人工"], cells(row, FIRST)[0], cells(row, END)[0]) == ("5", "0", "0")


async def test_given_back_to_the_queue_it_goes_on_and_to_the_bot_it_ends(desk: House) -> None:
    for _ in range(5):
        number = asked(desk, "9:00", "9:30", "10:00", how="bot")
        desk.change(VISIT, number, on_tuesday("9:05"), on_tuesday("9:10"), "queue")
    row = await only_row(desk)

    assert cells(row, END)[:2] == ["5", "60"]


async def test_they_are_told_by_day_and_place_and_the_place_can_be_chosen(desk: House) -> None:
    for _ in range(5):
        asked(desk, "9:00", "9:10", place="410700")
        asked(desk, "9:00", "11:30", place="460000")
    everywhere = text_of(await signed_in(desk, "auditor").get("/desk/figures"))
    henan = await signed_in(desk, "auditor").get("/desk/figures?place=41")
    rows = await table(signed_in(desk, "lead"))
    here = await table(signed_in(desk, "lead", regions=("460000",)))

    # Half of ten are the five of 10 minutes, nine tenths reach into the 150.
    assert "合计 10 10 10 分钟 2 小时 30 分钟 10 分钟 2 小时 30 分钟 0 — — — —" in everywhere
    assert "海南省 5 5 2 小时 30 分钟 — 2 小时 30 分钟 — 0" in everywhere
    assert "合计 5 5 10 分钟 — 10 分钟 — 0 — — — —" in text_of(henan)
    assert sorted((row["地区"], *cells(row, FIRST)[:2]) for row in rows) == [
        ("河南省", "5", "10"),
        ("海南省", "5", "150"),
    ]
    assert [row["地区"] for row in here] == ["海南省"]


def test_half_and_nine_tenths_begin_where_they_mean_something() -> None:
    assert (within_share(range(4), "half"), within_share(range(5), "half")) == (None, 2)  # boundary
    assert (within_share(range(9), "most"), within_share(range(10), "most")) == (None, 8)  # boundary


def test_what_was_not_answered_is_not_counted() -> None:
    day = (WEDNESDAY - timedelta(days=1)).date()
    told = told_of([HandOver(day, "", Span(1, 2), None), HandOver(day, "", None, None)], "first_reply")

    assert told.number == 1

"""News without asking, from a department's report to the line, the push and the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from actions.rate_case import LOW
from api.conversations.desk_hours import LOCAL
from bot.message import ActionResult, Effect, Memory, Reply
from tests.api.conftest import Build, House
from tests.api.conversations.test_outbox import URL, Receiver
from tests.fakes.department import ID_NUMBER, Department, new_key
from tests.fakes.rasa import FakeRasa

NOON, NIGHT = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL), datetime(2026, 11, 23, 23, 0, tzinfo=LOCAL)
SENT = "SELECT count(*) FROM planned_message WHERE sent_at IS NOT NULL"
DONE = {"event_id": "e-9", "status": "办结", "at": "2026-11-23T11:00:00+08:00"}


def does(effects: list[Effect]) -> Callable[[dict[str, Any]], list[ActionResult]]:
    """A Rasa whose actions want these effects, whatever was said."""
    reply = Reply(kind="smalltalk", text="好的。")
    return lambda _: [ActionResult(replies=(reply,), memory=Memory(), effects=tuple(effects))]


async def department(house: House) -> Department:
    return Department(house.http, await new_key(house.settings))


async def agree(house: House, case_no: str, session: str = "s-1") -> None:
    """He has proved his case and wants to be told."""
    proved = Effect(kind="bind_case", data={"case_no": case_no})
    wants = Effect(kind="choose_news", data={"case_no": case_no, "news": "agreed"})
    house.rasa.answer = does([proved, wants])
    await house.line.send("我的办到哪了", f"m-{session}", session_id=session)


async def test_a_report_comes_to_the_line_among_the_later_messages(build: Build) -> None:
    async with build(rasa=FakeRasa(), now=lambda: NOON) as house:
        bureau = await department(house)
        case_no = await bureau.opened()
        await house.line.send("你好", "m-2", session_id="s-2")
        await agree(house, case_no)
        await bureau.report(case_no, **DONE)
        await bureau.report(case_no, **DONE)
        await house.until(SENT, [(1,)])
        (later,) = await house.line.later()
        others = await house.line.later("s-2")

    assert later["reply"]["kind"] == "progress"
    assert later["reply"]["text"].startswith(f"办件 {case_no}：")
    assert "派出所" in later["reply"]["text"]
    assert later["reply"]["data"]["items"][0]["status"] == "办结"
    assert later["reply"]["citations"]
    assert ID_NUMBER not in str(later)
    assert others == []


async def test_fifty_deliveries_of_a_report_at_once_are_one_message(build: Build) -> None:
    async with build(rasa=FakeRasa(), now=lambda: NOON) as house:
        bureau = await department(house)
        case_no = await bureau.opened()
        await agree(house, case_no)
        answers = await asyncio.gather(*(bureau.report(case_no, **DONE) for _ in range(50)))
        await house.until(SENT, [(1,)])
        later = await house.line.later()

    assert {one.status_code for one in answers} == {202}
    assert len(later) == 1


async def test_a_report_is_pushed_where_a_counselor_holds_the_conversation_too(build: Build) -> None:
    receiver = Receiver()
    async with build(rasa=FakeRasa(), now=lambda: NOON, push=receiver, hotline_push_url=URL) as house:
        bureau = await department(house)
        case_no = await bureau.opened()
        await agree(house, case_no)
        house.change("UPDATE conversation SET owner = 'counselor'")
        await bureau.report(case_no, **DONE)
        await house.until("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL", [(1,)])

    assert case_no in receiver.taken[0]["messages"][0]["reply"]["text"]


async def test_at_night_it_waits_and_stopping_it_drops_it(build: Build) -> None:
    clock = [NIGHT]
    async with build(rasa=FakeRasa(), now=lambda: clock[0]) as house:
        bureau = await department(house)
        case_no = await bureau.opened()
        await agree(house, case_no)
        await bureau.report(case_no, **DONE)
        assert house.rows("SELECT kind FROM planned_message WHERE cancelled_at IS NULL ORDER BY kind") == [
            ("news",),
            ("reminder",),
        ]
        house.rasa.answer = does([Effect(kind="stop_news")])
        await house.line.send("别再通知了", "m-9")
        clock[0] = datetime(2026, 11, 27, 12, 0, tzinfo=LOCAL)
        await house.line.send("你好", "m-10")

        assert house.rows("SELECT kind FROM planned_message WHERE cancelled_at IS NULL") == []
        assert await house.line.later() == []


async def test_the_page_shows_it(build: Build) -> None:
    async with build(rasa=FakeRasa(), now=lambda: NOON) as house:
        bureau = await department(house)
        case_no = await bureau.opened()
        page = await house.http.get("/")
        await agree(house, case_no)
        cookie = page.cookies["tuiyi_chat"]
        house.change(
            "UPDATE conversation SET channel = 'web', session_id = encode(sha256(%s::bytea), 'hex')", cookie.encode()
        )
        await bureau.report(case_no, **DONE)
        await house.until(SENT, [(1,)])
        shown = await house.http.get("/")

    assert f"办件 {case_no}：" in shown.text
    assert "entry system progress" in shown.text


def test_low_ratings_mean_the_same_to_the_talk_and_to_the_desk() -> None:
    from api.cases.rating import LOW as FOR_THE_DESK

    assert FOR_THE_DESK == LOW

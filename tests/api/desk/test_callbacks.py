"""A call that is promised: asked for once, its number sealed and nowhere else, and what the person hears."""

from __future__ import annotations

from datetime import datetime

import pytest

from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.desk.callbacks import place
from tests.api.conftest import Build, House
from tests.api.conversations.test_privacy import database_text
from tests.fakes.desk import conversation_of, owner_of

SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=LOCAL)
BEFORE_FESTIVAL = datetime(2026, 2, 13, 20, 0, tzinfo=LOCAL)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
NUMBER = "13800138000"
OPEN = "SELECT source, outcome, due_at FROM call_back ORDER BY id"


async def said(house: House, text: str, message: str, **more: str) -> str:
    answer = await house.line.send(text, message, **more)
    return "".join(reply["text"] for reply in answer["replies"])


async def test_closed_desk_promises_a_day_and_asks_for_a_number_once(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        first = await said(house, "人工", "m-1")
        then = await said(house, "我是想问户口的事", "m-2")

    assert "11 月 23 日（星期一）下班前打给您" in first
    assert "发一个号码" in first
    assert then == ""


async def test_worked_saturday_is_the_day_that_is_promised(build: Build) -> None:
    async with build(now=lambda: BEFORE_FESTIVAL) as house:
        first = await said(house, "人工", "m-1")

    assert "2 月 14 日（星期六）下班前打给您" in first


async def test_offer_stands_while_he_asks_how_long_it_takes(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1", caller="13900001111")
        again = await said(house, "还要等多久", "m-2", caller="13900001111")
        told = await said(house, "1", "m-3", caller="13900001111")

    assert "尾号 1111" in again
    assert "下班前打您尾号 1111 的电话" in told


async def test_number_is_sealed_and_stands_nowhere_else(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        told = await said(house, f"打我手机{NUMBER}", "m-2")
        conversation = conversation_of(house, "s-1")
        [(sealed,)] = house.rows("SELECT sealed FROM call_back")
        keys = house.settings
        sealer = Sealer(keys.data_key.get_secret_value(), keys.index_key.get_secret_value())

        assert "尾号 8000" in told
        assert NUMBER not in database_text(house)
        assert sealer.open(bytes(sealed), place(str(conversation))).decode() == NUMBER
        assert house.rows(OPEN) == [("given", None, datetime(2026, 11, 23, 17, 30, tzinfo=LOCAL))]
        assert house.rows("SELECT text FROM transcript WHERE speaker = 'person' ORDER BY id DESC LIMIT 1") == [
            ("打我手机〔手机号1〕",)
        ]


async def test_bot_goes_on_when_a_call_is_promised(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        await said(house, NUMBER, "m-2")
        answer = await said(house, "户口怎么办", "m-3")

        assert answer
        assert owner_of(house, conversation_of(house)) == "bot"
        assert house.rows("SELECT closed_at IS NOT NULL FROM person_request") == [(True,)]


async def test_call_is_declined_and_the_place_kept(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        told = await said(house, "不用了", "m-2")

        assert "不打电话" in told
        assert owner_of(house, conversation_of(house)) == "queue"
        assert house.rows(OPEN) == []


async def test_waiting_is_still_given_up_by_its_word(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        await said(house, "取消", "m-2")

        assert owner_of(house, conversation_of(house)) == "bot"


async def test_caller_is_called_at_the_number_that_he_calls_from(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        first = await said(house, "人工", "m-1", caller="+86 139-0000-1111")
        told = await said(house, "1", "m-2", caller="+86 139-0000-1111")

        assert "尾号 1111" in first
        assert "尾号 1111" in told
        assert [row[0] for row in house.rows(OPEN)] == ["line"]
        assert "13900001111" not in database_text(house)


async def test_another_number_takes_the_place_of_the_first(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        await said(house, NUMBER, "m-2")
        told = await said(house, "给我回电0791-88886666", "m-3")

        assert "尾号 6666" in told
        assert len(house.rows(OPEN)) == 1


async def test_promise_is_taken_back_and_its_number_goes(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        await said(house, NUMBER, "m-2")
        told = await said(house, "不用打电话了", "m-3")

        assert "号码已经删掉" in told
        assert house.rows("SELECT outcome, sealed FROM call_back") == [("cancelled", None)]


async def test_open_desk_with_nobody_there_offers_a_call_and_promises_today(build: Build) -> None:
    async with build(now=lambda: MONDAY) as house:
        first = await said(house, "人工", "m-1")
        asked = await said(house, "回电", "m-2")
        told = await said(house, NUMBER, "m-3")

    assert "没有工作人员在线" in first
    assert "“回电”" in first
    assert "11 月 23 日（星期一）下班前打" in asked
    assert "尾号 8000" in told


async def test_what_is_kept_is_told_and_deleted(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        await said(house, NUMBER, "m-2")
        told = await said(house, "我的信息有哪些", "m-3")
        await said(house, "删除我的信息", "m-4")
        await said(house, "1", "m-5")

        assert "要给您回的电话 1 个" in told
        assert house.rows(OPEN) == []


@pytest.mark.parametrize("text", ["我不想活了，打我电话13800138000"])
async def test_danger_is_heard_first(build: Build, text: str) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await said(house, "人工", "m-1")
        answer = await house.line.send(text, "m-2")

    assert answer["replies"][0]["kind"] == "crisis"

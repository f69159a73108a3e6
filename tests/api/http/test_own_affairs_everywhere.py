"""What a person decides about his own data and channels, and what is told to everybody, on each of his channels."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from api.channels.registry import PUSHED_LINES
from tests.api.conftest import Build, House
from tests.api.conversations.test_own_data import SECRET, busy
from tests.api.conversations.test_privacy import database_text
from tests.api.http.test_every_channel import UNSENT
from tests.fakes.mouths import KINDS, Mouth
from tests.fakes.rasa import FakeRasa
from tests.fakes.staff import signed_in

Tell = Callable[[str], Awaitable[str]]
CHANNELS = ("hotline", "web", "telegram", "wechat")
NOTICE = """
    INSERT INTO service_notice (kind, text, created_by)
    SELECT 'emergency', '今天大厅停电，请改日再来', id FROM staff LIMIT 1
"""


@pytest.fixture(params=CHANNELS)
def open_mouth(request: pytest.FixtureRequest, build: Build) -> Callable[..., Any]:
    kind = KINDS[request.param]

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[House, Mouth, Tell]]:
        server = kind.server()
        async with build(rasa=FakeRasa(busy), **({kind.channel: server} if server else {}), **kind.settings()) as house:
            mouth, numbers = kind.mouth(house, server), iter(range(1, 99))

            async def tell(text: str) -> str:
                """All that the chat shows when everything is answered and sent."""
                assert await mouth.say(1, text, next(numbers)) == 200
                await house.until_handled()
                await house.until(UNSENT, [(0,)], 30, list(PUSHED_LINES))
                return "\n".join(await mouth.shown(1))

            yield house, mouth, tell

    return opened


async def test_joined_by_a_code_that_another_channel_told(open_mouth: Callable[..., Any]) -> None:
    async with open_mouth() as (house, _, tell):
        answer = await house.line.send("关联", "e-1", session_id="elsewhere")
        code = re.search(r"\d{3} \d{3}", answer["replies"][-1]["text"])
        assert code
        shown = await tell(f"关联 {code.group()}")
        later = await house.line.later("elsewhere")

        assert "关联好了" in shown
        assert "刚刚用过" in later[-1]["reply"]["text"]
        assert house.rows("SELECT count(DISTINCT person), count(*) FROM person_link") == [(1, 2)]


async def test_code_that_this_channel_told_is_good_elsewhere(open_mouth: Callable[..., Any]) -> None:
    async with open_mouth() as (house, mouth, tell):
        code = re.search(r"\d{3} \d{3}", await tell("关联"))
        assert code
        await house.line.send(f"关联 {code.group()}", "e-1", session_id="elsewhere")
        await house.until(UNSENT, [(0,)], 30, list(PUSHED_LINES))

        assert house.rows("SELECT count(DISTINCT person), count(*) FROM person_link") == [(1, 2)]
        heard = [one["reply"]["text"] for one in await house.line.later("s-1")]
        assert "刚刚用过" in "\n".join([*await mouth.shown(1), *heard])


async def test_deletion_takes_all_that_is_joined_along_and_says_so(open_mouth: Callable[..., Any]) -> None:
    async with open_mouth() as (house, _, tell):
        await house.line.send(SECRET, "e-1", session_id="elsewhere")
        answer = await house.line.send("关联", "e-2", session_id="elsewhere")
        code = re.search(r"\d{3} \d{3}", answer["replies"][-1]["text"])
        assert code
        await tell(SECRET)
        await tell(f"关联 {code.group()}")
        asked = await tell("删除我的信息")
        before = database_text(house)
        shown = await tell("确认删除")
        later = await house.line.later("elsewhere")

        assert "关联着的别处" in asked
        assert "另外 1 处也一起删了" in shown
        assert SECRET in before
        assert SECRET not in database_text(house)
        assert [one["reply"]["data"] for one in later] == [{"deleted": True}]
        assert "这里的也一起删了" in later[0]["reply"]["text"]
        assert house.rows("SELECT count(*) FROM person_link") == [(0,)]


async def test_deletion_says_that_what_is_not_joined_stays(open_mouth: Callable[..., Any]) -> None:
    async with open_mouth() as (house, _, tell):
        await house.line.send(SECRET, "e-1", session_id="elsewhere")
        await tell("你好")
        await tell("删除我的信息")
        shown = await tell("确认删除")

        assert "请到那里也说一次" in shown
        assert house.rows("SELECT count(*) FROM transcript WHERE text LIKE %s AND speaker = 'person'", SECRET) == [(1,)]


async def test_urgent_notice_is_told_once(open_mouth: Callable[..., Any]) -> None:
    async with open_mouth() as (house, _, tell):
        signed_in(house, "lead")
        house.change(NOTICE)
        first = await tell("你好")
        then = await tell("再问一句")

    assert first.count("大厅停电") == 1
    assert then.count("大厅停电") == 1

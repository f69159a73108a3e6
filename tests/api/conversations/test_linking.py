"""One person on several channels: joined by a code, and closed to whoever guesses."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta

from api.conversations.desk_hours import LOCAL
from tests.api.conftest import Build, House
from tests.fakes.plain_browser import page, post

CASE = """
    INSERT INTO case_file (case_no, region, id_number_sealed, id_number_index, last_four_index, accepted_at)
    VALUES ('TY26-8F3K-M2QX', '410000', '\\x00', '\\x00', '\\x00', now())
"""
BIND = """
    INSERT INTO case_binding (conversation_id, case_id, news)
    SELECT c.id, f.id, %s FROM conversation c, case_file f WHERE c.session_id = %s
"""
BOUND = """
    SELECT c.session_id, b.news, b.is_shared FROM case_binding b JOIN conversation c ON c.id = b.conversation_id
    ORDER BY c.session_id
"""


class Clock:
    """A time that a test moves."""

    def __init__(self) -> None:
        self.now = datetime.now(LOCAL)

    def __call__(self) -> datetime:
        return self.now


async def told(house: House, text: str, session: str) -> str:
    """What is answered, in one text."""
    number = house.rows("SELECT count(*) FROM inbox")[0][0]
    answer = await house.line.send(text, f"m-{number}", session_id=session)
    return "\n".join(one["text"] for one in answer["replies"])


async def code_of(house: House, session: str) -> str:
    """A new code of this session."""
    found = re.search(r"\d{3} \d{3}", await told(house, "关联", session))
    assert found
    return found.group()


def wrong_for(*codes: str) -> list[str]:
    """Codes that none of these is."""
    good = {one.replace(" ", "") for one in codes}
    return [one for number in range(20) if (one := f"7{number:02d}813") not in good]


async def with_case(house: House) -> None:
    """The first session has proved a case and wants its news."""
    await told(house, "你好", "first")
    house.change(CASE)
    house.change(BIND, "agreed", "first")


async def test_code_joins_once_and_shares_what_was_proved(house: House) -> None:
    await with_case(house)
    code = await code_of(house, "first")

    assert "关联好了" in await told(house, f"关联 {code}", "second")
    assert house.rows(BOUND) == [("first", "agreed", False), ("second", "unasked", True)]
    assert "不对" in await told(house, code, "third")
    later = await house.line.later("first")
    assert "取消关联" in later[-1]["reply"]["text"]


async def test_what_is_proved_afterwards_is_shared_too(house: House) -> None:
    await with_case(house)
    code = await code_of(house, "second")
    await told(house, code, "third")

    assert house.rows(BOUND) == [("first", "agreed", False)]
    await told(house, await code_of(house, "third"), "first")
    assert [row[0] for row in house.rows(BOUND)] == ["first", "second", "third"]


async def test_news_go_where_they_are_wanted(house: House) -> None:
    await with_case(house)
    await told(house, await code_of(house, "first"), "second")

    assert "只发到这里" in await told(house, "以后发到这里", "second")
    assert house.rows(BOUND) == [("first", "unasked", False), ("second", "agreed", True)]


async def test_whoever_leaves_takes_nothing_along(house: House) -> None:
    await with_case(house)
    await told(house, await code_of(house, "first"), "second")

    assert "已取消关联" in await told(house, "取消关联", "first")
    assert house.rows(BOUND) == [("first", "agreed", False)]
    assert house.rows("SELECT count(*) FROM person_link") == [(0,)]
    assert "没有和别处关联" in await told(house, "取消关联", "first")


async def test_deletion_leaves_the_others_without_what_was_proved_here(house: House) -> None:
    await with_case(house)
    await told(house, await code_of(house, "first"), "second")
    await told(house, "删除我的信息", "first")
    await told(house, "确认删除", "first")

    assert house.rows(BOUND) == []


async def test_two_joined_conversations_that_delete_at_the_same_moment_are_both_told_and_empty(house: House) -> None:
    await with_case(house)
    await told(house, await code_of(house, "first"), "second")
    for session in ("first", "second"):
        await told(house, "删除我的信息", session)
    sessions = ("first", "second")
    done = await asyncio.gather(*(house.line.send("确认删除", f"d-{one}", session_id=one) for one in sessions))
    await house.until_handled()
    for session, answer in zip(sessions, done, strict=True):
        later = [one["reply"] for one in await house.line.later(session)]
        shown = "".join(reply["text"] for reply in [*answer["replies"], *later])
        assert "已经删除" in shown or "一起删了" in shown

    assert house.rows(BOUND) == []
    assert house.rows("SELECT count(*) FROM transcript WHERE text LIKE '%%你好%%'") == [(0,)]


async def test_code_is_good_for_ten_minutes(build: Build) -> None:
    clock = Clock()
    async with build(now=clock) as house:
        await with_case(house)
        code = await code_of(house, "first")
        clock.now += timedelta(minutes=10, seconds=1)

        assert "不对" in await told(house, code, "second")


async def test_own_code_joins_nothing(house: House) -> None:
    await with_case(house)

    assert "不对" in await told(house, await code_of(house, "first"), "first")


async def test_new_code_ends_the_one_before(house: House) -> None:
    await with_case(house)
    old = await code_of(house, "first")
    await code_of(house, "first")

    assert "不对" in await told(house, old, "second")


async def test_sixth_try_of_a_stranger_is_not_even_looked_at(house: House) -> None:
    await with_case(house)
    code = await code_of(house, "first")
    wrong = [await told(house, one, "stranger") for one in wrong_for(code)[:5]]
    locked = await told(house, code, "stranger")

    assert len(set(wrong)) == 1
    assert "次数太多" in locked
    assert [row[0] for row in house.rows(BOUND)] == ["first"]


async def test_code_is_dead_after_ten_wrong_ones_of_anybody(house: House) -> None:
    await with_case(house)
    code = await code_of(house, "first")
    for number, one in enumerate(wrong_for(code)[:10]):
        await told(house, one, f"stranger-{number}")

    assert "不对" in await told(house, code, "friend")
    assert "关联好了" in await told(house, await code_of(house, "first"), "friend")


async def test_nobody_is_told_more_than_ten_codes_a_day(house: House) -> None:
    for _ in range(10):
        await code_of(house, "first")

    assert "明天再试" in await told(house, "关联", "first")


async def test_stranger_hears_the_same_of_a_used_an_expired_and_an_unknown_code(build: Build) -> None:
    clock = Clock()
    async with build(now=clock) as house:
        await with_case(house)
        used = await code_of(house, "first")
        await told(house, used, "friend")
        expired = await code_of(house, "first")
        clock.now += timedelta(minutes=11)
        heard = [await told(house, one, "stranger") for one in (used, expired, wrong_for(used, expired)[0])]

    assert len(set(heard)) == 1


async def test_web_page_and_hotline_are_joined(house: House) -> None:
    await with_case(house)
    await post(house, text="关联")
    found = re.search(r"\d{3} \d{3}", await page(house))

    assert found
    assert "关联好了" in await told(house, f"关联{found.group()}", "first")
    assert "刚刚用过" in await page(house)
    joined = "SELECT c.channel FROM case_binding b JOIN conversation c ON c.id = b.conversation_id ORDER BY c.channel"
    assert house.rows(joined) == [("hotline",), ("web",)]

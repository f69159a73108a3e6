"""What is kept of a conversation is told when asked for, and gone when that is wanted and confirmed."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

from bot.message import ActionResult, Effect, Memory
from tests.api.conftest import Build, House
from tests.api.conversations.test_privacy import database_text
from tests.fakes.rasa import FakeRasa, say

SECRET = "老张家在红旗渠"  # What nobody else would say: found again anywhere, something was left.

SLIP = """
    INSERT INTO slip (token_index, conversation_id, content, release, expires_at)
    SELECT '\\x00', id, jsonb_build_object('told', %s::text), 'r', now() FROM conversation
"""

CASE = """
    INSERT INTO case_file (case_no, region, id_number_sealed, id_number_index, last_four_index, accepted_at)
    VALUES ('TY26-8F3K-M2QX', '410000', '\\x00', '\\x00', '\\x00', now())
"""
RATED = """
    INSERT INTO case_rating (conversation_id, case_id, stars) SELECT c.id, f.id, 5 FROM conversation c, case_file f
"""
PLANNED = """
    INSERT INTO planned_message (conversation_id, case_id, kind, key, reply, due_at)
    SELECT c.id, f.id, 'reminder', 'k', '{"kind": "notice", "text": "记得去报到"}', now() + interval '1 day'
    FROM conversation c, case_file f
"""


def busy(_: dict[str, Any]) -> list[ActionResult]:
    """Leaves something in every table that a turn can write to. Draws another code each time, as the action does."""
    memory = Memory(private={"told": SECRET}, region={"code": "410000", "name": "河南"})  # type: ignore[arg-type]
    effects = (
        Effect(kind="give_consent", data={"version": "1"}),
        Effect(kind="keep_resume_code", data={"code": uuid.uuid4().hex, "memory": {"private": SECRET}}),
        Effect(kind="report_complaint"),
        Effect(kind="note_speaker", data={"kind": "family", "relation": "儿子"}),
    )
    reply = say(f"听到：{SECRET}").replies
    return [ActionResult(replies=reply, memory=memory, effects=effects)]


async def kept(house: House) -> None:
    await house.line.send(SECRET, "m-1")
    house.change(SLIP, SECRET)


async def test_deletion_is_asked_once_and_leaves_nothing(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=busy)) as house:
        await kept(house)
        asked = await house.line.send("删除我的信息", "m-2")
        before = database_text(house)
        done = await house.line.send("1", "m-3")
        after = database_text(house)

    assert [one["label"] for one in asked["replies"][0]["choices"]] == ["确认删除", "不删"]
    assert "办件档案" in asked["replies"][0]["text"]
    assert SECRET in before
    assert SECRET not in after
    assert "儿子" not in after
    assert "已经删除" in done["replies"][0]["text"]
    assert done["replies"][0]["data"] == {"deleted": True}
    assert done["state"] == {"owner": "bot", "region": None, "questionnaire": None}
    assert house.rows("SELECT speaker, text FROM transcript WHERE speaker = 'person'") == [("person", "1")]


async def test_another_persons_words_stay(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=busy)) as house:
        await kept(house)
        await house.line.send("删除我的信息", "m-2", session_id="s-2")
        await house.line.send("确认删除", "m-3", session_id="s-2")

        assert SECRET in database_text(house)


async def test_declined_deletion_deletes_nothing(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=busy)) as house:
        await kept(house)
        await house.line.send("删除我的信息", "m-2")
        answer = await house.line.send("不删", "m-3")

        assert "没有删" in answer["replies"][0]["text"]
        assert SECRET in database_text(house)


async def test_repeated_message_of_before_does_nothing_twice_and_tells_nothing(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=busy)) as house:
        await kept(house)
        await house.line.send("删除我的信息", "m-2")
        await house.line.send("1", "m-3")
        again = await house.line.send(SECRET, "m-1")

        assert again["replies"] == []
        assert len(house.rasa.asked) == 1
        assert SECRET not in database_text(house)


async def test_it_works_while_a_person_is_awaited_and_ends_the_waiting(house: House) -> None:
    await house.line.send("人工", "m-1")
    await house.line.send("删除我的信息", "m-2")
    done = await house.line.send("确认删除", "m-3")
    answer = await house.line.send("你好", "m-4")

    assert done["state"]["owner"] == "bot"
    assert house.rows("SELECT count(*) FROM person_request") == [(0,)]
    assert answer["replies"][0]["text"] == "听到：你好"


async def test_call_for_help_outlives_the_words(house: House) -> None:
    await house.line.send("我不想活了", "m-1")
    await house.line.send("删除我的信息", "m-2")
    await house.line.send("确认删除", "m-3")

    assert house.rows("SELECT reason FROM person_request") == [("distress",)]
    assert "不想活" not in database_text(house)


async def test_deletion_does_not_need_rasa(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=busy)) as house:
        await kept(house)
        house.rasa.is_down = True
        await house.line.send("删除我的信息", "m-2")
        await house.line.send("1", "m-3")

        assert SECRET not in database_text(house)


async def test_wrong_proofs_are_still_counted_after_it(house: House) -> None:
    await house.line.send("关联 482913", "m-1")
    await house.line.send("删除我的信息", "m-2")
    await house.line.send("1", "m-3")

    assert house.rows("SELECT count(*) FROM wrong_link_code") == [(1,)]


async def test_what_is_kept_is_told(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=busy)) as house:
        await kept(house)
        answer = await house.line.send("我的信息有哪些", "m-2")

    text = json.dumps(answer, ensure_ascii=False)
    assert "聊天记录 2 条" in text
    assert "河南" in text
    assert "打印清单 1 份" in text


async def test_ratings_and_what_is_planned_are_told_too(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=busy)) as house:
        await kept(house)
        house.change(CASE)
        house.change(RATED)
        house.change(PLANNED)
        answer = await house.line.send("我的信息有哪些", "m-2")

    text = answer["replies"][0]["text"]
    assert "评价 1 次" in text
    assert "提醒 1 条" in text


async def test_what_rasa_remembers_goes_too(house: House) -> None:
    house.change("CREATE TABLE rasa.events (sender_id text)")
    try:
        await house.line.send("你好", "m-1")
        house.change("INSERT INTO rasa.events SELECT id || '.0' FROM conversation UNION SELECT 'another.0'")
        await house.line.send("删除我的信息", "m-2")
        await house.line.send("1", "m-3")

        assert house.rows("SELECT sender_id FROM rasa.events") == [("another.0",)]
    finally:
        await asyncio.to_thread(house.change, "DROP TABLE rasa.events")  # The app may hold it still.

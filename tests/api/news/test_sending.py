"""News goes out once, in order, at its hour, and to whoever still wants it, whoever holds the conversation."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from api.conversations.desk_hours import LOCAL
from api.news.choice import choose_news, stop_news
from bot.message import Memory, Owner, Page, Pages, Reply
from tests.api.news.conftest import NOON, Bureau

HOUSEHOLD, CARD = "household_registration", "social_security_card"
NIGHT, MORNING = datetime(2026, 11, 23, 22, 0, tzinfo=LOCAL), datetime(2026, 11, 24, 8, 0, tzinfo=LOCAL)
STEPS = ("收件", "受理", "办理中", "审核通过")


async def test_news_goes_to_the_outbox_and_the_transcript_alike(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.send_all()

    ((outbox,),) = await bureau.rows("SELECT reply FROM outbox")
    ((speaker, said, reply, release),) = await bureau.rows(
        "SELECT speaker, text, reply, knowledge_release FROM transcript WHERE conversation_id = :one", one=conversation
    )
    assert (speaker, said, reply, release) == ("system", outbox["text"], outbox, bureau.library.release)


async def test_news_is_sent_in_the_order_of_the_reports(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    for minute, status in enumerate(STEPS):
        await bureau.report(case_id, HOUSEHOLD, status, at=NOON + timedelta(minutes=minute))
    await bureau.send_all()

    statuses = [row[0] for row in await bureau.rows("SELECT reply#>>'{data,items,0,status}' FROM outbox ORDER BY id")]
    assert statuses == ["收件", "受理", "办理中", "审核通过"]


async def test_nothing_is_sent_twice(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.send_all()
    await bureau.send_all()

    assert len(await bureau.told()) == 1


async def test_at_night_news_waits_for_the_morning_and_keeps_its_order(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    bureau.now = NIGHT
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.report(case_id, HOUSEHOLD, "办理中", at=NIGHT + timedelta(minutes=1))
    await bureau.pass_to(MORNING - timedelta(seconds=1))
    assert await bureau.told() == []

    await bureau.pass_to(MORNING)
    first, second = await bureau.told()
    assert "正式接下" in first
    assert "正在办" in second


async def test_urgent_news_goes_out_at_night_and_past_what_waits(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    bureau.now = NIGHT
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.report(case_id, CARD, "受理")
    async with bureau.engine.begin() as connection:
        await connection.execute(text("UPDATE planned_message SET is_urgent = true WHERE item = :item"), {"item": CARD})
    await bureau.send_all()
    assert await bureau.rows("SELECT item FROM planned_message WHERE sent_at IS NOT NULL") == [(CARD,)]

    await bureau.pass_to(MORNING)
    assert len(await bureau.told()) == 2


async def test_without_quiet_hours_news_goes_out_at_night(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    bureau.now, bureau.quiet = NIGHT, ""
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.send_all()

    assert len(await bureau.told()) == 1


async def test_who_stopped_it_hears_nothing_of_what_was_planned_nor_of_what_comes(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    bureau.now = NIGHT
    await bureau.report(case_id, HOUSEHOLD, "受理")
    async with bureau.engine.begin() as connection:
        await stop_news(connection, conversation, bureau.now)
    await bureau.report(case_id, HOUSEHOLD, "办结", at=NIGHT + timedelta(minutes=1))
    await bureau.pass_to(MORNING)

    assert await bureau.told() == []


async def test_who_stopped_at_the_moment_of_planning_hears_nothing(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "受理")
    async with bureau.engine.begin() as connection:
        await connection.execute(text("UPDATE case_binding SET news = 'stopped'"))
    await bureau.send_all()

    assert await bureau.told(conversation) == []
    assert await bureau.planned() == []


async def test_who_wants_it_again_hears_what_comes_then(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    async with bureau.engine.begin() as connection:
        await stop_news(connection, conversation, bureau.now)
    await bureau.report(case_id, HOUSEHOLD, "受理")
    async with bureau.engine.begin() as connection:
        await choose_news(connection, conversation, "TY26-0000-0001", "agreed", bureau.now)
    await bureau.report(case_id, HOUSEHOLD, "办理中", at=NOON + timedelta(minutes=1))
    await bureau.send_all()

    (told,) = await bureau.told()
    assert "正在办" in told


@pytest.mark.parametrize("owner", [Owner.QUEUE, Owner.COUNSELOR])
async def test_news_goes_out_whoever_holds_the_conversation(bureau: Bureau, owner: Owner) -> None:
    _, case_id = await bureau.follower(owner=owner.value)
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.send_all()

    assert await bureau.rows("SELECT o.speaker, t.speaker FROM outbox o, transcript t") == [("system", "system")]


async def test_a_conversation_in_the_middle_of_a_turn_is_left_alone_and_holds_up_nobody(bureau: Bureau) -> None:
    busy, busy_case = await bureau.follower()
    idle, idle_case = await bureau.follower()
    await bureau.report(busy_case, HOUSEHOLD, "受理")
    await bureau.report(idle_case, HOUSEHOLD, "受理")
    async with bureau.engine.begin() as turn:
        await turn.execute(text("SELECT 1 FROM conversation WHERE id = :one FOR NO KEY UPDATE"), {"one": busy})
        await bureau.send_all()
        assert (len(await bureau.told(busy)), len(await bureau.told(idle))) == (0, 1)
    await bureau.send_all()

    assert len(await bureau.told(busy)) == 1


async def test_fifty_messages_sent_by_many_at_once_go_out_once_each_and_in_order(bureau: Bureau) -> None:
    followers = [await bureau.follower() for _ in range(5)]
    for minute, status in enumerate((STEPS * 3)[:10]):
        for _, case_id in followers:
            await bureau.report(case_id, HOUSEHOLD, status, at=NOON + timedelta(minutes=minute))
    assert len(await bureau.planned("news")) == 50
    while await bureau.planned("news"):  # Where all that is left is held by others, a sender finds nothing.
        await asyncio.gather(*(bureau.send_all() for _ in range(8)))

    for conversation, _ in followers:
        told = await bureau.rows(
            "SELECT reply#>>'{data,items,0,status}' FROM outbox WHERE conversation_id = :one ORDER BY id",
            one=conversation,
        )
        assert [row[0] for row in told] == list(STEPS * 3)[:10]


async def test_a_kill_in_the_middle_leaves_nothing_half_done(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "受理")

    class Killed(BaseException):
        pass

    class Dying:
        def __getattr__(self, name: str) -> None:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("api.conversations.saying.func", Dying())  # All is written, nothing is committed.
        with pytest.raises(Killed):
            await bureau.sender.send_one()
    assert (await bureau.told(), await bureau.count("transcript")) == ([], 0)

    await bureau.send_all()
    assert len(await bureau.told()) == 1


async def test_what_cannot_be_said_is_dropped_and_holds_up_nothing(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.report(case_id, HOUSEHOLD, "办理中", at=NOON + timedelta(minutes=1))
    async with bureau.engine.begin() as connection:
        await connection.execute(
            text('UPDATE planned_message SET reply = \'{"kind": "of another release"}\' WHERE id = 1')
        )
    await bureau.send_all()

    assert len(await bureau.told()) == 1
    assert await bureau.planned("news") == []


async def test_a_line_of_text_messages_gets_it_in_their_form(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    await bureau.answered(conversation, form="text_message")
    note = "您交来的照片不是白底，领口被遮住了，请到照相馆重新照一张白底一寸免冠的。" * 4
    await bureau.report(case_id, HOUSEHOLD, "待补正", note=note)
    await bureau.send_all()

    (told,) = await bureau.told()
    assert len(told) <= 134
    assert told.splitlines()[-1].endswith("看下一页")
    ((state,),) = await bureau.rows("SELECT state FROM conversation WHERE id = :one", one=conversation)
    assert Memory.model_validate(state).pages is not None


async def test_a_short_one_leaves_the_pages_of_an_answer_alone(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower(last_message_at=NOON)
    await bureau.answered(conversation, form="text_message")
    page = Page(reply=0, text="第二页")
    before = Memory(pages=Pages(number=1, replies=(Reply(kind="notice", text="两页"),), waiting=((page,),)))
    await bureau.remember(conversation, before)
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.send_all()

    ((state,),) = await bureau.rows("SELECT state FROM conversation WHERE id = :one", one=conversation)
    assert Memory.model_validate(state) == before
    assert len((await bureau.told())[0]) <= 134


async def test_other_lines_get_it_whole(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    await bureau.answered(conversation)
    await bureau.report(case_id, HOUSEHOLD, "待补正", note="请重新照一张白底一寸免冠照片。" * 12)
    await bureau.send_all()

    assert len((await bureau.told())[0]) > 134


async def test_what_is_said_next_is_about_the_news(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower(last_message_at=NOON - timedelta(minutes=11))
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.send_all()

    ((state, epoch),) = await bureau.rows("SELECT state, epoch FROM conversation WHERE id = :one", one=conversation)
    private = Memory.model_validate(state).private
    assert (private["items"], private["shown_case"], epoch) == ([HOUSEHOLD], "TY26-0000-0001", 1)
    assert [one["text"] for one in private["last"]] == await bureau.told()
    assert {one["guide"] for one in private["told"][0]["sources"]} == {"henan-2024"}


@pytest.mark.parametrize(
    ("memory", "values"),
    [
        (Memory(loop="run_questionnaire"), {}),
        (Memory(), {"last_message_at": NOON - timedelta(minutes=9)}),
        (Memory(), {"owner": "counselor"}),
    ],
)
async def test_news_that_falls_into_a_talk_changes_nothing_in_it(
    bureau: Bureau, memory: Memory, values: dict[str, object]
) -> None:
    conversation, case_id = await bureau.follower(**values)
    await bureau.remember(conversation, memory)
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.send_all()

    ((state, epoch),) = await bureau.rows("SELECT state, epoch FROM conversation WHERE id = :one", one=conversation)
    assert (Memory.model_validate(state), epoch, len(await bureau.told())) == (memory, 0, 1)

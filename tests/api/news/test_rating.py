"""The question how it was: once, when everything is finished, at a time that suits; its answer is kept once."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from api.cases.rating import give_reason, rate_case
from api.conversations.desk_hours import LOCAL
from bot.message import Memory, Owner
from tests.api.news.conftest import Bureau

ONE = "household_registration"
TOMORROW = datetime(2026, 11, 24, 10, 0, tzinfo=LOCAL)
CASE_NO = "TY26-0000-0001"


async def finished(bureau: Bureau, **values: object) -> tuple[uuid.UUID, int]:
    conversation, case_id = await bureau.follower(items=(ONE,), **values)
    await bureau.report(case_id, ONE, "办结")
    await bureau.send_all()
    return conversation, case_id


async def rate(bureau: Bureau, conversation: uuid.UUID, stars: int) -> None:
    async with bureau.engine.begin() as connection:
        await rate_case(connection, conversation, CASE_NO, stars)


async def ratings(bureau: Bureau) -> int:
    ((count,),) = await bureau.rows("SELECT count(*) FROM outbox WHERE reply->>'kind' = 'clarify'")
    return int(count)


async def test_it_is_asked_the_next_day_at_ten_with_choices_that_the_memory_can_take(bureau: Bureau) -> None:
    conversation, _ = await finished(bureau)
    await bureau.pass_to(TOMORROW - timedelta(seconds=1))
    assert await ratings(bureau) == 0

    await bureau.pass_to(TOMORROW)
    ((reply,),) = await bureau.rows("SELECT reply FROM outbox WHERE reply->>'kind' = 'clarify'")
    ((state, epoch),) = await bureau.rows("SELECT state, epoch FROM conversation WHERE id = :one", one=conversation)
    memory = Memory.model_validate(state)
    assert reply["text"].startswith(f"办件 {CASE_NO}：")
    assert [one["number"] for one in reply["choices"]] == [1, 2, 3, 4, 5]
    assert [one["does"] for one in memory.private["offered"]] == [
        f"rate:{stars}:{CASE_NO}" for stars in (5, 4, 3, 2, 1)
    ]
    assert (memory.highest_number, epoch) == (5, 2)  # Raised by the news before it, and by the question.


async def test_it_is_asked_once(bureau: Bureau) -> None:
    _, case_id = await finished(bureau)
    await bureau.pass_to(TOMORROW)
    await bureau.report(case_id, ONE, "办理中")
    await bureau.report(case_id, ONE, "办结", at=TOMORROW + timedelta(minutes=1))
    await bureau.pass_to(TOMORROW + timedelta(days=3))

    assert await ratings(bureau) == 1


async def test_it_is_not_asked_while_an_item_is_open(bureau: Bureau) -> None:
    _, case_id = await bureau.follower(items=(ONE, "medical_enrolment"))
    await bureau.report(case_id, ONE, "办结")

    assert await bureau.planned("rating") == []


async def test_it_waits_until_everything_is_finished_again(bureau: Bureau) -> None:
    _, case_id = await finished(bureau)
    await bureau.report(case_id, "medical_enrolment", "受理")
    await bureau.pass_to(TOMORROW)
    assert await ratings(bureau) == 0

    await bureau.report(case_id, "medical_enrolment", "办结")
    await bureau.pass_to(TOMORROW + timedelta(days=1))
    assert await ratings(bureau) == 1


async def test_nobody_is_asked_about_what_he_took_back(bureau: Bureau) -> None:
    _, case_id = await bureau.follower(items=(ONE,))
    await bureau.report(case_id, ONE, "已撤回")

    assert await bureau.planned("rating") == []


@pytest.mark.parametrize("news", ["stopped", "declined"])
async def test_it_is_never_asked_after_he_stopped(bureau: Bureau, news: str) -> None:
    conversation, _ = await finished(bureau)
    await bureau.choose(conversation, news)
    await bureau.pass_to(TOMORROW)

    assert await ratings(bureau) == 0


async def test_who_has_rated_is_not_asked(bureau: Bureau) -> None:
    conversation, _ = await finished(bureau)
    await rate(bureau, conversation, 5)
    await bureau.pass_to(TOMORROW)

    assert await ratings(bureau) == 0


async def test_who_was_asked_in_the_talk_is_not_asked_again(bureau: Bureau) -> None:
    conversation, _ = await finished(bureau)
    await bureau.remember(conversation, Memory(private={"asked_rating": [CASE_NO]}))
    await bureau.pass_to(TOMORROW)

    assert await ratings(bureau) == 0


async def test_it_waits_while_a_question_is_open_whose_digits_would_be_mistaken(bureau: Bureau) -> None:
    conversation, _ = await finished(bureau)
    await bureau.remember(conversation, Memory(loop="run_questionnaire"))
    await bureau.pass_to(TOMORROW)
    assert await ratings(bureau) == 0

    await bureau.remember(conversation, Memory())
    await bureau.pass_to(TOMORROW + timedelta(days=1))
    assert await ratings(bureau) == 1


async def test_it_is_given_up_when_no_time_suits_for_long(bureau: Bureau) -> None:
    await finished(bureau, owner=Owner.COUNSELOR.value)
    for day in range(12):
        await bureau.pass_to(TOMORROW + timedelta(days=day))

    assert await ratings(bureau) == 0
    assert await bureau.planned() == []


async def test_the_first_rating_counts(bureau: Bureau) -> None:
    conversation, _ = await finished(bureau)
    await rate(bureau, conversation, 4)
    await rate(bureau, conversation, 1)

    assert await bureau.rows("SELECT stars FROM case_rating") == [(4,)]


@pytest.mark.parametrize(("stars", "tasks"), [(1, 1), (2, 1), (3, 0), (5, 0)])
async def test_a_low_rating_opens_a_task_for_the_desk(bureau: Bureau, stars: int, tasks: int) -> None:
    conversation, _ = await finished(bureau)
    await rate(bureau, conversation, stars)

    assert len(await bureau.rows("SELECT 1 FROM desk_task WHERE kind = 'low_rating'")) == tasks


async def test_the_reason_is_kept_with_it(bureau: Bureau) -> None:
    conversation, _ = await finished(bureau)
    await rate(bureau, conversation, 1)
    async with bureau.engine.begin() as connection:
        await give_reason(connection, conversation, CASE_NO, "跑了三趟")

    assert await bureau.rows("SELECT stars, reason FROM case_rating") == [(1, "跑了三趟")]


async def test_a_case_that_was_not_proved_cannot_be_rated(bureau: Bureau) -> None:
    await finished(bureau)
    await rate(bureau, await bureau.conversation(), 1)

    assert await bureau.count("case_rating") == 0


@pytest.mark.parametrize("stars", [0, 6, -1])
async def test_stars_outside_one_to_five_are_refused(bureau: Bureau, stars: int) -> None:
    conversation, _ = await finished(bureau)
    with pytest.raises(ValueError, match="1 to 5"):
        await rate(bureau, conversation, stars)


async def test_what_was_sent_long_ago_is_forgotten(bureau: Bureau) -> None:
    from api.news.jobs import sweep

    await finished(bureau)
    async with bureau.engine.begin() as connection:
        await connection.execute(text("UPDATE planned_message SET sent_at = sent_at - interval '179 days'"))
    await sweep(bureau.engine, bureau.now)
    assert await bureau.count("planned_message") == 3

    await sweep(bureau.engine, bureau.now + timedelta(days=2))
    assert {one["kind"] for one in await bureau.planned()} == {"reminder", "rating"}
    assert await bureau.count("planned_message") == 2

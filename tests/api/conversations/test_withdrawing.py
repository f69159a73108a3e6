"""What the bot had to say and what was not out when a counselor took over: said before, or not at all."""

from __future__ import annotations

import asyncio
import json
import os
import random
from uuid import UUID

import pytest

from api.db.engine import build_engine
from api.desk.ownership import take
from api.staff.accounts import Staff
from tests.api.conftest import Build, House
from tests.api.conversations.test_outbox import URL, Receiver
from tests.fakes.desk import at, conversation_of, counselor, waits
from tests.fakes.rasa import FakeRasa
from tests.fakes.staff import text_of

RACES = int(os.environ.get("TUIYI_RACES", "30"))
AT_A_TIME = 10
JOINED = "工作人员来了"
# Somebody in danger was asked for a person while the bot goes on: each has an answer of it that nobody fetched yet.
BEGIN = """
    WITH c AS (
        INSERT INTO conversation (channel, session_id) SELECT 'hotline', 'r-' || n FROM generate_series(1, %s) n
        RETURNING id
    ), r AS (
        INSERT INTO person_request (conversation_id, reason) SELECT id, 'distress' FROM c
    ) INSERT INTO outbox (conversation_id, position, speaker, reply)
    SELECT id, 0, 'bot', '{"kind": "answer", "text": "机器人说"}' FROM c
"""
LAID_ASIDE = """
    SELECT c.session_id FROM conversation c JOIN outbox o ON o.conversation_id = c.id
    WHERE o.speaker = 'bot' AND o.parked_at IS NOT NULL
"""


def staff_of(house: House) -> Staff:
    login = counselor(house).login
    [(number,)] = house.rows("SELECT id FROM staff WHERE login = %s", login)
    return Staff(number, login, "张三", frozenset({"counselor"}))


async def heard(house: House, session: str) -> list[str]:
    return [one["reply"]["text"] for one in await house.line.later(session)]


async def late_answer(house: House) -> UUID:
    """A conversation on the hotline whose answer came too late for the response, so that it is to be fetched."""
    conversation = await waits(house, said="我不想活了")
    house.rasa.go_on = asyncio.Event()
    await house.line.send("落户要几天", "m-9")
    house.rasa.go_on.set()
    await house.until_handled()
    return conversation


async def test_what_is_fetched_before_a_claim_can_be_fetched_again_after_it(build: Build) -> None:
    async with build(response_limit_seconds=0.2) as house:
        conversation = await late_answer(house)
        before = await heard(house, "s-1")
        await counselor(house).post(at(conversation, "take"))
        after = await heard(house, "s-1")

    assert before[-1] == "听到：落户要几天"
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


async def test_what_is_not_fetched_before_a_claim_is_laid_aside_and_the_counselor_sees_it(build: Build) -> None:
    async with build(response_limit_seconds=0.2) as house:
        conversation = await late_answer(house)
        one = counselor(house)
        await one.post(at(conversation, "take"))
        told = await heard(house, "s-1")
        page = text_of(await one.get(at(conversation)))

    assert "听到：落户要几天" not in told
    assert page.count("没有发出去") == 1


async def test_an_answer_that_is_handed_out_again_after_a_claim_says_that_it_was_made_before(house: House) -> None:
    conversation = await waits(house)
    first = await house.line.send("人工", "s-1-2")
    await counselor(house).post(at(conversation, "take"))
    again = await house.line.send("人工", "s-1-2")

    assert [one["data"].get("before_counselor") for one in first["replies"]] == [None]
    assert [one["data"].get("before_counselor") for one in again["replies"]] == [True]
    assert [one["text"] for one in again["replies"]] == [one["text"] for one in first["replies"]]


@pytest.mark.parametrize("push", [None, Receiver])
async def test_fetching_and_pushing_race_a_claim_and_the_bot_is_never_heard_behind_it(
    build: Build, push: type[Receiver] | None
) -> None:
    """Heard before, or laid aside: never both, never neither."""
    chance = random.Random(8)  # noqa: S311
    receiver = push() if push else None
    async with build(rasa=FakeRasa(), push=receiver, hotline_push_url=URL if receiver else "") as house:
        staff = staff_of(house)
        house.change(BEGIN, RACES)
        engine = build_engine(house.settings.sqlalchemy_url, AT_A_TIME)
        fetched: dict[str, list[str]] = {}

        async def race(session: str) -> None:
            conversation = conversation_of(house, session)

            async def come_in() -> None:
                await asyncio.sleep(chance.random() * 0.02)
                async with engine.begin() as connection:
                    await take(connection, staff, conversation, JOINED)

            async def fetch() -> None:
                await asyncio.sleep(chance.random() * 0.15)
                fetched[session] = await heard(house, session)

            await asyncio.gather(come_in(), *([] if receiver else [fetch()]))

        if receiver:
            house.change("SELECT pg_notify('tuiyi_outbox', '')")
        for first in range(1, RACES + 1, AT_A_TIME):
            await asyncio.gather(*(race(f"r-{n}") for n in range(first, min(first + AT_A_TIME, RACES + 1))))
        if receiver:
            await house.until("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL", [(0,)], 30)
            for one in receiver.taken:
                fetched.setdefault(one["session_id"], []).append(one["messages"][0]["reply"]["text"])
        laid_aside = {session for (session,) in house.rows(LAID_ASIDE)}
        later = {} if receiver else {session: await heard(house, session) for session in fetched}
        await engine.dispose()

    with_bot = {session for session, texts in fetched.items() if "机器人说" in texts}
    print(json.dumps({"heard before": len(with_bot), "laid aside": len(laid_aside)}))  # noqa: T201, shown with -s
    assert with_bot | laid_aside == {f"r-{n}" for n in range(1, RACES + 1)}
    assert with_bot & laid_aside == set()
    assert {texts.index("机器人说") for texts in fetched.values() if "机器人说" in texts} <= {0}
    assert {session for session, texts in later.items() if ("机器人说" in texts) != (session in with_bot)} == set()
    assert laid_aside, "the races were no races"

"""What comes into the inbox, and how it is grouped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.inbox.gathering import Gatherer
from tests.api.conftest import House, knowledge
from tests.fakes.asked import ask

NOW = datetime(2026, 11, 22, 12, tzinfo=LOCAL)
EARLIER = NOW - timedelta(minutes=5)
NEAR = "henan.topic.channels"


@pytest.fixture
async def gatherer(house: House) -> AsyncIterator[Gatherer]:
    engine = build_engine(house.settings.sqlalchemy_url, 4)
    yield Gatherer(engine, knowledge, lambda: NOW)
    await engine.dispose()


def kept(house: House) -> list[tuple[int, str]]:
    return [(int(a), str(b)) for a, b in house.rows("SELECT reply_id, how FROM open_question ORDER BY reply_id")]


def groups(house: House) -> list[int]:
    rows = house.rows("SELECT count(*) FROM open_question GROUP BY group_id ORDER BY group_id")
    return [int(one) for (one,) in rows]


async def test_what_was_not_understood_comes_in_and_what_was_answered_does_not(
    house: House, gatherer: Gatherer
) -> None:
    missed = ask(house, "孙子上学能不能加分", EARLIER, nearest=NEAR)
    ask(
        house, "落户要几天", EARLIER, kind="answer", say="河南：10 天。", ids=("henan.item.x.time_limit",), nearest=NEAR
    )
    ask(house, "驾照怎么换", EARLIER, say="河南的办事指南没有写驾照，我不乱说。", nearest=NEAR)
    unstated = ask(
        house,
        "补助金要交税吗",
        EARLIER,
        kind="answer",
        say="没有写。",
        ids=("henan.item.subsidy",),
        completeness="none",
        nearest=NEAR,
    )
    ask(house, "多少钱", EARLIER, kind="answer", ids=("henan.gap.cost",), completeness="none", nearest=NEAR)

    await gatherer.gather()

    assert kept(house) == [(missed, "not_understood"), (unstated, "unstated")]


async def test_the_same_matter_in_other_words_is_one_group_and_another_matter_is_not(
    house: House, gatherer: Gatherer
) -> None:
    said = ("照片是照相馆洗出来那种贴上就妥了吧 红底两寸洗了八张", "照片是要红底两寸的吧，照相馆都给俺照好了")
    for one in said:
        ask(house, one, EARLIER, nearest="henan.paper.photo")
    ask(house, "养老要转到省里那一级去 我得先满足什么", EARLIER, nearest="henan.topic.x")
    ask(house, said[0], EARLIER, nearest="henan.paper.photo", code="460000")

    await gatherer.gather()

    assert groups(house) == [3, 1]


async def test_places_are_kept_apart(house: House, gatherer: Gatherer) -> None:
    for code in ("410000", "460000", None):
        ask(house, "孙子上学能不能加分", EARLIER, code=code)

    await gatherer.gather()

    rows = house.rows("SELECT province FROM question_group ORDER BY id")
    assert [one for (one,) in rows] == ["henan", "hainan", None]


async def test_a_group_stays_what_it_is_when_more_comes_and_another_process_looks(
    house: House, gatherer: Gatherer
) -> None:
    ask(house, "孙子上学能不能加分", EARLIER, nearest=NEAR)
    await gatherer.gather()
    ask(house, "孙子上学，能不能加分？", EARLIER, nearest=NEAR)
    engine = build_engine(house.settings.sqlalchemy_url, 2)
    await Gatherer(engine, knowledge, lambda: NOW).gather()
    await engine.dispose()
    ask(house, "孙子 上学能不能加分", EARLIER, nearest=NEAR)
    await gatherer.gather()

    assert groups(house) == [3]


async def test_everything_is_counted_once(house: House, gatherer: Gatherer) -> None:
    for release in ("1-a", "1-a", "2-b"):
        ask(house, "落户要几天", EARLIER, kind="answer", ids=("henan.item.x.time_limit",), release=release)
    await gatherer.gather()
    await gatherer.gather()

    assert house.rows("SELECT day::text, knowledge_id, release, uses FROM entry_use ORDER BY release") == [
        ("2026-11-22", "henan.item.x.time_limit", "1-a", 2),
        ("2026-11-22", "henan.item.x.time_limit", "2-b", 1),
    ]


async def test_what_is_only_seconds_old_waits_for_its_neighbours(house: House, gatherer: Gatherer) -> None:
    ask(house, "孙子上学能不能加分", NOW - timedelta(seconds=29), nearest=NEAR)
    await gatherer.gather()
    assert kept(house) == []

    house.change("UPDATE transcript SET at = at - interval '2 seconds'")
    await gatherer.gather()
    assert len(kept(house)) == 1


async def test_an_answer_that_somebody_calls_wrong_comes_in_also_later(house: House, gatherer: Gatherer) -> None:
    reply = ask(house, "落户要几天", EARLIER, kind="answer", say="河南：10 天。", ids=("henan.item.x.y",), nearest=NEAR)
    await gatherer.gather()
    assert kept(house) == []

    house.change("INSERT INTO answer_mark (transcript_id, verdict) VALUES (%s, 'down')", reply)
    await gatherer.gather()
    assert kept(house) == [(reply, "marked")]


async def test_questions_go_with_the_data_of_the_person(house: House, gatherer: Gatherer) -> None:
    ask(house, "孙子上学能不能加分", EARLIER, nearest=NEAR)
    await gatherer.gather()

    house.change("DELETE FROM conversation")

    assert kept(house) == []

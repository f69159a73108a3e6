"""What holds for every channel. A channel that is not among the kinds fails here, so that none is forgotten."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from api.channels.registry import PUSHED_LINES
from api.main import Surroundings, create_app
from api.settings import Settings
from bot.message import ActionResult
from tests.api.conftest import Build, House, knowledge
from tests.fakes.mouths import HOSTILE, KINDS, Mouth
from tests.fakes.rasa import FakeRasa, say

PEOPLE, MESSAGES = 3, 8
UNSENT = """
    SELECT count(*) FROM outbox o JOIN conversation c ON c.id = o.conversation_id
    WHERE c.channel = ANY(%s) AND o.sent_at IS NULL AND o.parked_at IS NULL
"""
CITED = {"guide": "g", "title": "实施方案", "doc_no": "豫〔2024〕63号", "section": "附件2 五(二)6", "valid_from": None}

OpenMouth = Callable[..., Any]


@pytest.fixture(params=KINDS)
def open_mouth(request: pytest.FixtureRequest, build: Build) -> OpenMouth:
    kind = KINDS[request.param]

    @asynccontextmanager
    async def opened(rasa: FakeRasa | None = None) -> AsyncIterator[tuple[House, Mouth]]:
        server = kind.server()
        async with build(rasa=rasa, **({kind.channel: server} if server else {}), **kind.settings()) as house:
            yield house, kind.mouth(house, server)

    return opened


async def all_out(house: House) -> None:
    """Waits until everything is answered, and sent where the channel does not fetch it."""
    await house.until_handled()
    await house.until(UNSENT, [(0,)], 30, list(PUSHED_LINES))


def test_no_channel_is_forgotten(settings: Settings) -> None:
    given = {name: value for kind in KINDS.values() for name, value in kind.settings().items()}
    around = Surroundings(knowledge=knowledge, rasa=FakeRasa(), when_broken=lambda: None)
    app = create_app(settings.with_values(**given), around)
    paths = [getattr(one.original_route, "path", "") for one in iter_route_contexts(app.routes)]
    mounted = {path.split("/")[2] for path in paths if path.startswith("/channels/")}

    assert mounted == {kind.channel for kind in KINDS.values()}
    assert set(PUSHED_LINES) <= mounted


async def test_order_is_kept_for_everybody(open_mouth: OpenMouth) -> None:
    async with open_mouth() as (house, mouth):

        async def talk(person: int) -> list[int]:
            return [await mouth.say(person, f"第{number}句", number) for number in range(MESSAGES)]

        statuses = await asyncio.gather(*map(talk, range(1, PEOPLE + 1)))
        await all_out(house)
        shown = {person: "\n".join(await mouth.shown(person)) for person in range(1, PEOPLE + 1)}

    assert statuses == [[200] * MESSAGES] * PEOPLE
    heard = {person: re.findall(r"听到：(第\d+句)", text) for person, text in shown.items()}
    assert heard == {person: [f"第{number}句" for number in range(MESSAGES)] for person in shown}


async def test_same_message_again_has_no_second_effect(open_mouth: OpenMouth) -> None:
    async with open_mouth() as (house, mouth):
        statuses = [await mouth.say(1, "你好", 1) for _ in range(4)]
        await all_out(house)
        shown = "\n".join(await mouth.shown(1))

        assert statuses == [200] * 4
        assert len(house.rasa.asked) == 1
        assert house.rows("SELECT count(*) FROM transcript WHERE speaker = 'person'") == [(1,)]
        assert shown.count("听到：你好") == 1


async def test_longest_reply_comes_whole_and_its_source_uncut(open_mouth: OpenMouth) -> None:
    sentences = [f"第{number}句要带的材料在这里写清楚。" for number in range(220)]
    long = say("".join(sentences), "answer", citations=[CITED])
    async with open_mouth(FakeRasa(lambda asked: [long])) as (house, mouth):
        await mouth.say(1, "要带什么", 1)
        await all_out(house)
        shown = await mouth.shown(1)

    assert [sentence for sentence in sentences if sentence not in "".join(shown)] == []
    assert all(map(mouth.longest, shown))
    is_named = "豫〔2024〕63号" in "".join(shown)  # The terminal shows sources of its own.
    assert not is_named or any("豫〔2024〕63号" in text and "附件2" in text for text in shown)


async def test_longest_message_is_answered(open_mouth: OpenMouth) -> None:
    async with open_mouth(FakeRasa(lambda asked: [say("听到了")])) as (house, mouth):
        status = await mouth.say(1, "长" * 500, 1)
        await all_out(house)
        shown = "\n".join(await mouth.shown(1))

    assert status == 200
    assert "听到了" in shown


def two_questions(asked: dict[str, Any]) -> list[ActionResult]:
    choices = [{"number": 1, "label": "是的"}, {"number": 2, "label": "不是"}]
    return [say(f"收到{asked['message']}。户口注销了吗？", "question", choices=choices)]


async def test_choices_are_digits_where_there_are_no_buttons(open_mouth: OpenMouth) -> None:
    async with open_mouth(FakeRasa(two_questions)) as (house, mouth):
        await mouth.say(1, "开始", 1)
        await all_out(house)
        shown, offered = "\n".join(await mouth.shown(1)), await mouth.offered(1)
        await mouth.say(1, "2", 2)
        await all_out(house)

        assert ("1. 是的\n2. 不是" in shown) or mouth.has_buttons
        assert not mouth.has_buttons or [label for label in offered if "不是" in label]
        assert [asked["message"] for asked in house.rasa.asked] == ["开始", "2"]


async def test_hostile_bodies_are_no_5xx_and_the_next_message_is_answered(open_mouth: OpenMouth) -> None:
    async with open_mouth() as (house, mouth):
        statuses = {name: await mouth.strange(body) for name, body in HOSTILE.items()}
        answered = await mouth.say(1, "在吗", 1)
        await all_out(house)
        shown = "\n".join(await mouth.shown(1))

    assert len(statuses) >= 26
    assert {name: status for name, status in statuses.items() if status >= 500} == {}
    assert answered == 200
    assert "听到：在吗" in shown


async def test_forged_messages_are_refused_and_leave_nothing(open_mouth: OpenMouth) -> None:
    async with open_mouth() as (house, mouth):
        statuses = await mouth.forged()

        assert set(statuses) <= {401, 403}
        assert len(statuses) >= 4
        assert house.rows("SELECT (SELECT count(*) FROM inbox), (SELECT count(*) FROM quarantine)") == [(0, 0)]

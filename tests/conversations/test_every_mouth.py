"""The same ten conversations over the hotline, Telegram, the page and WeChat: the same facts from the same places."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api.conversations.pace import Pace
from api.main import Surroundings, create_app
from api.processes.stack import Stack
from bot.channels.plain_text import SECTIONS_NAMED
from bot.channels.web import COOKIE
from bot.message import Reply
from tests.api.conftest import House
from tests.fakes.line import Line
from tests.fakes.mouths import KINDS, LineMouth, Mouth, TelegramMouth, WebMouth, WeChatMouth
from tests.fakes.rasa import FakeRasa

TALKS = (
    ("我是河南的", "户口注销证明要不要带", "依据是什么"),
    ("我是河南的", "户口办下来要几天", "社保卡制卡要多久"),
    ("我是海南的", "要带什么材料"),
    ("我是河南的", "有哪些事要办", "更多"),
    ("免申即享是什么意思", "说简单点"),
    ("我是河南的", "刚退伍要办啥", *["1"] * 5, "2", "1", "2", *["1"] * 4),
    ("我是海南的", "自主就业一次性经济补助金怎么办", "要多久"),
    ("我是福建的", "医保关系怎么转", "去哪办"),
    ("办到哪了", "算了"),
    ("今天天气怎么样", "我是河南的", "预备役登记去哪办"),
)
FIRST_PERSON = 880_000
CHANGING = re.compile(r"https?://\S+|\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
"""Addresses and codes, made for each person alone."""
MINE = """
    SELECT t.reply FROM transcript t JOIN conversation c ON c.id = t.conversation_id
    WHERE c.channel = %s AND c.session_id = %s AND t.speaker = 'bot' ORDER BY t.id
"""
BUSY = """
    SELECT (SELECT count(*) FROM inbox WHERE channel = ANY(ARRAY['hotline', 'web', 'telegram', 'wechat'])
        AND handled_at IS NULL)
        + (SELECT count(*) FROM outbox o JOIN conversation c ON c.id = o.conversation_id
            WHERE c.channel IN ('telegram', 'wechat') AND o.sent_at IS NULL AND o.parked_at IS NULL)
"""


@pytest.fixture
async def mouths(stack: Stack) -> AsyncIterator[dict[str, Mouth]]:
    """All four, in front of a second app on the stack's database and Rasa."""
    telegram, wechat = KINDS["telegram"], KINDS["wechat in safe mode"]
    servers = {"telegram": telegram.server(), "wechat": wechat.server()}
    settings = stack.settings.with_values(**telegram.settings(), **wechat.settings())
    around = Surroundings(messengers=servers, pace=lambda: Pace(time.monotonic, 1_000, 0.0), when_broken=lambda: None)
    app = create_app(settings, around)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app", timeout=60) as http,
    ):
        house = House(settings, FakeRasa(), Line(http, settings.hotline_secret.get_secret_value()), http)
        yield {
            "hotline": LineMouth(house),
            "telegram": TelegramMouth(house, servers["telegram"]),
            "web": WebMouth(house),
            "wechat": WeChatMouth(house, servers["wechat"]),
        }


@pytest.mark.stack
@pytest.mark.timeout(500)
async def test_ten_conversations_say_the_same_on_every_channel(mouths: dict[str, Mouth]) -> None:
    house: House = mouths["hotline"].house  # type: ignore[attr-defined]
    recorded: dict[str, list[list[Any]]] = {name: [] for name in mouths}
    missing: dict[str, list[str]] = {name: [] for name in mouths}
    facts = 0
    for number, talk in enumerate(TALKS):
        person = FIRST_PERSON + number
        for name, mouth in mouths.items():
            for position, words in enumerate(talk):
                assert await mouth.say(person, words, person * 100 + position) == 200
                await house.until(BUSY, [(0,)], 60)
            replies = replies_to(house, mouth, name, person)
            recorded[name].append([fixed(reply) for reply in replies])
            seen = bare("".join([*await mouth.shown(person), *await mouth.offered(person)]))
            wanted = [fact for reply in replies for fact in facts_of(reply)]
            facts += len(wanted)
            missing[name] += [f"{talk}: {fact}" for fact in wanted if bare(fact) not in seen]
    cited = {name: sum(len(one[2]) for talk in talks for one in talk) for name, talks in recorded.items()}
    print(f"\n{len(TALKS)} conversations on {len(mouths)} channels: {facts} facts looked for; cited places {cited}")  # noqa: T201

    assert missing == {name: [] for name in mouths}
    for name in mouths:
        assert recorded[name] == recorded["hotline"], name
    assert cited["hotline"] > 20


def replies_to(house: House, mouth: Mouth, channel: str, person: int) -> list[Reply]:
    """What was said to the person, without what a channel says for reasons of its own."""
    session = {"hotline": f"s-{person}", "telegram": str(person), "wechat": f"o{person}"}.get(channel, "")
    if isinstance(mouth, WebMouth):
        session = hashlib.sha256(mouth.browsers[person].cookies[COOKIE].encode()).hexdigest()
    found = [Reply.model_validate(reply) for (reply,) in house.rows(MINE, channel, session)]
    return [reply for reply in found if reply.kind != "notice"]


def fixed(reply: Reply) -> tuple[Any, ...]:
    """What must be the same on every channel."""
    places = tuple((one.guide, one.doc_no, one.section) for one in reply.citations)
    return reply.kind, CHANGING.sub("…", reply.text), places, tuple((one.number, one.label) for one in reply.choices)


def facts_of(reply: Reply) -> list[str]:
    """Its lines, and the places that a source line names."""
    lines = [line for line in CHANGING.sub("\n", reply.text).splitlines() if bare(line)]
    if reply.kind not in ("answer", "result", "materials", "progress"):
        return lines
    sections: dict[str, list[str]] = {}
    for one in reply.citations:
        sections.setdefault(one.doc_no or one.title, []).append(one.section)
    return [*lines, *sections, *(section for found in sections.values() for section in found[:SECTIONS_NAMED])]


def bare(text: str) -> str:
    """The text without blanks and punctuation, which each channel sets in its own way."""
    return re.sub(r"\W", "", text)

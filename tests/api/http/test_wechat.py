"""WeChat's deliveries and what its chat shows: with the whole app, a real database and a simulated WeChat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from api.conversations.desk_hours import LOCAL
from bot.channels.wechat import WeChat
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say
from tests.fakes.wechat_server import AES_KEY, APP_ID, SECRET, TOKEN, WeChatServer

PATH = WeChat.path
UNSENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL"
SENDABLE = """
    SELECT count(*) FROM outbox o JOIN allowance a ON a.conversation_id = o.conversation_id
    WHERE a.messages_left > 0 AND o.sent_at IS NULL AND o.parked_at IS NULL
"""
NUMBER = "11010519491231002X"


@dataclass
class Chat:
    """A house with WeChat beside it."""

    house: House
    server: WeChatServer

    async def deliver(self, message: bytes, deaf: int = 0) -> httpx.Response:
        return await self.server.deliver(self.house.http, PATH, message, deaf)

    async def say(self, text: str, person: str = "o7") -> list[str]:
        """What the chat shows from then on, when all is sent that may be."""
        before = len(self.server.shown.get(person, []))
        await self.deliver(self.server.words(person, text))
        await self.house.until_handled()
        await self.settle()
        return self.server.shown.get(person, [])[before:]

    async def settle(self) -> None:
        """Waits until all is sent that may be sent."""
        await self.house.until(SENDABLE, [(0,)], 20)


OpenChat = Callable[..., Any]


@pytest.fixture
def open_chat(build: Build) -> OpenChat:
    @asynccontextmanager
    async def opened(rasa: FakeRasa | None = None, aes_key: str = "", **more: Any) -> AsyncIterator[Chat]:
        server = WeChatServer(aes_key)
        secret = {"wechat_token": TOKEN, "wechat_aes_key": aes_key, "wechat_secret": SECRET}
        hidden = {name: SecretStr(value) for name, value in secret.items()}
        async with build(rasa=rasa, wechat=server, wechat_app_id=APP_ID, **hidden, **more) as house:
            yield Chat(house, server)

    return opened


@pytest.mark.parametrize("aes_key", ["", AES_KEY])
async def test_a_message_is_answered_in_the_response(open_chat: OpenChat, aes_key: str) -> None:
    async with open_chat(aes_key=aes_key) as chat:
        first = await chat.say("你好 <b>&amp;]]>")
        then = await chat.say("再见")

    assert first == ["听到：你好 <b>&amp;]]>"]
    assert then == ["听到：再见"]
    assert chat.server.in_response["o7"] == 2
    assert chat.server.by_service.total() == 0


@pytest.mark.parametrize("aes_key", ["", AES_KEY])
async def test_address_is_proved_by_its_echo(open_chat: OpenChat, aes_key: str) -> None:
    async with open_chat(aes_key=aes_key) as chat:
        right = chat.server.query()
        good = await chat.house.http.get(PATH, params={**right, "echostr": "5927<i>"})
        wrong = [
            {**right, "signature": right["signature"][:-1] + "x"},
            {**right, "timestamp": str(int(right["timestamp"]) + 1)},
            {**right, "nonce": ""},
            {**right, "signature": "密"},
            chat.server.query(at=time.time() - 302),
            {},
        ]
        refused = [(await chat.house.http.get(PATH, params={**query, "echostr": "1"})).status_code for query in wrong]

    assert (good.status_code, good.text) == (200, "5927<i>")
    assert good.headers["content-type"].startswith("text/plain")
    assert refused == [403] * len(wrong)


@pytest.mark.parametrize("aes_key", ["", AES_KEY])
async def test_strangers_get_403_and_leave_nothing(open_chat: OpenChat, aes_key: str) -> None:
    async with open_chat(aes_key=aes_key) as chat:
        body, query = chat.server.sealed(chat.server.words("o7", "你好"))
        wrong: list[tuple[bytes, dict[str, str]]] = [
            (body, {}),
            (body, {**query, "nonce": "x"}),
            (body, {**query, "signature": "0" * 40, "msg_signature": "0" * 40}),
            (body, chat.server.query(at=time.time() + 302)),
        ]
        if aes_key:
            wrong += [
                (chat.server.words("o7", "不加密"), query),
                (chat.server.words("o7", "不加密"), chat.server.query()),
                (body.replace(b"<Encrypt>", b"<Encrypt>AAAA"), query),
            ]
        statuses = [(await chat.house.http.post(PATH, params=q, content=b)).status_code for b, q in wrong]

        assert statuses == [403] * len(wrong)
        assert chat.house.rows("SELECT (SELECT count(*) FROM inbox), (SELECT count(*) FROM quarantine)") == [(0, 0)]


async def test_what_a_lost_response_brought_is_brought_again(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.deliver(chat.server.words("o7", "你好"), deaf=2)
        await chat.settle()

    assert chat.server.shown["o7"] == ["听到：你好"]
    assert len(chat.house.rasa.asked) == 1


async def test_an_answer_that_is_late_comes_by_customer_service(
    open_chat: OpenChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WeChat, "answers_within_seconds", 0.2)
    rasa = FakeRasa(go_on=asyncio.Event())
    async with open_chat(rasa, turn_limit_seconds=5) as chat:
        response = await chat.deliver(chat.server.words("o7", "慢"))
        assert rasa.go_on is not None
        rasa.go_on.set()
        await chat.house.until_handled()
        await chat.settle()
        await chat.house.until(UNSENT, [(0,)])

    assert (response.status_code, response.content) == (200, b"")
    assert chat.server.shown["o7"] == ["听到：慢"]
    assert chat.server.by_service["o7"] == 1


def long_answer(lines: int) -> FakeRasa:
    return FakeRasa(lambda asked: [say("\n".join(f"{n}" + "字" * 600 for n in range(lines)))])


async def test_what_is_longer_follows_by_customer_service_in_order(open_chat: OpenChat) -> None:
    async with open_chat(long_answer(4)) as chat:
        shown = await chat.say("长")
        await chat.house.until(UNSENT, [(0,)])

    assert [text[0] for text in shown] == ["0", "1", "2", "3"]
    assert (chat.server.in_response["o7"], chat.server.by_service["o7"]) == (1, 3)
    assert all("\\u" not in raw.decode() for raw in chat.server.raw)


async def test_what_may_not_be_sent_waits_for_the_next_message_and_is_not_lost(open_chat: OpenChat) -> None:
    async with open_chat(long_answer(9)) as chat:
        first = await chat.say("长")
        chat.house.rasa.answer = lambda asked: [say("短")]
        then = await chat.say("还有呢")
        await chat.house.until(UNSENT, [(0,)])

    assert [text[0] for text in first] == list("012345")
    assert "请回“继续”" in first[-1]
    assert not [text for text in first[:-1] + then if "请回“继续”" in text]
    assert all(len(text.encode()) <= 2048 for text in first)
    assert [text[0] for text in then] == ["6", "7", "8", "短"]
    assert chat.server.attempts == 5 + 3


async def test_go_on_brings_the_rest_and_no_answer_of_its_own(open_chat: OpenChat) -> None:
    async with open_chat(long_answer(9)) as chat:
        await chat.say("长")
        chat.house.rasa.answer = lambda asked: [say("您说的继续是什么？")]
        then = await chat.say("继续")
        await chat.house.until(UNSENT, [(0,)])
        nothing_left = await chat.say("继续")

    assert [text[0] for text in then] == ["6", "7", "8"]
    assert nothing_left == ["您说的继续是什么？"]


async def test_in_the_last_message_for_now_he_is_told_how_to_go_on(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("你好")
        for number in range(6):
            chat.house.change(
                "INSERT INTO outbox (conversation_id, position, speaker, reply) SELECT id, 0, 'system', "
                "jsonb_build_object('kind', 'progress', 'text', %s::text) FROM conversation",
                f"第{number}条消息",
            )
            chat.house.change("NOTIFY tuiyi_outbox")
            await chat.settle()
        shown = chat.server.shown["o7"]

    assert [text[:5] for text in shown[1:]] == [f"第{number}条消息" for number in range(5)]
    assert ["微信有限制" in text for text in shown] == [False] * 5 + [True]


async def test_after_48_hours_nothing_is_sent_until_he_writes(open_chat: OpenChat) -> None:
    later = timedelta()

    def now() -> datetime:
        return datetime.now(LOCAL) + later

    async with open_chat(now=now) as chat:
        await chat.say("你好")
        later = timedelta(hours=48, seconds=1)
        chat.house.change(
            "INSERT INTO outbox (conversation_id, position, speaker, reply) SELECT id, 0, 'bot', "
            '\'{"kind": "progress", "text": "办好了"}\' FROM conversation'
        )
        chat.house.change("NOTIFY tuiyi_outbox")
        await asyncio.sleep(0.3)  # Long enough for every lane to look.
        before = list(chat.server.shown["o7"])
        chat.server.clock = lambda: time.time() + later.total_seconds()
        then = await chat.say("在吗")

    assert before == ["听到：你好"]
    assert then == ["办好了", "听到：在吗"]


async def test_platform_that_counts_otherwise_is_believed(open_chat: OpenChat) -> None:
    async with open_chat(long_answer(3)) as chat:
        chat.server.fault = lambda attempt: 45047 if attempt == 1 else 0
        first = await chat.say("长")
        then = await chat.say("再")

    assert [text[0] for text in first] == ["0"]
    assert [text[0] for text in then] == ["1", "2", "0", "1", "2"]


async def test_token_is_fetched_once_and_again_when_it_is_over(open_chat: OpenChat) -> None:
    async with open_chat(long_answer(3)) as chat:
        await chat.say("长")
        chat.server.tokens.append("another")  # Somebody else asked for a new one.
        await chat.say("长")
        await chat.house.until(UNSENT, [(0,)])

    assert [bool(asked["force_refresh"]) for asked in chat.server.asked_for_tokens] == [False, True]
    assert chat.server.by_service["o7"] == 4


@pytest.mark.parametrize(("code", "parked"), [(43004, 1), (-1, 0), (48001, 0)])
async def test_errors_of_the_platform_lose_nothing(open_chat: OpenChat, code: int, parked: int) -> None:
    async with open_chat(long_answer(2)) as chat:
        chat.server.fault = lambda attempt: code if attempt == 1 else 0
        await chat.deliver(chat.server.words("o7", "长"))
        await chat.house.until("SELECT count(*) FROM conversation WHERE parked_at IS NOT NULL", [(parked,)])
        await chat.say("再")
        await chat.house.until(UNSENT, [(0,)])

    assert [text[0] for text in chat.server.shown["o7"]] == ["0", "1", "0", "1"]


async def test_same_message_id_has_one_effect(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        words = chat.server.words("o7", "你好")
        event = chat.server.xml("o7", MsgType="event", Event="subscribe", EventKey="")
        for message in (words, words, event, event, words):
            await chat.deliver(message)
        await chat.house.until_handled()

    assert len(chat.house.rasa.asked) == 2
    assert chat.house.rows("SELECT count(*) FROM inbox") == [(2,)]


async def test_poster_opens_with_its_question_and_region(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        key = "qrscene_r460000-subsidy"
        await chat.deliver(chat.server.xml("o7", MsgType="event", Event="subscribe", EventKey=key))
        (asked,) = chat.house.rasa.asked

    assert asked["message"] == "自主就业退役士兵一次性经济补助金怎么办"
    assert asked["metadata"]["region_hint"] == "460000"


async def test_a_photo_is_answered_kindly_and_not_kept(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        photo = {"MsgType": "image", "PicUrl": "http://secret-photo", "MediaId": "secret-media", "MsgId": "77"}
        await chat.deliver(chat.server.xml("o7", **photo))
        stored = chat.house.rows("SELECT text FROM transcript")

    assert "身份证" in chat.server.shown["o7"][0]
    assert not [text for (text,) in stored if "secret" in text]


async def test_masked_number_goes_nowhere(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        said = await chat.say(f"我的身份证是{NUMBER}")
        stored = chat.house.rows("SELECT text FROM transcript")

    assert NUMBER not in "".join(said) + str(stored)
    assert "选“删除”" in "".join(said)


async def test_counselor_who_holds_the_conversation_is_not_interrupted(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("你好")
        chat.house.change("UPDATE conversation SET owner = 'counselor'")
        began = time.monotonic()
        said = await chat.say("在吗")

    assert said == []
    assert time.monotonic() - began < 3


async def test_it_is_off_as_long_as_it_is_not_set(build: Build) -> None:
    async with build() as house:
        assert (await house.http.post(PATH, content=b"<xml/>")).status_code == 404

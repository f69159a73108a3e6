"""Telegram's webhook and what comes back to the chat: with the whole app, a real database and a simulated Telegram."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from api.conversations.sealing import Sealer
from bot.channels.telegram import Telegram
from bot.message import ActionResult, Memory, Reply
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say
from tests.fakes.telegram_server import TOKEN, TelegramServer

PHOTO = [{"file_id": "secret-file", "file_unique_id": "b", "width": 1, "height": 1}]
UNSENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL"
NUMBER = "11010519491231002X"


@dataclass
class Chat:
    """A house with Telegram beside it."""

    house: House
    server: TelegramServer

    async def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        return (await self.house.http.post(Telegram.path, content=body, headers=dict(headers))).status_code

    async def deliver(self, **how: Any) -> None:
        """Delivers what waits, and waits until everything is answered and sent."""
        await self.server.deliver(self.post, **how)
        await self.house.until("SELECT count(*) FROM inbox WHERE handled_at IS NULL", [(0,)], 60)
        await self.house.until(UNSENT, [(0,)], 60)

    async def say(self, text: str, chat: int = 7) -> list[str]:
        """What the chat shows from then on."""
        before = len(self.server.texts(chat))
        self.server.update(chat, text)
        await self.deliver()
        return self.server.texts(chat)[before:]


OpenChat = Callable[..., Any]


@pytest.fixture
def open_chat(build: Build) -> OpenChat:
    @asynccontextmanager
    async def opened(rasa: FakeRasa | None = None, **more: Any) -> AsyncIterator[Chat]:
        server = TelegramServer(secret="the-secret")
        given = {"telegram_token": TOKEN, "telegram_secret": "the-secret", **more}
        secret = {name: type_of(value) for name, value in given.items()}
        async with build(rasa=rasa, telegram=server, **secret) as house:
            yield Chat(house, server)

    return opened


def type_of(value: Any) -> Any:
    from pydantic import SecretStr

    return SecretStr(value) if value in (TOKEN, "the-secret") else value


async def test_a_message_is_acknowledged_at_once_and_answered_by_itself(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        first = await chat.say("你好")
        then = await chat.say("再见")

    assert len(first) == 2
    assert "境外" in first[0]
    assert first[1] == "听到：你好"
    assert then == ["听到：再见"]


async def test_strangers_get_403_and_leave_nothing(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        body = json.dumps(chat.server.update(7, "你好")).encode()
        wrong: list[dict[str, Any]] = [
            {},
            {"X-Telegram-Bot-Api-Secret-Token": ""},
            {"X-Telegram-Bot-Api-Secret-Token": "the-secre"},
            {"X-Telegram-Bot-Api-Secret-Token": b"the-secret " + b"\xff"},
            {"X-Telegram-Bot-Api-Secret-Token": "密".encode()},
            {"Authorization": "the-secret"},
        ]
        statuses = [await chat.post(body, headers) for headers in wrong]

        assert statuses == [403] * len(wrong)
        assert chat.house.rows("SELECT (SELECT count(*) FROM inbox), (SELECT count(*) FROM quarantine)") == [(0, 0)]


def hostile(good: dict[str, Any]) -> dict[str, bytes]:
    text = json.dumps(good).encode()

    def changed(**more: Any) -> bytes:
        return json.dumps({**good, "message": {**good["message"], **more}}).encode()

    return {
        "empty": b"",
        "blank": b"  ",
        "not JSON": b"hello",
        "byte order mark": b"\xef\xbb\xbf" + text,
        "UTF-16": json.dumps(good).encode("utf-16"),
        "GBK": json.dumps(good, ensure_ascii=False).encode("gbk"),
        "broken UTF-8": b'{"text": "\xff\xfe"}',
        "deep list": b"[" * 100_000,
        "deep object": b'{"a":' * 40_000,
        "deep and closed": b'{"message":' + b"[" * 40_000 + b"]" * 40_000 + b"}",
        "5,000-digit number": b'{"update_id": ' + b"9" * 5_000 + b"}",
        "update of 2 to the 70": json.dumps({**good, "update_id": 2**70}).encode(),
        "negative update": json.dumps({**good, "update_id": -1}).encode(),
        "update as text": json.dumps({**good, "update_id": "7"}).encode(),
        "update as truth": json.dumps({**good, "update_id": True}).encode(),
        "chat of 2 to the 70": changed(chat={"id": 2**70, "type": "private"}),
        "chat as text": changed(chat={"id": "7", "type": "private"}),
        "NaN": text.replace(b"1790000000", b"NaN"),
        "Infinity": text.replace(b"1790000000", b"-Infinity"),
        "date of the far future": changed(date=10**18),
        "NUL": changed(text="a\x00b"),
        "lone surrogate": text.replace(b"\\u4f60", b"\\ud800"),
        "list": b"[]",
        "null": b"null",
        "string": b'"x"',
        "text as list": changed(text=["x"]),
        "message as list": json.dumps({**good, "message": [1]}).encode(),
        "key twice": b'{"update_id": 1, "update_id": 2}',
        "no chat": json.dumps({"update_id": 5, "message": {"message_id": 1, "date": 1}}).encode(),
    }


async def test_hostile_bodies_are_200_and_kept_apart_and_the_next_is_answered(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        bodies = hostile(chat.server.update(7, "你好"))
        statuses = {name: await chat.post(body, chat.server.headers) for name, body in bodies.items()}
        kept = chat.house.rows("SELECT id::text, channel, sealed, reason FROM quarantine ORDER BY at")
        answered = await chat.say("在吗")

    assert {name for name, status in statuses.items() if status != 200} == set()
    assert len(kept) == len(bodies)
    settings = chat.house.settings
    sealer = Sealer(settings.data_key.get_secret_value(), settings.index_key.get_secret_value())
    assert sealer.open(kept[2][2], f"quarantine\0telegram\0{kept[2][0]}") == b"hello"
    assert {channel for _, channel, _, _ in kept} == {"telegram"}
    assert all(reason.isascii() for *_, reason in kept)
    assert answered[-1] == "听到：在吗"


async def test_what_was_kept_apart_is_thrown_away_in_time(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.post(b"new", chat.server.headers)
        await chat.post(b"old", chat.server.headers)
        old = "UPDATE quarantine SET at = now() - interval '15 days' WHERE id = (SELECT id FROM quarantine LIMIT 1)"
        chat.house.change(old)
    async with open_chat() as chat:
        await chat.house.until("SELECT count(*) FROM quarantine", [(1,)])


async def test_body_over_256_kib_is_413(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        assert await chat.post(b"x" * (256 * 1024 + 1), chat.server.headers) == 413


async def test_each_update_has_one_effect_however_often_and_in_whatever_order_it_comes(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        for number in range(12):
            for person in range(1, 9):
                chat.server.update(person, f"第{number}句")
        chance = random.Random(3)  # noqa: S311
        again = [*chat.server.pending]
        await chat.deliver(chance=chance, twice=0.5)
        chat.server.pending.extend(again)
        await chat.deliver(chance=chance)
        said = chat.house.rows(
            "SELECT c.session_id, t.text FROM transcript t JOIN conversation c ON c.id = t.conversation_id "
            "WHERE t.speaker = 'person' ORDER BY t.id"
        )

    for person in range(1, 9):
        assert [text for session, text in said if session == str(person)] == [f"第{n}句" for n in range(12)]
        assert chat.server.texts(person)[1:] == [f"听到：第{n}句" for n in range(12)]


async def test_who_waits_for_his_answer_sees_that_it_is_made(open_chat: OpenChat) -> None:
    rasa = FakeRasa(go_on=asyncio.Event())
    async with open_chat(rasa) as chat:
        chat.server.update(7, "慢")
        delivering = asyncio.create_task(chat.deliver())
        async with asyncio.timeout(10):
            while "sendChatAction" not in dict(chat.server.calls):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert rasa.go_on is not None
        rasa.go_on.set()
        await delivering
        shown = [given for method, given in chat.server.calls if method == "sendChatAction"]

    assert shown[0] == {"chat_id": "7", "action": "typing"}
    assert chat.server.texts(7)[-1] == "听到：慢"


async def test_typing_that_telegram_refuses_fails_no_turn(open_chat: OpenChat, monkeypatch: pytest.MonkeyPatch) -> None:
    rasa, refused = FakeRasa(go_on=asyncio.Event()), asyncio.Event()
    async with open_chat(rasa) as chat:
        as_usual = chat.server.answer

        async def answer(path: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
            if path.endswith("sendChatAction"):
                refused.set()
                return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
            usual: tuple[int, dict[str, Any]] = await as_usual(path, given)
            return usual

        monkeypatch.setattr(chat.server, "answer", answer)
        chat.server.update(7, "慢")
        delivering = asyncio.create_task(chat.deliver())
        async with asyncio.timeout(10):
            await refused.wait()
        assert rasa.go_on is not None
        rasa.go_on.set()
        await delivering

    assert chat.server.texts(7)[-1] == "听到：慢"


async def test_what_nobody_took_and_comes_again_soon_is_handled_in_its_place(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("你好")
        waiting = [chat.server.update(7, text) for text in ("先说的", "后说的")]
        chat.server.pending.clear()
        first, then = (json.dumps(update).encode() for update in waiting)
        statuses = [await chat.post(then, chat.server.headers)]
        await asyncio.sleep(0.6)  # Longer than what merely overtook it would be waited for.
        statuses.append(await chat.post(first, chat.server.headers))
        await chat.deliver()

    assert statuses == [200, 200]
    assert chat.server.texts(7)[-2:] == ["听到：先说的", "听到：后说的"]


async def test_what_is_left_untaken_at_a_start_comes_before_what_is_new(open_chat: OpenChat) -> None:
    async with open_chat(starting_seconds=3.0) as chat:
        first, then = (json.dumps(chat.server.update(7, text)).encode() for text in ("先说的", "后说的"))
        chat.server.pending.clear()
        await chat.post(then, chat.server.headers)
        await chat.post(first, chat.server.headers)
        await chat.deliver()

    assert chat.server.texts(7)[-2:] == ["听到：先说的", "听到：后说的"]


async def test_a_latecomer_is_handled_and_not_dropped(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        late = json.dumps(chat.server.update(7, "先说的")).encode()
        chat.server.pending.clear()
        await chat.say("后说的")
        await chat.post(late, chat.server.headers)
        await chat.deliver()

    assert chat.server.texts(7)[-2:] == ["听到：后说的", "听到：先说的"]


async def test_what_is_no_text_is_answered_kindly_and_not_kept(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("你好")
        chat.server.update(7, photo=PHOTO)
        await chat.deliver()
        edited = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "改过的秘密"}
        chat.server.put({"edited_message": edited})
        await chat.deliver()
        stored = chat.house.rows("SELECT text FROM transcript ORDER BY id")

    photo, edit = chat.server.texts(7)[-2:]
    assert "身份证" in photo
    assert edit == "改过的话我看不到，请重新发一条。"
    assert [method for method, _ in chat.server.calls if method == "getFile"] == []
    assert not [text for (text,) in stored if "secret-file" in text or "秘密" in text]


async def test_group_is_declined_once_and_left(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        for _ in range(3):
            chat.server.update(-50, "大家好")
        await chat.deliver()
        stored = chat.house.rows("SELECT text FROM transcript")

    assert len(chat.server.texts(-50)) == 1
    assert {given["chat_id"] for method, given in chat.server.calls if method == "leaveChat"} == {"-50"}
    assert not [text for (text,) in stored if "大家好" in text]


async def test_masked_number_is_warned_of_again(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("你好")
        said = await chat.say(f"我的身份证是{NUMBER}")

    assert "境外" in said[-1]
    assert NUMBER not in " ".join(said)


async def test_stop_stops_news_without_asking_rasa(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("/stop")
        stopped = chat.server.texts(7)[-1]

    assert "不主动给您发" in stopped
    assert chat.house.rasa.asked == []


async def test_poster_opens_with_its_question_and_region(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("/start r460000-subsidy")
        (asked,) = chat.house.rasa.asked

    assert asked["message"] == "自主就业退役士兵一次性经济补助金怎么办"
    assert asked["metadata"]["region_hint"] == "460000"


def offering(kind: str) -> Callable[[dict[str, Any]], list[ActionResult]]:
    """A Rasa that counts its questions; each has two choices."""
    count = iter(range(1, 100))

    def answer(asked: dict[str, Any]) -> list[ActionResult]:
        choices = ({"number": 1, "label": "是"}, {"number": 2, "label": "不是"})
        number = next(count)
        reply = Reply.model_validate({"kind": kind, "text": f"第{number}题（{asked['message']}）", "choices": choices})
        return [ActionResult(replies=(reply,), memory=Memory())]

    return answer


async def test_newest_buttons_say_their_number_and_are_always_acknowledged(open_chat: OpenChat) -> None:
    async with open_chat(FakeRasa(offering("question"))) as chat:
        await chat.say("开始")
        chat.server.press(7, chat.server.buttons(7)["2. 不是"])
        await chat.deliver()

    assert chat.server.texts(7)[-1] == "第2题（2）"
    assert [given["callback_query_id"] for method, given in chat.server.calls if method == "answerCallbackQuery"]


async def test_button_pressed_twice_answers_one_question(open_chat: OpenChat) -> None:
    async with open_chat(FakeRasa(offering("question"))) as chat:
        await chat.say("开始")
        button = chat.server.buttons(7)["1. 是"]
        chat.server.press(7, button)
        chat.server.press(7, button)
        await chat.deliver()

    assert chat.server.texts(7)[-2] == "第2题（1）"
    assert "这一题已经过去了" in chat.server.texts(7)[-1]


async def test_older_buttons_of_an_answer_say_their_label_after_days_and_a_restart(open_chat: OpenChat) -> None:
    async with open_chat(FakeRasa(offering("answer"))) as chat:
        chat.house.rasa.answer = lambda asked: [
            say("答", "clarify", choices=[{"number": 1, "label": "户口"}, {"number": 2, "label": "社保"}])
        ]
        await chat.say("开始")
        old = chat.server.buttons(7)["2. 社保"]
        await chat.say("别的")
        chat.house.change("UPDATE outbox SET created_at = created_at - interval '9 days'")
        chat.server.press(7, old)
        await chat.deliver()
        asked = chat.house.rasa.asked[-1]["message"]

    assert asked == "社保"


async def test_buttons_of_another_chat_are_over(open_chat: OpenChat) -> None:
    async with open_chat(FakeRasa(offering("question"))) as chat:
        await chat.say("开始")
        button = chat.server.buttons(7)["1. 是"]
        chat.server.press(8, button)
        await chat.deliver()

    assert "这一题已经过去了" in chat.server.texts(8)[-1]
    assert len(chat.house.rasa.asked) == 1


async def test_blocked_person_gets_the_rest_when_he_writes_again(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        chat.server.blocked.add(7)
        chat.server.update(7, "你好")
        await chat.server.deliver(chat.post)
        await chat.house.until("SELECT count(*) FROM conversation WHERE parked_at IS NOT NULL", [(1,)])
        chat.server.blocked.clear()
        said = await chat.say("我回来了")

    assert said[1:] == ["听到：你好", "听到：我回来了"]


async def test_outage_is_told_once_and_the_answer_follows(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        chat.house.rasa.is_down = True
        chat.server.update(7, "你好")
        await chat.server.deliver(chat.post)
        await chat.house.until("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL", [(1,)])
        chat.house.rasa.is_down = False
        await chat.deliver()

    assert "连不上" in chat.server.texts(7)[0]
    assert chat.server.texts(7)[-1] == "听到：你好"


async def test_polling_acknowledges_only_what_is_stored(open_chat: OpenChat) -> None:
    async with open_chat(telegram_mode="polling") as chat:
        chat.house.change("ALTER TABLE inbox RENAME TO hidden")
        chat.server.update(7, "一")
        chat.server.update(7, "二")
        for _ in range(40):
            await chat.house.http.get("/healthz")
        offsets = {int(given.get("offset", 0)) for method, given in chat.server.calls if method == "getUpdates"}
        chat.house.change("ALTER TABLE hidden RENAME TO inbox")
        await chat.house.until("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL", [(3,)], 15)

    assert offsets == {0}
    assert chat.server.texts(7)[1:] == ["听到：一", "听到：二"]
    assert "deleteWebhook" in [method for method, _ in chat.server.calls]


async def test_address_is_told_at_the_start(open_chat: OpenChat) -> None:
    async with open_chat(public_url="https://tuiyi.example.cn") as chat:
        await chat.say("你好")

    assert chat.server.address == "https://tuiyi.example.cn/channels/telegram/webhook"
    assert chat.server.secret == "the-secret"


async def test_no_log_names_the_token_or_what_was_said(open_chat: OpenChat, caplog: pytest.LogCaptureFixture) -> None:
    from api.logs import configure_logs, mask_everything

    configure_logs("info")
    logging.getLogger().addHandler(caplog.handler)
    async with open_chat(public_url="https://tuiyi.example.cn") as chat:
        chat.server.fault = lambda one, attempt: "error" if attempt == 1 else ""
        await chat.post(b'{"update_id": "secret-words"}', chat.server.headers)
        await chat.say("secret-words")

    shown = [json.dumps(mask_everything(None, "", {"event": line}), ensure_ascii=False) for line in caplog.messages]
    assert not [line for line in shown if TOKEN in line or "secret-words" in line]
    assert TOKEN not in json.dumps(mask_everything(None, "", {"event": f"https://x/bot{TOKEN}/sendMessage"}))


async def test_without_a_token_there_is_no_telegram(house: House) -> None:
    answer = await house.http.post(Telegram.path, content=b"{}")

    assert answer.status_code == httpx.codes.NOT_FOUND


async def test_help_asks_what_there_is_to_ask(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        said = await chat.say("/help")

    assert said[-1] == "听到：你能干什么"


async def test_buttons_work_after_a_restart(open_chat: OpenChat) -> None:
    async with open_chat(FakeRasa(offering("question"))) as chat:
        await chat.say("开始")
        button = chat.server.buttons(7)["1. 是"]
    async with open_chat(FakeRasa(offering("question"))) as chat:
        chat.server.last_update += 100
        chat.server.press(7, button)
        await chat.deliver()

    assert chat.server.texts(7) == ["第1题（1）"]


async def test_counselor_holds_the_talk_and_a_photo_is_still_declined(open_chat: OpenChat) -> None:
    async with open_chat() as chat:
        await chat.say("你好")
        chat.house.change("UPDATE conversation SET owner = 'counselor'")
        silent = await chat.say("在吗")
        chat.server.update(7, photo=PHOTO)
        await chat.deliver()

    assert silent == []
    assert "没有收下" in chat.server.texts(7)[-1]

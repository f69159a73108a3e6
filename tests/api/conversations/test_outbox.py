"""Later replies: pushed in order, signed, until they are taken."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from standardwebhooks import Webhook

from tests.api.conftest import Build, House

URL = "https://line.example/replies"


@dataclass
class Receiver(httpx.AsyncBaseTransport):
    """The line's own address; refuses as often as it is told to."""

    refusals: int = 0
    seen: list[httpx.Request] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.seen.append(request)
        if self.refusals:
            self.refusals -= 1
            return httpx.Response(500)
        self.taken.append(json.loads(request.content))
        return httpx.Response(204)


def add_later(house: House, *texts: str, speaker: str = "counselor") -> None:
    for text in texts:
        reply = json.dumps({"kind": "notice", "text": text})
        house.change(
            "INSERT INTO outbox (conversation_id, position, speaker, reply) "
            "SELECT id, 0, %s, %s::text::jsonb FROM conversation",
            speaker,
            reply,
        )
    house.change("SELECT pg_notify('tuiyi_outbox', '')")


UNSENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL"


async def test_later_replies_are_pushed_in_order_and_signed(build: Build) -> None:
    receiver = Receiver()
    async with build(push=receiver, hotline_push_url=URL) as house:
        await house.line.send("你好", "m-1")
        add_later(house, "一", "二", "三")
        await house.until(UNSENT, [(0,)])

        assert [one["messages"][0]["reply"]["text"] for one in receiver.taken] == ["一", "二", "三"]
        assert {one["session_id"] for one in receiver.taken} == {"s-1"}
        secret = Webhook(house.settings.hotline_secret.get_secret_value())
        for request in receiver.seen:
            secret.verify(request.content, dict(request.headers))


async def test_refused_reply_is_tried_again_and_none_overtakes_it(build: Build) -> None:
    receiver = Receiver(refusals=2)
    async with build(push=receiver, hotline_push_url=URL) as house:
        await house.line.send("你好", "m-1")
        add_later(house, "一", "二")
        await house.until("SELECT attempts FROM outbox ORDER BY id LIMIT 1", [(1,)])
        house.change("UPDATE outbox SET next_try_at = now()")
        house.change("SELECT pg_notify('tuiyi_outbox', '')")
        await house.until("SELECT attempts FROM outbox ORDER BY id LIMIT 1", [(2,)])
        house.change("UPDATE outbox SET next_try_at = now()")
        house.change("SELECT pg_notify('tuiyi_outbox', '')")
        await house.until(UNSENT, [(0,)])

    assert [one["messages"][0]["reply"]["text"] for one in receiver.taken] == ["一", "二"]
    assert len({request.headers["webhook-id"] for request in receiver.seen[:3]}) == 1


async def test_reply_of_the_bot_is_parked_when_a_counselor_has_taken_over(build: Build) -> None:
    receiver = Receiver()
    async with build(push=receiver, hotline_push_url=URL) as house:
        await house.line.send("你好", "m-1")
        house.change("UPDATE conversation SET owner = 'counselor'")
        add_later(house, "机器人说", speaker="bot")
        add_later(house, "工作人员说")
        await house.until(UNSENT, [(0,)])

        assert [one["messages"][0]["reply"]["text"] for one in receiver.taken] == ["工作人员说"]
        assert house.rows("SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL") == [(1,)]

"""The chat page's posts: who may post, and what is taken for a message."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from bot.channels.channel import Unauthorised
from bot.channels.web import COOKIE, NotSendable, Taken, Web

WEB = Web()
NONCE = "n" * 24
TOKEN = WEB.new_token()
OURS = {b"host": b"chat.example", b"cookie": f"{COOKIE}={TOKEN}".encode()}


def body(**fields: object) -> bytes:
    return urlencode({"message_id": NONCE, **fields}).encode()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {b"origin": b"http://chat.example"},
        {b"origin": b"https://CHAT.example"},
        {b"sec-fetch-site": b"same-origin"},
        {b"sec-fetch-site": b"none"},
    ],
)
def test_post_of_our_own_page_is_taken(more: dict[bytes, bytes]) -> None:
    assert WEB.verify({**OURS, **more}) == WEB.session(OURS)


@pytest.mark.parametrize(
    "more",
    [
        {b"origin": b"https://other.example"},
        {b"origin": b"https://chat.example.other.example"},
        {b"origin": b"https://chat.example:8443"},
        {b"origin": b"null"},
        {b"origin": b""},
        {b"origin": b"http://[chat.example"},
        {b"origin": b"\xff"},
        {b"sec-fetch-site": b"cross-site"},
        {b"sec-fetch-site": b"same-site"},
        {b"cookie": b""},
        {b"cookie": b"other=1"},
        {b"cookie": f"{COOKIE}=short".encode()},
        {b"cookie": f"{COOKIE}={'x' * 42}%".encode()},
        {b"cookie": b"\xff\x00=;;;"},
    ],
)
def test_post_of_another_site_or_of_nobody_is_refused(more: dict[bytes, bytes]) -> None:
    with pytest.raises(Unauthorised):
        WEB.verify({**OURS, **more})


def test_session_is_no_key_to_the_chat() -> None:
    session = WEB.session(OURS)

    assert session is not None
    assert TOKEN not in session
    assert WEB.session({b"cookie": f"{COOKIE}={session[:43]}".encode()}) != session


def test_words_are_taken_as_written() -> None:
    posted = WEB.parse(body(text="我是河南的\r\n户口在郑州", after=7))

    assert (posted.text, posted.taken, posted.after) == ("我是河南的\n户口在郑州", None, 7)


def test_choice_names_its_entry_and_number() -> None:
    assert WEB.parse(body(choice="12.3")).taken == Taken(12, 3)


def test_same_words_under_the_same_id_are_the_same_message() -> None:
    assert WEB.parse(body(text="是")).message_id == WEB.parse(body(text="是", after=9)).message_id


def test_other_words_under_an_old_id_are_another_message() -> None:
    ids = {WEB.parse(one).message_id for one in (body(text="是"), body(text="不是"), body(choice="1.1"))}

    assert len(ids) == 3


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        (body(text=""), "empty"),
        (body(text=" \r\n　"), "empty"),
        (body(), "empty"),
        (body(text="长" * 2001), "too_long"),
        (body(text="a\x00b"), "unusable"),
        (body(choice="1"), "unusable"),
        (body(choice="1.99999"), "unusable"),
        (body(choice="¹.1"), "unusable"),
        (body(text="好", message_id="short"), "unusable"),
        (body(text="好", message_id="n" * 65), "unusable"),
        (urlencode({"text": "好"}).encode(), "unusable"),
        (b"message_id=" + NONCE.encode() + b"&text=%ff", "unusable"),
        (b"message_id=" + NONCE.encode() + b"&text=%ED%A0%80", "unusable"),
        ("text=好".encode("gbk"), "unusable"),
        (b"&".join([b"a=1"] * 21), "unusable"),
        (b"{}", "unusable"),
        (b"", "unusable"),
    ],
)
def test_what_is_no_message_is_refused_with_its_reason(posted: bytes, reason: str) -> None:
    with pytest.raises(NotSendable) as refused:
        WEB.parse(posted)

    assert refused.value.reason == reason


def test_longest_message_is_taken() -> None:
    assert len(WEB.parse(body(text="长" * 2000)).text) == 2000


@pytest.mark.parametrize(("written", "after"), [("", 0), ("-1", 0), ("1e3", 0), ("٣", 0), ("9" * 19, 2**63 - 1)])
def test_unusable_cursor_stands_before_everything(written: str, after: int) -> None:
    assert WEB.parse(body(text="好", after=written)).after == after


def test_longest_id_fits_the_inbox() -> None:
    posted = WEB.parse(body(text="好", message_id="n" * 64))

    inbound = WEB.inbound("s", posted.message_id, posted.text, datetime.now(UTC))

    assert (inbound.channel, inbound.session_id) == ("web", "s")

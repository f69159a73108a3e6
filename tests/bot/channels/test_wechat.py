"""WeChat's messages and events as arrivals, and replies as its texts."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.arrivals import Arrival, Asked, Call, Delivery, Opened, Said, Unread
from bot.channels.channel import Unauthorised, Unusable
from bot.channels.wechat import AFTER_AN_EVENT, AFTER_WORDS, WeChat
from bot.message import Choice, Citation, Reply
from bot.wording import load_wording
from tests.fakes.wechat_server import AES_KEY, APP_ID, TOKEN, WeChatServer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
AT = int(NOW.timestamp())
plain_mode = WeChat(APP_ID, TOKEN, "", load_wording("12345"))
safe_mode = WeChat(APP_ID, TOKEN, AES_KEY, load_wording("12345"))
server = WeChatServer(clock=lambda: AT)


def parsed(**fields: str) -> tuple[Arrival, ...]:
    return plain_mode.parse(server.xml("o7", **fields))


def test_words_are_said() -> None:
    said = Said("9", "o7", " 要带什么\n& ]]>", allowance=AFTER_WORDS)

    assert parsed(MsgType="text", Content=" 要带什么\n& ]]>", MsgId="9") == (said,)


def test_nothing_said_brings_nothing() -> None:
    assert parsed(MsgType="text", Content="  ", MsgId="9") == ()


@pytest.mark.parametrize(
    ("kind", "known_as"),
    [("image", "photo"), ("voice", "voice"), ("shortvideo", "voice"), ("location", "other"), ("new", "other")],
)
def test_what_is_no_text_is_named_and_nothing_of_it_is_kept(kind: str, known_as: str) -> None:
    found = parsed(MsgType=kind, MsgId="9", MediaId="secret", PicUrl="http://secret")

    assert found == (Unread("9", "o7", known_as, allowance=AFTER_WORDS),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "key", "arrival"),
    [
        ("subscribe", "", Opened(f"o7.{AT}.subscribe", "o7", "", allowance=AFTER_AN_EVENT)),
        ("subscribe", "qrscene_r410000", Opened(f"o7.{AT}.subscribe", "o7", "r410000", allowance=AFTER_AN_EVENT)),
        ("SCAN", "r460000-subsidy", Opened(f"o7.{AT}.scan", "o7", "r460000-subsidy", allowance=AFTER_AN_EVENT)),
        ("CLICK", "subsidy", Opened(f"o7.{AT}.click", "o7", "subsidy", allowance=AFTER_AN_EVENT)),
        ("CLICK", "help", Asked(f"o7.{AT}.click", "o7", "help", allowance=AFTER_AN_EVENT)),
        ("CLICK", "stop", Unread(f"o7.{AT}.click", "o7", "stop", allowance=AFTER_AN_EVENT)),
    ],
)
def test_events_open_and_ask(event: str, key: str, arrival: Arrival) -> None:
    assert parsed(MsgType="event", Event=event, EventKey=key) == (arrival,)


@pytest.mark.parametrize("event", ["unsubscribe", "LOCATION", "VIEW", "TEMPLATESENDJOBFINISH", ""])
def test_what_is_of_no_concern_brings_nothing(event: str) -> None:
    assert parsed(MsgType="event", Event=event) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  ",
        b"hello",
        b"<xml>",
        b"<xml/>",
        b"<a><b>1</b></a>",
        b"\xef\xbb\xbf<xml/>",
        b"<xml>\xff</xml>",
        b"<?xml version='1.0' encoding='utf-16'?><xml/>",
        b"<!DOCTYPE xml [<!ENTITY a 'b'>]><xml><Content>&a;</Content></xml>",
        b"<!DOCTYPE xml SYSTEM 'file:///etc/passwd'><xml/>",
        b"<?php echo 1?><xml/>",
        b"<xml><Content>&unknown;</Content></xml>",
        b"<xml><Content>&#0;</Content></xml>",
        b"<xml><Content>&#xD800;</Content></xml>",
        b"<xml><MsgId>1</MsgId><MsgId>2</MsgId></xml>",
        b"<xml>" + b"<a>" * 100_000,
        b'{"text": "x"}',
    ],
)
def test_what_is_no_message_is_unusable(body: bytes) -> None:
    with pytest.raises(Unusable):
        plain_mode.parse(body)


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgId": ""},
        {"MsgId": "x"},
        {"MsgId": "9" * 33},
        {"CreateTime": "soon"},
        {"CreateTime": "9" * 13},
        {"MsgType": ""},
        {"ToUserName": ""},
        {"FromUserName": "x" * 65},
    ],
)
def test_what_lacks_a_name_or_a_number_is_unusable(fields: dict[str, str]) -> None:
    with pytest.raises(Unusable):
        parsed(**{"MsgType": "text", "Content": "x", "MsgId": "9", **fields})


@pytest.mark.parametrize("seconds", [-301, 301])
def test_old_and_early_signatures_are_refused(seconds: int) -> None:
    with pytest.raises(Unauthorised):
        plain_mode.verify(Delivery({}, server.query(at=AT + seconds), b""), NOW)


@pytest.mark.parametrize("seconds", [-300, 300])
def test_signatures_of_five_minutes_are_taken(seconds: int) -> None:
    plain_mode.verify(Delivery({}, server.query(at=AT + seconds), b""), NOW)


def test_no_token_lets_nobody_in() -> None:
    with pytest.raises(Unauthorised):
        WeChat(APP_ID, "", "", load_wording("1")).verify(Delivery({}, server.query(), b""), NOW)


def test_message_for_another_account_is_refused() -> None:
    sealing = WeChatServer(AES_KEY, clock=lambda: AT)
    body, query = sealing.sealed(sealing.words("o7", "x"))

    safe_mode.verify(Delivery({}, query, body), NOW)
    with pytest.raises(Unauthorised):
        WeChat("wx_another", TOKEN, AES_KEY, load_wording("1")).verify(Delivery({}, query, body), NOW)


def texts(calls: object) -> list[str]:
    return [call.arguments["text"]["content"] for call in calls]  # type: ignore[attr-defined]


def test_choices_are_digits_and_sources_a_line() -> None:
    source = Citation(guide="g", title="指南", section="四(一)1", doc_no="豫退役〔2024〕1号", valid_from=None)
    choices = (Choice(number=1, label="是"), Choice(number=2, label="不是"))
    reply = Reply(kind="answer", text="要带。", citations=(source,), choices=choices)

    (said,) = texts(plain_mode.render("o7", 5, reply))
    assert said.splitlines()[0] == "要带。"
    assert "豫退役〔2024〕1号 四(一)1" in said.splitlines()[1]
    assert said.splitlines()[2:] == ["1. 是", "2. 不是"]


@given(st.lists(st.text("字a😀。，\n 1", max_size=400), max_size=12).map("".join))
def test_no_text_is_longer_than_wechat_takes_and_nothing_is_lost(text: str) -> None:
    pieces = texts(plain_mode.render("o7", 1, Reply(kind="smalltalk", text=text)))

    assert max((len(piece.encode()) for piece in pieces), default=0) <= 2048
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_source_is_never_cut() -> None:
    source = Citation(guide="g", title="指南", section="四(一)1", doc_no="豫退役〔2024〕1号", valid_from=None)
    for length in range(630, 690):
        pieces = texts(plain_mode.render("o7", 1, Reply(kind="answer", text="字" * length, citations=(source,))))
        assert any("（依据：豫退役〔2024〕1号 四(一)1）" in piece for piece in pieces)


@given(st.text())
def test_the_response_holds_whatever_is_said(text: str) -> None:
    message = server.words("o7", "x")
    call = Call("custom_send", {"touser": "o7", "msgtype": "text", "text": {"content": text}})
    written = ElementTree.fromstring(plain_mode.answer(Delivery({}, {}, message), call, NOW))  # noqa: S314

    shown = "".join(c for c in text if c in "\t\n\r" or c >= " ").replace("\ufffe", "").replace("\uffff", "")
    assert (written.findtext("Content") or "") == shown.replace("\r\n", "\n").replace("\r", "\n")
    assert (written.findtext("ToUserName"), written.findtext("FromUserName")) == ("o7", "gh_account")

"""Telegram's updates as arrivals, and replies as its messages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from bot.channels.arrivals import Arrival, Asked, Chosen, Delivery, Opened, Said, Unread
from bot.channels.channel import Unauthorised, Unusable
from bot.channels.telegram import Telegram
from bot.message import Choice, Citation, Reply
from bot.text_message import units
from bot.wording import load_wording

CHAT = {"id": 7, "type": "private", "first_name": "老兵"}
NOW = datetime(2026, 11, 22, tzinfo=UTC)
telegram = Telegram("the-secret", load_wording("12345"))


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_790_000_000, "chat": CHAT, **more}


def parsed(content: dict[str, Any], number: Any = 11) -> tuple[Arrival, ...]:
    return telegram.parse(json.dumps({"update_id": number, **content}).encode())


def delivery(**headers: bytes) -> Delivery:
    return Delivery({name.replace("_", "-").encode(): value for name, value in headers.items()}, {}, b"{}")


def test_only_the_secret_lets_in() -> None:
    telegram.verify(delivery(x_telegram_bot_api_secret_token=b"the-secret"), NOW)


@pytest.mark.parametrize("given", [b"", b"the-secre", b"The-secret", "the-secret密".encode(), b"\xff\xfe"])
def test_other_secrets_are_refused(given: bytes) -> None:
    with pytest.raises(Unauthorised):
        telegram.verify(delivery(x_telegram_bot_api_secret_token=given), NOW)


def test_no_secret_lets_nobody_in() -> None:
    for headers in ({}, {"x_telegram_bot_api_secret_token": b""}):
        with pytest.raises(Unauthorised):
            Telegram("", load_wording("1")).verify(delivery(**headers), NOW)


def test_words_are_said() -> None:
    assert parsed({"message": message(text="户口注销证明要不要带")}) == (
        Said("11.5", "7", "户口注销证明要不要带", rank=11),
    )


@pytest.mark.parametrize(
    ("text", "arrival"),
    [
        ("/start", Opened("11.5", "7", "", rank=11)),
        ("/start r460000-subsidy", Opened("11.5", "7", "r460000-subsidy", rank=11)),
        ("/start@tuiyi_bot r460000", Opened("11.5", "7", "r460000", rank=11)),
        ("/help", Asked("11.5", "7", "help", rank=11)),
        ("/stop", Unread("11.5", "7", "stop", rank=11)),
        ("/unknown", Said("11.5", "7", "/unknown", rank=11)),
        ("1/2", Said("11.5", "7", "1/2", rank=11)),
    ],
)
def test_commands(text: str, arrival: Arrival) -> None:
    assert parsed({"message": message(text=text)}) == (arrival,)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("photo", {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}),
        ("voice", {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}),
        ("file", {"document": {"file_id": "a", "file_unique_id": "b"}}),
        ("other", {"location": {"latitude": 1.0, "longitude": 2.0}}),
        ("other", {"contact": {"phone_number": "13800138000", "first_name": "x"}}),
    ],
)
def test_what_is_no_text_is_named_and_nothing_of_it_is_kept(kind: str, content: dict[str, Any]) -> None:
    assert parsed({"message": message(**content)}) == (Unread("11.5.unread", "7", kind, rank=11),)  # type: ignore[arg-type]


def test_the_words_below_a_photo_are_said_behind_it() -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    found = parsed({"message": message(photo=photo, caption="这个要带吗")})

    assert found == (Unread("11.5.unread", "7", "photo", rank=11), Said("11.5", "7", "这个要带吗", rank=11))


def test_edits_are_noticed_but_not_read() -> None:
    assert parsed({"edited_message": message(text="改过")}) == (Unread("11.edit", "7", "edit", rank=11),)


def test_groups_are_declined_whatever_they_say() -> None:
    group = {"id": -9, "type": "supergroup", "title": "战友"}
    member = {"user": {"id": 1, "is_bot": True, "first_name": "b"}, "status": "member"}
    invited = {
        "chat": group,
        "from": {"id": 7, "is_bot": False, "first_name": "x"},
        "date": 1_790_000_000,
        "old_chat_member": {**member, "status": "left"},
        "new_chat_member": member,
    }

    assert parsed({"message": {**message(text="大家好"), "chat": group}}) == (Unread("11.5", "-9", "group", rank=11),)
    assert parsed({"my_chat_member": invited}) == (Unread("11.invited", "-9", "group", rank=11),)
    assert parsed({"my_chat_member": {**invited, "chat": CHAT}}) == ()


@pytest.mark.parametrize(
    "content", [{}, {"channel_post": message(text="x")}, {"message": message(delete_chat_photo=True)}]
)
def test_what_is_of_no_concern_brings_nothing(content: dict[str, Any]) -> None:
    assert parsed(content) == ()


def pressed(data: str | None) -> Arrival:
    person = {"id": 7, "is_bot": False, "first_name": "x"}
    query = {"id": "q", "from": person, "chat_instance": "1", "message": message(), "data": data}
    (arrival,) = parsed({"callback_query": query})
    assert arrival.afterwards is not None
    assert arrival.afterwards.arguments == {"callback_query_id": "q"}
    return arrival


def test_button_names_the_offer_and_the_number() -> None:
    arrival = pressed("o123.2")

    assert isinstance(arrival, Chosen)
    assert (arrival.offer, arrival.number, arrival.session_id) == (123, 2, "7")


@pytest.mark.parametrize("data", ["", "x", "o0.1", "o1.1000", "o99999999999999999999.1", "o１.1", None, "o1.1\n"])
def test_buttons_that_are_not_ours_are_over(data: str | None) -> None:
    arrival = pressed(data)

    assert isinstance(arrival, Unread)
    assert arrival.kind == "choice_gone"


def reply(text: str = "好", **more: Any) -> Reply:
    return Reply(kind="question", text=text, **more)


def labels(shown: Any) -> list[list[str]]:
    return [[one.text for one in row] for row in shown.arguments["reply_markup"].inline_keyboard]


def test_choices_are_buttons_that_name_their_message() -> None:
    choices = (Choice(number=1, label="是"), Choice(number=2, label="不是"))
    (call,) = telegram.render("7", 42, reply("您是吗？", choices=choices))

    assert call.arguments["text"] == "您是吗？"
    assert labels(call) == [["1. 是"], ["2. 不是"]]
    assert call.arguments["reply_markup"].inline_keyboard[1][0].callback_data == "o42.2"
    assert call.arguments["link_preview_options"].is_disabled
    assert "parse_mode" not in call.arguments


def test_long_labels_stand_in_the_text_above_numbers() -> None:
    choices = tuple(Choice(number=n, label="很长的选项" * 10) for n in range(1, 8))
    (call,) = telegram.render("7", 42, reply(choices=choices))

    assert "3. 很长的选项" in call.arguments["text"]
    assert labels(call) == [["1", "2", "3", "4", "5"], ["6", "7"]]


def test_long_replies_are_divided_and_the_source_stays_whole() -> None:
    citation = Citation(guide="g", title="办理指南", doc_no="豫退〔2024〕63号", section="五(二)6", valid_from=None)
    long = Reply(kind="answer", text="\n".join(["一二三四五六七八九🎖。" * 30] * 40), citations=(citation,))
    calls = telegram.render("7", 42, long)
    texts = [call.arguments["text"] for call in calls]

    assert len(texts) > 3
    assert max(map(units, texts)) <= 4096
    assert texts[-1].splitlines()[-1] == "（依据：豫退〔2024〕63号 五(二)6）"
    assert "".join("".join(texts).split()) == "".join(f"{long.text}（依据：豫退〔2024〕63号 五(二)6）".split())


def test_a_group_is_left_behind_the_last_word() -> None:
    assert [one.method for one in telegram.render("-9", 1, reply(data={"leaves": True}))] == [
        "send_message",
        "leave_chat",
    ]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["chat", "id", "type", "text", "message_id", "date", "from", "data", "message", "photo", "sticker"]
)
PARTS = st.dictionaries(NAMES | st.text(max_size=5), JUNK | st.dictionaries(NAMES, JUNK, max_size=5), max_size=6)
KINDS = st.sampled_from(["update_id", "message", "edited_message", "callback_query", "my_chat_member"])


@trying(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=60)
    | st.dictionaries(KINDS, JUNK | PARTS, max_size=4).map(lambda one: json.dumps(one).encode())
    | PARTS.map(lambda one: json.dumps({"update_id": 1, "message": {**message(), **one}}).encode())
)
def test_any_body_is_arrivals_or_unusable(body: bytes) -> None:
    try:
        arrivals = telegram.parse(body)
    except Unusable as error:
        assert str(error).isascii()
    else:
        assert all(isinstance(one, Arrival) for one in arrivals)

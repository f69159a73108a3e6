"""Replies as the channels show them, made by the channels' own code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.plain_text import plain, standing_alone
from bot.channels.telegram import Telegram
from bot.channels.wechat import WeChat
from bot.message import Form, Reply
from bot.operator_line import for_operator
from bot.text_message import part_count
from bot.wording import Wording

NOBODY = "1"


@dataclass(frozen=True)
class Button:
    """A choice that can be pressed; number: what pressing it says."""

    number: int
    label: str


@dataclass(frozen=True)
class Bubble:
    """One message as it arrives. parts: how many text messages it takes, where that counts."""

    text: str
    source: str = ""
    buttons: tuple[Button, ...] = ()
    parts: int = 0


@dataclass(frozen=True)
class Line:
    """A channel that can be tried. name: of the channel in code; form, operator: what the line asks for."""

    name: str
    show: Callable[[Sequence[Reply], Wording], list[Bubble]]
    form: Form | None = None
    operator: bool = False


def _hotline(replies: Sequence[Reply], wording: Wording) -> list[Bubble]:
    return [_counted(standing_alone(one, wording)) for one in replies]


def _operator(replies: Sequence[Reply], wording: Wording) -> list[Bubble]:
    return [_counted(for_operator(one, wording)) for one in replies]


def _counted(reply: Reply) -> Bubble:
    return Bubble(reply.text, parts=part_count(reply.text) if reply.form == "text_message" else 0)


def _web(replies: Sequence[Reply], wording: Wording) -> list[Bubble]:
    found = []
    for one in replies:
        said = plain(one, wording)
        buttons = tuple(Button(choice.number, choice.label) for choice in one.choices)
        found.append(Bubble(said.text, said.source or "", buttons))
    return found


def _telegram(replies: Sequence[Reply], wording: Wording) -> list[Bubble]:
    channel = Telegram("", wording)
    return [
        _sent(call.arguments) for one in replies for call in channel.render(NOBODY, 1, one) if "text" in call.arguments
    ]


def _sent(message: Mapping[str, Any]) -> Bubble:
    keyboard = message.get("reply_markup")
    rows = getattr(keyboard, "inline_keyboard", ())
    pressed = [button for row in rows for button in row]
    buttons = tuple(Button(int(str(one.callback_data).rpartition(".")[2]), one.text) for one in pressed)
    return Bubble(str(message["text"]), buttons=buttons)


def _wechat(replies: Sequence[Reply], wording: Wording) -> list[Bubble]:
    channel = WeChat("", "", "", wording)
    return [Bubble(call.arguments["text"]["content"]) for one in replies for call in channel.render(NOBODY, 1, one)]


LINES: dict[str, Line] = {
    "web": Line("web", _web),
    "hotline": Line("hotline", _hotline),
    "text_message": Line("hotline", _hotline, form="text_message"),
    "operator": Line("hotline", _operator, operator=True),
    "telegram": Line("telegram", _telegram),
    "wechat": Line("wechat", _wechat),
}
"""By the name that the page uses."""

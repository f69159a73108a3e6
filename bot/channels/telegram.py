"""Telegram: updates of the Bot API in, messages with buttons out. `telegram` is only parser and builder here.

Set-up and deep links: README, Telegram. Nothing of a photo, a voice or a file is kept, not even its id.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from datetime import datetime

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
)

from bot.channels.arrivals import Arrival, Asked, Call, Chosen, Delivery, NotText, Opened, Said, Unread
from bot.channels.channel import Unauthorised, Unusable
from bot.channels.plain_text import plain
from bot.channels.strict_json import is_storable, read_object
from bot.message import Choice, Reply
from bot.text_message import split_text, units
from bot.wording import Wording

SECRET_HEADER = b"x-telegram-bot-api-secret-token"
WANTED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
LONGEST_TEXT_UNITS = 4096
LONGEST_BUTTON_UNITS = 40
"""A longer label is cut on a telephone, so it stands in the text and the button bears its number."""
MOST_BUTTONS = 100
LARGEST_NUMBER = 2**63 - 1

_COMMAND = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
_BUTTON = re.compile(r"o(?P<offer>[1-9][0-9]{0,18})\.(?P<number>[0-9]{1,3})", re.ASCII)
_KINDS: tuple[tuple[NotText, tuple[str, ...]], ...] = (
    ("sticker", ("sticker",)),
    ("photo", ("photo",)),
    ("voice", ("voice", "audio", "video_note")),
    ("file", ("document", "video", "animation")),
)
_MISSHAPEN = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What the parser raises for JSON that is no update."""


class Telegram:
    """The bot's own chats with people. Groups are declined."""

    name = "telegram"
    path = "/channels/telegram/webhook"
    receipt = b""
    typing_seconds = 4.5

    def __init__(self, secret: str, wording: Wording) -> None:
        """`secret`: what Telegram shows in its header with each update."""
        self._secret = secret.encode()
        self._wording = wording

    def verify(self, delivery: Delivery, now: datetime) -> None:
        """Raises Unauthorised unless the secret header is right. Telegram signs nothing and names no time."""
        if not hmac.compare_digest(delivery.headers.get(SECRET_HEADER, b""), self._secret) or not self._secret:
            raise Unauthorised("the secret header is missing or wrong")

    def parse(self, body: bytes) -> tuple[Arrival, ...]:
        """What an update brings; nothing for kinds of updates that we did not ask for. Raises Unusable."""
        written = read_object(body)
        pressed = written.get("callback_query")
        if isinstance(pressed, dict):
            pressed.setdefault("chat_instance", "")  # Of use for games alone, but the parser insists on it.
        try:
            update = Update.de_json(written)
            arrivals = _arrivals(update)
        except _MISSHAPEN:
            raise Unusable("body must be an update of the Bot API") from None
        for one in arrivals:
            texts = (one.text if isinstance(one, Said) else "", one.message_id, one.session_id)
            if not all(map(is_storable, texts)) or len(one.message_id) > 128 or len(one.session_id) > 128:
                raise Unusable("texts must be Unicode without NUL, ids of usual length")
            if type(one.rank) is not int or not 0 <= one.rank <= LARGEST_NUMBER:
                raise Unusable("update_id: must be a number of 63 bits")
        return arrivals

    def number(self, body: bytes) -> int | None:
        """The number of an update, which is counted over all chats."""
        try:
            number = read_object(body).get("update_id")
        except Unusable:
            return None
        return number if type(number) is int and 0 <= number <= LARGEST_NUMBER else None

    def typing(self, session_id: str) -> Call:
        """Shows that somebody writes, for five seconds or until a message comes."""
        return Call("send_chat_action", {"chat_id": int(session_id), "action": "typing"})

    def render(self, session_id: str, offer: int, reply: Reply) -> Sequence[Call]:
        """The messages that say the reply, in plain text; the buttons hang on the last."""
        shown = plain(reply, self._wording)
        fit = [units(line) <= LONGEST_BUTTON_UNITS for line in shown.choices]
        lines = () if all(fit) and len(fit) <= MOST_BUTTONS else shown.choices
        whole = "\n".join([shown.text, *([shown.source] if shown.source else []), *lines])
        pieces = split_text(whole, LONGEST_TEXT_UNITS)
        calls = [_message(session_id, piece) for piece in pieces[:-1]]
        keyboard = _keyboard(offer, reply.choices, () if lines else shown.choices)
        calls += [_message(session_id, piece, keyboard) for piece in pieces[-1:]]
        if reply.data.get("leaves"):
            calls.append(Call("leave_chat", {"chat_id": int(session_id)}))
        return calls


def _message(session_id: str, text: str, keyboard: InlineKeyboardMarkup | None = None) -> Call:
    arguments = {
        "chat_id": int(session_id),
        "text": text,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
    }
    return Call("send_message", arguments | ({"reply_markup": keyboard} if keyboard else {}))


def _keyboard(offer: int, choices: Sequence[Choice], lines: Sequence[str]) -> InlineKeyboardMarkup | None:
    """A row for each label, or the numbers in rows of five where the labels stand in the text."""
    if not choices or len(choices) > MOST_BUTTONS:
        return None
    labels = lines or [str(choice.number) for choice in choices]
    buttons = [
        InlineKeyboardButton(label, callback_data=f"o{offer}.{choice.number}")
        for label, choice in zip(labels, choices, strict=True)
    ]
    width = 1 if lines else 5
    return InlineKeyboardMarkup([buttons[start : start + width] for start in range(0, len(buttons), width)])


def _arrivals(update: Update) -> tuple[Arrival, ...]:
    if update.callback_query:
        return (_chosen(update.update_id, update.callback_query),)
    if update.message:
        return _said(update.update_id, update.message)
    if update.edited_message:
        return _edited(update.update_id, update.edited_message)
    if update.my_chat_member:
        return _invited(update.update_id, update.my_chat_member)
    return ()


def _said(number: int, message: Message) -> tuple[Arrival, ...]:
    session, name = _session(message.chat.id), f"{number}.{int(message.message_id)}"
    if message.chat.type != "private":
        return (Unread(name, session, "group", rank=number),)
    kind = _kind(message)
    text = message.text or message.caption or ""
    arrivals: list[Arrival] = [Unread(f"{name}.unread", session, kind, rank=number)] if kind else []
    if text:
        arrivals.append(_words(name, session, text, number))
    return tuple(arrivals)


def _words(name: str, session: str, text: str, rank: int) -> Arrival:
    command = _COMMAND.fullmatch(text.strip())
    match command["name"].lower() if command else "":
        case "start":
            return Opened(name, session, ((command and command["rest"]) or "").strip()[:64], rank=rank)
        case "help":
            return Asked(name, session, "help", rank=rank)
        case "stop":
            return Unread(name, session, "stop", rank=rank)
    return Said(name, session, text, rank=rank)


def _kind(message: Message) -> NotText | None:
    """What the message is beside its words; None for words and for what Telegram says by itself in a chat."""
    found = next((kind for kind, names in _KINDS if any(getattr(message, name) for name in names)), None)
    return found or ("other" if message.effective_attachment else None)


def _edited(number: int, message: Message) -> tuple[Arrival, ...]:
    """Words that were changed. A place that moves on the map is an edit too, and of no concern."""
    if message.chat.type != "private" or not (message.text or message.caption):
        return ()
    return (Unread(f"{number}.edit", _session(message.chat.id), "edit", rank=number),)


def _invited(number: int, change: ChatMemberUpdated) -> tuple[Arrival, ...]:
    if change.chat.type == "private" or change.new_chat_member.status not in ("member", "administrator"):
        return ()
    return (Unread(f"{number}.invited", _session(change.chat.id), "group", rank=number),)


def _chosen(number: int, query: CallbackQuery) -> Arrival:
    session = _session(query.message.chat.id if query.message else query.from_user.id)
    name, answer = f"{number}.choice", Call("answer_callback_query", {"callback_query_id": query.id})
    named = _BUTTON.fullmatch(query.data or "")
    if named is None or int(named["offer"]) > LARGEST_NUMBER:
        return Unread(name, session, "choice_gone", rank=number, afterwards=answer)
    offer, choice = int(named["offer"]), int(named["number"])
    return Chosen(name, session, offer, choice, rank=number, afterwards=answer)


def _session(chat: int) -> str:
    """A chat by its number. Raises ValueError for what no chat can be."""
    if not isinstance(chat, int) or isinstance(chat, bool) or abs(chat) > LARGEST_NUMBER:
        raise ValueError("not a chat")
    return str(chat)

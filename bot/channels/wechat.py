"""A WeChat Official Account: signed XML in, plain or sealed; texts out, in the response or by customer service.

Nothing of a picture, a voice or a file is kept, not even its id. Source: developers.weixin.qq.com, 公众号.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.channels.arrivals import Allowance, Arrival, Asked, Call, Delivery, NotText, Opened, Said, Unread
from bot.channels.channel import Unauthorised, Unusable
from bot.channels.plain_text import plain
from bot.channels.strict_xml import read_flat
from bot.channels.wechat_cipher import Envelope, is_signed, signature_of
from bot.message import Reply
from bot.text_message import split_text, utf8_bytes
from bot.wording import Wording

TOLERANCE_SECONDS = 300
LONGEST_TEXT_BYTES = 2048
ROOM_BYTES = 160
"""Left in every message for what the last one says of how to go on."""
LONGEST_ECHO = 256
AFTER_WORDS = Allowance(5, timedelta(hours=48))
AFTER_AN_EVENT = Allowance(3, timedelta(minutes=1))
"""What customer-service messages may follow; the response itself is not counted."""

_KINDS: dict[str, NotText] = {
    "image": "photo",
    "voice": "voice",
    "video": "voice",
    "shortvideo": "voice",
    "file": "file",
}
_SCENE = "qrscene_"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""


class WeChat:
    """One account. Choices are answered by their digits."""

    name = "wechat"
    path = "/channels/wechat/messages"
    receipt = b""
    answers_within_seconds = 4.0
    """WeChat waits five, then it delivers again."""

    def __init__(self, app_id: str, token: str, aes_key: str, wording: Wording) -> None:
        """`aes_key`: the EncodingAESKey of the safe mode; empty in plain mode."""
        self._token = token.encode()
        self._envelope = Envelope(aes_key, app_id) if aes_key else None
        self._wording = wording

    def verify(self, delivery: Delivery, now: datetime) -> None:
        """Raises Unauthorised unless WeChat signed it within five minutes; in safe mode the body is signed too."""
        if self._envelope is None:
            self._check(delivery, now, "signature")
            return
        try:
            sealed = read_flat(delivery.body).get("Encrypt", "").encode()
        except Unusable:
            sealed = b""
        if not sealed:
            raise Unauthorised("the body is not sealed")
        self._check(delivery, now, "msg_signature", sealed)
        self._envelope.open(sealed)

    def echo(self, delivery: Delivery, now: datetime) -> bytes:
        """What WeChat wants to hear when it asks for the first time whether this is us. Raises Unauthorised."""
        self._check(delivery, now, "signature")
        return delivery.query.get("echostr", "")[:LONGEST_ECHO].encode("utf-8", "replace")

    def parse(self, body: bytes) -> tuple[Arrival, ...]:
        """What a message or an event brings; nothing for events of no concern. Raises Unusable."""
        fields = self._opened(body)
        person, at, kind = (fields.get(name, "") for name in ("FromUserName", "CreateTime", "MsgType"))
        if not 0 < len(person) <= 64 or not fields.get("ToUserName") or not re.fullmatch(r"[0-9]{1,12}", at):
            raise Unusable("FromUserName, ToUserName and CreateTime are required")
        if not kind:
            raise Unusable("MsgType is required")
        if kind == "event":
            found = _event(fields, person, f"{person}.{at}.{fields.get('Event', '').lower()[:32]}")
        elif re.fullmatch(r"[0-9]{1,32}", fields.get("MsgId", "")):
            found = _message(fields, person, fields["MsgId"], kind)
        else:
            raise Unusable("MsgId: must be a number")
        return (found,) if found else ()

    def render(self, session_id: str, offer: int, reply: Reply) -> Sequence[Call]:
        """The customer-service messages that say the reply, in plain text with numbered choices."""
        pieces = split_text(plain(reply, self._wording).whole, LONGEST_TEXT_BYTES - ROOM_BYTES, utf8_bytes)
        return [
            Call("custom_send", {"touser": session_id, "msgtype": "text", "text": {"content": piece}})
            for piece in pieces
        ]

    def as_last(self, call: Call, has_more: bool) -> Call:
        """The same message, saying how to go on, because it is the last that may be sent. has_more: more waits."""
        said = f"{call.arguments['text']['content']}\n{self._wording.say('wechat.more' if has_more else 'wechat.last')}"
        return Call(call.method, {**call.arguments, "text": {"content": said}})

    def answer(self, delivery: Delivery, call: Call, now: datetime) -> bytes:
        """The same message as a response to a delivery."""
        fields = self._opened(delivery.body)
        at = str(int(now.timestamp()))
        texts = {
            "ToUserName": fields["FromUserName"],
            "FromUserName": fields["ToUserName"],
            "CreateTime": at,
            "MsgType": "text",
            "Content": call.arguments["text"]["content"],
        }
        message = _written(texts)
        if self._envelope is None:
            return message
        sealed, nonce = self._envelope.seal(message, secrets.token_bytes(16)), secrets.token_hex(8)
        signature = signature_of(self._token, at.encode(), nonce.encode(), sealed).decode()
        return _written({"Encrypt": sealed.decode(), "MsgSignature": signature, "TimeStamp": at, "Nonce": nonce})

    def _opened(self, body: bytes) -> dict[str, str]:
        """The fields of a verified body. Raises Unusable."""
        fields = read_flat(body)
        if self._envelope is None:
            return fields
        try:
            return read_flat(self._envelope.open(fields.get("Encrypt", "").encode()))
        except Unauthorised as error:
            raise Unusable(str(error)) from None

    def _check(self, delivery: Delivery, now: datetime, name: str, *more: bytes) -> None:
        given = (delivery.query.get(one, "").encode("utf-8", "replace") for one in (name, "timestamp", "nonce"))
        signature, timestamp, nonce = given
        if not self._token or not is_signed(signature, self._token, timestamp, nonce, *more):
            raise Unauthorised(f"{name} is missing or wrong")
        if not re.fullmatch(rb"[0-9]{1,12}", timestamp) or abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
            raise Unauthorised("timestamp is more than five minutes away")


def _message(fields: dict[str, str], person: str, number: str, kind: str) -> Arrival | None:
    if kind == "text":
        text = fields.get("Content", "")
        return Said(number, person, text, allowance=AFTER_WORDS) if text.strip() else None
    return Unread(number, person, _KINDS.get(kind, "other"), allowance=AFTER_WORDS)


def _event(fields: dict[str, str], person: str, name: str) -> Arrival | None:
    """A menu's key is what a poster's scene is: the word of a deep link, beside `help` and `stop`."""
    key = fields.get("EventKey", "").removeprefix(_SCENE)[:64]
    match fields.get("Event", "").lower(), key:
        case "click", "help":
            return Asked(name, person, "help", allowance=AFTER_AN_EVENT)
        case "click", "stop":
            return Unread(name, person, "stop", allowance=AFTER_AN_EVENT)
        case "subscribe" | "scan" | "click", _:
            return Opened(name, person, key, allowance=AFTER_AN_EVENT)
    return None


def _written(texts: dict[str, str]) -> bytes:
    """A flat element. Every text stands in sections that end nowhere but at their end."""
    fields = (f"<{name}><![CDATA[{_harmless(text)}]]></{name}>" for name, text in texts.items())
    return f"<xml>{''.join(fields)}</xml>".encode()


def _harmless(text: str) -> str:
    return _CONTROLS.sub("", text).replace("]]>", "]]]]><![CDATA[>")

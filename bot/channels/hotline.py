"""The text channel of a 12345-style hotline: signed JSON in, replies in the response.

Signature: Standard Webhooks. The same class serves the terminal under another name and secret.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.channels.channel import Unusable
from bot.channels.signature import Signer
from bot.channels.strict_json import is_storable, read_object
from bot.masking import mask
from bot.message import Form, Inbound, Reply, TurnResult
from bot.normalise import normalise
from bot.text_message import part_count
from bot.waiting import PHONES


def _storable(text: str) -> str:
    if not is_storable(text):
        raise ValueError("must be Unicode text without NUL")
    return text


def _number(caller: str | None) -> str | None:
    """A telephone number that can be called, as digits; whatever else a line knows a caller by is none."""
    found = mask(normalise(caller or "")).found
    return found[0].value if len(found) == 1 and found[0].kind in PHONES else None


UNSHOWN = {"form", "brief", "why"}
"""Of a reply, what is not for the line."""
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=128), AfterValidator(_storable)]


class HotlineMessage(BaseModel):
    """The body of a message. Fields that we do not know are left alone, so that a line may send more."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)

    message_id: Identifier
    session_id: Identifier
    text: Annotated[str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(_storable)]
    region: Annotated[str, StringConstraints(max_length=100), AfterValidator(_storable)] | None = None
    operator: bool | None = None
    form: Form | None = None
    caller: Annotated[str, StringConstraints(max_length=40), AfterValidator(_storable)] | None = None


class Hotline:
    """A line that signs with one secret (whsec_ + base64)."""

    def __init__(
        self,
        secret: str,
        name: str = "hotline",
        shown: Callable[[Reply], Reply] = lambda reply: reply,
        shown_to_operator: Callable[[Reply], Reply] = lambda reply: reply,
    ) -> None:
        """`shown` gives a reply the form in which this line shows it, to a caller himself or to an operator."""
        self.name = name
        self.path = f"/channels/{name}/messages"
        self.later_path = f"/channels/{name}/sessions/{{session_id}}/messages"
        self._signer = Signer(secret)
        self._shown = shown
        self._shown_to_operator = shown_to_operator

    def verify(self, headers: Mapping[bytes, bytes], body: bytes, now: datetime) -> None:
        """Raises Unauthorised for a signature that is missing, wrong, or older or newer than five minutes."""
        self._signer.verify(headers, body, now)

    def sign(self, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
        """The headers that prove a body to the other side, signed at an instant."""
        return self._signer.sign(message_id, at, body)

    def parse(self, body: bytes, received_at: datetime) -> Inbound:
        """The message in a verified body. Raises Unusable."""
        try:
            message = HotlineMessage.model_validate(read_object(body))
        except ValidationError as error:
            faults = error.errors(include_input=False, include_url=False, include_context=False)
            raise Unusable("; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in faults)) from None
        hint = (message.region or "").strip()
        return Inbound(
            channel=self.name,
            message_id=message.message_id,
            session_id=message.session_id,
            text=message.text,
            received_at=received_at,
            region_hint=hint or None,
            operator=message.operator or False,
            form=message.form,
            caller=_number(message.caller),
        )

    def render(self, inbound: Inbound, result: TurnResult) -> dict[str, Any]:
        """The response to a message."""
        replies = tuple(self._as_wanted(reply, inbound.operator) for reply in result.replies)
        shown = result.model_copy(update={"replies": replies})
        return shown.model_dump(mode="json", exclude={"replies": {"__all__": UNSHOWN}})

    def render_later(self, replies: list[tuple[int, Reply]], to_operator: bool = False) -> dict[str, Any]:
        """The response that lists replies with their cursors."""
        shown = [
            (cursor, self._as_wanted(reply, to_operator).model_dump(mode="json", exclude=UNSHOWN))
            for cursor, reply in replies
        ]
        return {"messages": [{"cursor": cursor, "reply": reply} for cursor, reply in shown]}

    def _as_wanted(self, reply: Reply, to_operator: bool) -> Reply:
        """The reply as this line shows it; one in the form of a text message says how many parts it takes."""
        shown = (self._shown_to_operator if to_operator else self._shown)(reply)
        if shown.form != "text_message":
            return shown
        return shown.model_copy(update={"data": {**shown.data, "parts": part_count(shown.text)}})

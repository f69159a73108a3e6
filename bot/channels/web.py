"""The chat page's way in: a form post of the same site, from a browser that carries a session cookie.

The same form serves a browser with and without JavaScript. What the page shows is made in `web_page.py`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlsplit

from bot.channels.channel import Unauthorised, Unusable
from bot.channels.strict_json import is_storable
from bot.message import Inbound

COOKIE = "tuiyi_chat"
COOKIE_SECONDS = 180 * 24 * 3600
MOST_CHARACTERS = 2_000
MOST_FIELDS = 20
LARGEST_ID = 2**63 - 1


class NotSendable(Unusable):
    """The person can mend this: `reason` is `empty`, `too_long` or `unusable`; `text` goes back into the box."""

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"text: {reason}")
        self.reason = reason
        self.text = text


@dataclass(frozen=True)
class Taken:
    """A choice as the page names it: the entry that offered it, and its number."""

    entry: int
    number: int


@dataclass(frozen=True)
class Posted:
    """One message as the page posts it: words, or a choice."""

    message_id: str
    text: str
    taken: Taken | None
    after: int
    """The newest entry that the page shows, so that the response need not repeat it."""


class Web:
    """The chat page as a channel."""

    name = "web"
    path = "/channels/web/messages"

    def verify(self, headers: Mapping[bytes, bytes]) -> str:
        """The session of a request that changes something. Raises Unauthorised.

        Another site can neither read the cookie nor send it with a post (SameSite=Lax); where the browser says from
        where a post comes, that is checked too. `headers`: lower-case names.
        """
        origin = headers.get(b"origin")
        if origin is not None:
            if not _same_host(origin, headers.get(b"host", b"")):
                raise Unauthorised("the post comes from another site")
        elif headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
            raise Unauthorised("the post comes from another site")
        session = self.session(headers)
        if session is None:
            raise Unauthorised(f"the cookie {COOKIE} is missing")
        return session

    def session(self, headers: Mapping[bytes, bytes]) -> str | None:
        """The session that the browser belongs to; a digest, so that the database alone opens nobody's chat."""
        token = self.token(headers)
        return hashlib.sha256(token.encode()).hexdigest() if token else None

    def token(self, headers: Mapping[bytes, bytes]) -> str | None:
        """The secret in the cookie, when it is one that we may have given."""
        try:
            morsel = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
        except CookieError:
            return None
        return morsel.value if morsel and re.fullmatch(r"[A-Za-z0-9_-]{43}", morsel.value) else None

    def new_token(self) -> str:
        """A secret for a browser that has none."""
        return secrets.token_urlsafe(32)

    def parse(self, body: bytes) -> Posted:
        """The message in a body of the type application/x-www-form-urlencoded. Raises NotSendable."""
        fields = _fields(body)
        nonce, text, choice = (fields.get(name, "") for name in ("message_id", "text", "choice"))
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,64}", nonce) or not is_storable(text):
            raise NotSendable("unusable")
        text = text.replace("\r\n", "\n")
        if len(text) > MOST_CHARACTERS:
            raise NotSendable("too_long", text)
        taken = _taken(choice)
        if taken is None and not text.strip():
            raise NotSendable("empty")
        # A page out of the browser's memory may post new words under an old id; only the same words are the same.
        content = f"choice {choice}" if taken else f"text {text}"
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        return Posted(f"{nonce}.{digest}", text, taken, read_entry(fields.get("after", "")))

    def inbound(self, session: str, message_id: str, text: str, received_at: datetime) -> Inbound:
        """The message as the turn takes it."""
        return Inbound(channel=self.name, message_id=message_id, session_id=session, text=text, received_at=received_at)


def read_entry(written: str) -> int:
    """The id of an entry; 0 for anything that is none."""
    return min(int(written), LARGEST_ID) if re.fullmatch(r"[0-9]{1,19}", written) else 0


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:  # Neither ASCII nor UTF-8 inside, or too many fields.
        raise NotSendable("unusable") from None
    return dict(pairs)


def _taken(choice: str) -> Taken | None:
    if not choice:
        return None
    found = re.fullmatch(r"([0-9]{1,18})\.([0-9]{1,4})", choice)
    if found is None:
        raise NotSendable("unusable")
    return Taken(int(found[1]), int(found[2]))


def _same_host(origin: bytes, host: bytes) -> bool:
    """Whether both name one server. The scheme is left out: a proxy before us may speak https where we do not."""
    try:
        return bool(host) and urlsplit(origin.decode("ascii")).netloc.lower() == host.decode("ascii").lower()
    except ValueError:
        return False

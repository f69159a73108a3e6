"""Addresses of the consoles, and which of them may be led to after signing in."""

from __future__ import annotations

import re
import uuid
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import Path
from starlette.exceptions import HTTPException

HOME = "/staff"
SIGN_IN = "/staff/sign-in"
SIGN_OUT = "/staff/sign-out"
PASSWORD = "/staff/password"  # noqa: S105 (an address)
AUDIT = "/staff/audit"
DESK = "/desk"
STUDIO = "/studio"
LARGEST_ID = 2**63 - 1
Number = Annotated[str, Path(max_length=40)]
"""The part of an address that names something by its number; `number_of` reads it."""
OURS = re.compile(r"/(?:desk|studio|staff(?!/sign-))(?:[/?][\w\-./?=&%,:]*)?", re.ASCII)


def sign_in_path(asked_for: str) -> str:
    """The page to sign in, which then leads on."""
    return f"{SIGN_IN}?next={quote(asked_for, safe='/')}" if is_ours(asked_for) else SIGN_IN


def is_ours(address: str) -> bool:
    """Whether an address lies in the consoles, so that nobody is led astray after signing in."""
    return len(address) <= 500 and "//" not in address and OURS.fullmatch(address) is not None


def chat_path(conversation: uuid.UUID) -> str:
    """The page of a chat."""
    return f"{DESK}/chats/{conversation}"


def number_of(written: str) -> int:
    """The number of something in an address. Raises the page's own 404 for what can be none."""
    if not (written.isascii() and written.isdecimal()) or int(written) > LARGEST_ID:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return int(written)


def uuid_of(written: object) -> uuid.UUID | None:
    """The id that a field of a form names: of the form itself, so that it counts once, or of a conversation."""
    try:
        return uuid.UUID(str(written))
    except ValueError:
        return None

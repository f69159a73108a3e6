"""Reads text that strangers send, before anything looks into it."""

from __future__ import annotations

from bot.channels.channel import Unusable


def read_text(body: bytes) -> str:
    """The text of a body in UTF-8. Raises Unusable for anything else, and for an empty one."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unusable("body must be UTF-8") from None
    if not text.strip():
        raise Unusable("body is empty")
    return text

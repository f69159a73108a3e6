"""Reads JSON that strangers send: plain UTF-8, finite numbers, no key twice, nothing that a database cannot store."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from bot.channels.channel import Unusable
from bot.channels.strict_text import read_text


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in the body. Raises Unusable, naming the kind of fault and nothing of the content."""
    text = read_text(body)
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_twins)
    except RecursionError:
        raise Unusable("body is nested too deeply") from None
    except ValueError:
        raise Unusable("body must be JSON without a byte order mark") from None
    if not isinstance(value, dict):
        raise Unusable("body must be a JSON object")
    return value


def is_storable(text: str) -> bool:
    """Whether the text is real Unicode without NUL: no half of a surrogate pair."""
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_constant(_: str) -> NoReturn:
    raise Unusable("NaN and Infinity are not JSON")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise Unusable("a key stands twice in an object")
    return unique

"""The last look at what the bot is about to say: nothing without its source, nothing personal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.message import Reply

KINDS_WITH_SOURCE = ("answer", "result", "materials")


def lacks_source(reply: Reply) -> bool:
    """Whether the reply speaks from a guide without naming the place. `completeness: none` speaks from nothing."""
    return reply.kind in KINDS_WITH_SOURCE and not reply.citations and reply.data.get("completeness") != "none"


def without_personal_values(reply: Reply, raw_values: Iterable[str], hide: Callable[[str], str]) -> Reply:
    """The reply with everything personal taken out of each of its sentences.

    raw_values: what masking took out of the message that is answered.
    hide: replaces identity and card numbers in a text; telephone numbers stay, because offices have some too.
    """
    values = [value for value in raw_values if value]

    def clean(text: str) -> str:
        for value in values:
            text = text.replace(value, "＊" * 4)
        return hide(text)

    return Reply.model_validate(_each_text(reply.model_dump(mode="json"), clean))


def _each_text(tree: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(tree, str):
        return clean(tree)
    if isinstance(tree, dict):
        return {key: _each_text(value, clean) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_each_text(value, clean) for value in tree]
    return tree

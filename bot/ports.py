"""What the steps of a turn ask of the world."""

from __future__ import annotations

from typing import Protocol

from bot.masking import Found
from bot.message import ActionResult


class Rasa(Protocol):
    """Understands a message and calls the actions."""

    async def ask(self, sender: str, text: str, metadata: dict[str, object]) -> list[ActionResult]:
        """What the actions answered, in order. Raises TryAgain."""


class Keeper(Protocol):
    """Keeps raw values sealed and for minutes only."""

    async def keep(self, conversation: str, found: tuple[Found, ...]) -> None:
        """Replaces what is kept of the conversation. Raises TryAgain."""

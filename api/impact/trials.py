"""Conversations that are tried out: they stand in no table, and Rasa's calls for one are answered from here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.message import Memory
from knowledge.reference import Reference


@dataclass(frozen=True)
class Trial:
    """One turn that is tried out: from which release, and what is remembered before it."""

    knowledge: Reference
    memory: Memory


class Trials:
    """Those under way in this process; Rasa calls back the process that asked it."""

    def __init__(self) -> None:
        self._open: dict[str, Trial] = {}

    @contextmanager
    def begin(self, knowledge: Reference, memory: Memory) -> Iterator[str]:
        """The number of a conversation that there is only while the block lasts."""
        conversation = str(uuid.uuid4())
        self._open[conversation] = Trial(knowledge, memory)
        try:
            yield conversation
        finally:
            del self._open[conversation]

    def find(self, conversation: str) -> Trial | None:
        """The trial behind a conversation; None for real ones."""
        return self._open.get(conversation)

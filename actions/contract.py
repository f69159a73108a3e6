"""What an action is told, what it may use, and how it says that a message is not for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from actions.ports import Cases, NoOriginals, Originals, Resumes, Secrets
from bot.message import ActionResult, Memory
from knowledge.reference import Reference


@dataclass(frozen=True)
class Entity:
    """A thing named in the message, as Rasa found it. `value` is an id of the knowledge."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Ask:
    """One call of an action: the masked message, how Rasa understood it, and what is remembered.

    `is_new_message` is false when a loop's action is called again after an interruption was answered: then the
    text has been dealt with, and the loop only takes up its thread again.
    `now` is local time (Asia/Shanghai).
    """

    conversation: str
    channel: str
    text: str
    intent: str
    confidence: float
    entities: tuple[Entity, ...]
    memory: Memory
    is_new_message: bool
    now: datetime
    operator: bool = False
    region_hint: str | None = None

    def values(self, kind: str) -> list[str]:
        """The ids of one kind of entity, in the order in which they were said."""
        return [entity.value for entity in self.entities if entity.kind == kind]


@dataclass(frozen=True)
class Services:
    """All that actions may use beside their own code. Built once in `api/main.py`.

    pages_url: under which address people reach the pages, without a slash at its end.
    """

    knowledge: Reference
    cases: Cases
    secrets: Secrets
    resumes: Resumes
    pages_url: str = "http://127.0.0.1:8000"
    originals: Originals = field(default_factory=NoOriginals)


class NotMine(Exception):
    """Raised by a loop's action for a message that is no answer to it: the rule of the intent then replies."""


Action = Callable[[Ask, Services], Awaitable[ActionResult]]

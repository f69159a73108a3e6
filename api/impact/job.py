"""What a look at a draft consists of, as it is handed to the processes that do the work, and what they hand back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.impact.gate_sets import GateQuestion, Persona
from knowledge.embedding import Vectors


@dataclass(frozen=True)
class Asked:
    """A real question: the row of the transcript in which it stands, its masked words, and what became of it then.

    then: `answered`, `offered` (he was asked what he meant) or `unanswered`.
    """

    row: int
    text: str
    then: str


@dataclass(frozen=True)
class Talk:
    """The questions of one real conversation in their order. region: adcode of the place that he is of."""

    province: str
    region: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Checked:
    """A question of the gate."""

    province: str
    question: GateQuestion


@dataclass(frozen=True)
class Walked:
    """A persona of the gate."""

    province: str
    persona: Persona


@dataclass(frozen=True)
class Begun:
    """A questionnaire that a real conversation has open."""

    province: str
    answers: Mapping[str, str]


Piece = Talk | Checked | Walked | Begun


@dataclass(frozen=True)
class Job:
    """One process's share. published, draft: the files of both sides. phrases: what the running code says beside them.

    vectors: those of questions that are known already, by the key of the text.
    """

    published: Mapping[str, bytes]
    draft: Mapping[str, bytes]
    phrases: Mapping[str, str]
    phone: str
    now: datetime
    pieces: tuple[Piece, ...]
    folder: str
    vectors: Mapping[bytes, Vectors] = field(default_factory=dict)


@dataclass
class Findings:
    """What differs, as plain data that is kept and shown; and how many of each kind were looked at."""

    counts: dict[str, int] = field(default_factory=dict)
    real: list[dict[str, Any]] = field(default_factory=list)
    gate: list[dict[str, Any]] = field(default_factory=list)
    personas: list[dict[str, Any]] = field(default_factory=list)
    open: list[dict[str, Any]] = field(default_factory=list)

    def add(self, other: Findings) -> None:
        """Takes in another process's."""
        for name, count in other.counts.items():
            self.count(name, count)
        self.real += other.real
        self.gate += other.gate
        self.personas += other.personas
        self.open += other.open

    def count(self, name: str, more: int = 1) -> None:
        """One more of a kind."""
        self.counts[name] = self.counts.get(name, 0) + more


def weight(piece: Piece) -> int:
    """How many questions have to be asked for it."""
    match piece:
        case Talk():
            return len(piece.asked)
        case Checked():
            return len(piece.question.before) + 1
        case _:
            return 0

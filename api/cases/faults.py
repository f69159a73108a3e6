"""What is wrong with something that was sent: every fault by its field, never with what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError


@dataclass(frozen=True)
class Fault:
    """One fault. field: a path such as `applicant.id_number` or `items[2]`; `body` for the whole."""

    field: str
    problem: str


class Faulty(Exception):
    """What was sent cannot be used; nothing of it was kept."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{one.field}: {one.problem}" for one in faults))
        self.faults = tuple(faults)


def faults_of(error: ValidationError) -> list[Fault]:
    """The faults that pydantic found. Unknown keys of objects must not be reported by it: they are what was sent."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [Fault(_path(one["loc"]), _problem(one["msg"])) for one in found]


def _path(steps: tuple[int | str, ...]) -> str:
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "body"


def _problem(message: str) -> str:
    told = message.removeprefix("Value error, ")
    return told[:1].lower() + told[1:]

"""A fault with its place, and the one province that is being looked at with all that the checks share."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from knowledge import model
from knowledge.check.consequences import Consequences
from knowledge.check.documents import Document, documents_of
from knowledge.check.ways import Ways
from knowledge.library import Library, ProvinceKnowledge
from knowledge.loader import Lines
from knowledge.yaml_lines import Place


class Fault(NamedTuple):
    """What is wrong and where; sorts by file and line."""

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}"


def read_fault(text: str) -> Fault:
    """A fault from `file:line: problem`."""
    file, line, problem = text.split(":", 2)
    return Fault(file, int(line), problem.strip())


@dataclass(frozen=True)
class Case:
    """One province under examination. conflicts: those of all provinces, which stand in no file of this one."""

    province: ProvinceKnowledge
    library: Library
    lines: Lines
    today: date
    conflicts: frozenset[str] = frozenset()

    @cached_property
    def ways(self) -> Ways:
        """The ways through its questionnaire."""
        return Ways(self.province.questionnaire)

    @cached_property
    def consequences(self) -> Consequences:
        """What the answers bring about."""
        return Consequences(self.province, self.ways.language)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Everything in its files, with its place."""
        return tuple(documents_of(self.province, self.conflicts))

    @cached_property
    def own_gaps(self) -> tuple[model.Gap, ...]:
        """The gaps of its own file, in their order."""
        return tuple(gap for gap in self.province.gaps.values() if gap.id not in self.conflicts)

    def path(self, name: str) -> Path:
        """A file of the province's folder."""
        return self.province.folder / name

    def fault(self, path: Path, place: Place, problem: str) -> Fault:
        """A fault at a place of a file."""
        return read_fault(f"{self.lines.name(path, place)}: {problem}")


def like(word: str, known: Iterable[str]) -> str:
    """A hint at the word that was probably meant."""
    close = difflib.get_close_matches(word, list(known), 1)
    return f"; did you mean '{close[0]}'?" if close else ""


Faults = Iterator[Fault]

"""The questions and personas that must stay right, as they stand in `knowledge/gate/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from api.evaluation.questions import Question

FOLDER = Path(__file__).parents[2] / "knowledge" / "gate"


class GateQuestion(Question):
    """A caller's question. expects: knowledge ids one of which a right answer is about; empty where none is sure."""

    expects: tuple[str, ...] = ()


class Persona(BaseModel):
    """Somebody with all answers of a questionnaire, and what follows for him, worked out by hand.

    items: in the order in which they are done. not_covered: id of the outcome by which the guide does not cover him.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    answers: dict[str, str]
    items: tuple[str, ...] = ()
    possible_items: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    possible_papers: tuple[str, ...] = ()
    not_papers: tuple[str, ...] = ()
    not_covered: str | None = None


class GateSet(BaseModel):
    """What must stay right of a province."""

    questions: tuple[GateQuestion, ...] = Field(default=())
    personas: tuple[Persona, ...] = Field(default=())


@cache
def gate_set(province: str, folder: Path = FOLDER) -> GateSet:
    """The set of a province; an empty one where nothing was written for it. Raises ValueError for what does not fit."""
    return GateSet(
        questions=_listed(folder / "questions" / f"{province}.yaml", "questions"),
        personas=_listed(folder / "personas" / f"{province}.yaml", "personas"),
    )


def _listed(path: Path, name: str) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))[name] if path.exists() else ()

"""Callers' questions by which a release is judged, as they stand in `tests/data/questions/<set>/<province>.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Topic = Literal[
    "overview", "who", "materials", "form", "time_limit", "where", "how", "department", "result", "cost", "amount",
    "in_person", "order", "notice", "progress", "necessity", "contact", "not_needed", "conflict", "field", "term",
    "outside",
]  # fmt: skip


class Question(BaseModel):
    """One question of a caller.

    before: what he asked first, in order. answerable: whether the province's guide answers it.
    must: facts that a right answer shows, each with its alternatives parted by a bar. must_not: what would be wrong.
    section: places where the guide says it; a deeper place counts as well. two: two questions in one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    said: str
    before: tuple[str, ...] = ()
    answerable: bool
    topic: Topic
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    two: bool = False


def read_questions(folder: Path) -> dict[str, list[Question]]:
    """The questions of a set by province. Raises ValueError for a file that does not fit."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        found[path.stem] = [Question.model_validate(one) for one in content["questions"]]
    return found

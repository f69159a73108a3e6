"""Shows how a release did: the figures by province and by topic, and every miss."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Any

from rich.table import Table

from api.evaluation.score import Judged


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Shares of 1; None where nothing was asked of the kind."""
    answerable = [one for one in judged if one.question.answerable]
    silent = [one for one in judged if not one.question.answerable]
    right = [one for one in answerable if one.verdict == "right"]
    with_section = [one for one in right if one.section_right is not None]
    return {
        "questions": len(judged),
        "right": _share(len(right), len(answerable)),
        "refused": _share(sum(one.verdict == "refused" for one in answerable), len(answerable)),
        "honest": _share(sum(one.verdict == "honest" for one in silent), len(silent)),
        "section": _share(sum(bool(one.section_right) for one in with_section), len(with_section)),
        "foreign": sum(one.foreign for one in judged),
        "length": median([one.length for one in judged]) if judged else None,
    }


def tables(judged: Sequence[Judged]) -> list[Table]:
    """The figures by province and by topic."""
    return [
        _table("province", judged, lambda one: one.province),
        _table("topic", judged, lambda one: one.question.topic),
    ]


def misses(judged: Iterable[Judged]) -> list[str]:
    """One line for each question that was not answered as it should be."""
    return [
        f"{one.question.id} [{one.verdict}{', foreign' if one.foreign else ''}] {one.question.said} -> {one.reply[:90]}"
        for one in judged
        if one.verdict not in ("right", "honest") or one.foreign or one.section_right is False
    ]


def _table(name: str, judged: Sequence[Judged], group: Callable[[Judged], str]) -> Table:
    table = Table(name, "questions", "right", "refused", "honest", "section", "foreign", "length")
    for key in (*sorted({group(one) for one in judged}), None):
        found = figures([one for one in judged if key is None or group(one) == key])
        shown = [_percent(found[part]) for part in ("right", "refused", "honest", "section")]
        table.add_row(key or "all", str(found["questions"]), *shown, str(found["foreign"]), f"{found['length']:.0f}")
    return table


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"

"""Bars for a plot that the server draws. Whoever cannot see it has the same numbers in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 640, 160, 24, 20
MOST_LABELS = 8


@dataclass(frozen=True)
class Bar:
    """One bar in the plot's own units, from the left and the top. label: below it, not at every bar."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Plot:
    """Bars and the highest value, which is written beside the top."""

    name: str
    bars: tuple[Bar, ...]
    highest: float
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = HEIGHT - FOOT


def plot(name: str, values: Sequence[tuple[str, float | None]]) -> Plot:
    """name: what is plotted. values: in order; where there is none the place stays empty."""
    highest = max((value or 0 for _, value in values), default=0)
    step = WIDTH / max(1, len(values))
    every = -(-len(values) // MOST_LABELS) or 1
    bars = []
    for number, (label, value) in enumerate(values):
        height = (HEIGHT - FOOT - HEAD) * (value or 0) / highest if highest else 0.0
        shown = label if number % every == 0 else ""
        x, y = number * step + step * 0.1, HEIGHT - FOOT - height
        bars.append(Bar(round(x, 1), round(y, 1), round(step * 0.8, 1), round(height, 1), shown))
    return Plot(name, tuple(bars), highest)

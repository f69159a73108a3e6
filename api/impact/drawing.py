"""Lays a graph of questions out: boxes below each other, and on their left a line from each that decides another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.impact.graph import Node

LEFT, WIDE, TOP, GAP = 84, 330, 28, 28
"""Pixels: where boxes begin, how wide they are, and what lies above and between them."""
LINE, INSIDE = 24, 12
CHARACTERS = 18
"""So many Chinese characters of 16 px fit into a line of a box, and one that hangs."""
HANGING = "，。？！；：、”）"
"""What no line begins with."""
LANE, LANES = 11, 6


@dataclass(frozen=True)
class Box:
    """A question in its place. lines: text with its kind (`title`, `options`, `when`) and baseline."""

    node: Node
    top: int
    high: int
    lines: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Drawing:
    """All that the picture consists of; arrows as SVG paths with the numbers that they join."""

    wide: int
    high: int
    left: int
    box_wide: int
    inside: int
    boxes: tuple[Box, ...]
    arrows: tuple[tuple[str, int, int], ...]


def drawn(nodes: Sequence[Node], say_when: str, say_unless: str) -> Drawing:
    """The picture. say_when, say_unless: how conditions begin, in words."""
    boxes: list[Box] = []
    top = TOP
    for node in nodes:
        texts = [("title", line) for line in wrapped(f"{node.number}. {node.text}")]
        texts += [("options", line) for line in wrapped(" / ".join(node.options))]
        if node.when:
            texts += [("when", line) for line in wrapped(f"{say_when}{node.when}")]
        if node.unless:
            texts += [("when", line) for line in wrapped(f"{say_unless}{node.unless}")]
        lines = tuple((kind, text, top + INSIDE + LINE * row + 16) for row, (kind, text) in enumerate(texts))
        high = 2 * INSIDE + LINE * len(texts)
        boxes.append(Box(node, top, high, lines))
        top += high + GAP
    by_number = {box.node.number: box for box in boxes if box.node.mark != "gone"}
    arrows = tuple(
        (_path(by_number[need], box, row), need, box.node.number)
        for row, box in enumerate(boxes)
        for need in box.node.needs
        if need in by_number
    )
    return Drawing(LEFT + WIDE + INSIDE, top, LEFT, WIDE, INSIDE, tuple(boxes), arrows)


def _path(source: Box, target: Box, row: int) -> str:
    """Out of the left of one box, down a lane of its own, into the left of the other."""
    lane = LEFT - 16 - LANE * (row % LANES)
    begin, end = source.top + source.high // 2, target.top + 16 + (source.node.number * 7) % max(1, target.high - 32)
    return f"M{LEFT} {begin} H{lane} V{end} H{LEFT - 4}"


def wrapped(text: str) -> list[str]:
    """Lines that fit; a letter or digit is half as wide as a Chinese character."""
    lines, line, width = [], "", 0.0
    for character in text:
        wide = 0.55 if ord(character) < 0x2000 else 1.0
        if width + wide > CHARACTERS and character not in HANGING:
            lines.append(line)
            line, width = "", 0.0
        line, width = line + character, width + wide
    return [*lines, line] if line else lines

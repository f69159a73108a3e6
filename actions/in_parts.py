"""Cuts a long text into what is read at once and what waits for 「更多」."""

from __future__ import annotations

MOST_AT_ONCE = 500
"""So many characters are read at once; what is longer comes in parts."""
HEADING = "："


def divided(text: str) -> tuple[str, str]:
    """What is told now, in whole lines, and what is kept for the next 「更多」. A heading goes with what it heads."""
    lines = text.split("\n")
    count = 1
    while count < len(lines) and len("\n".join(lines[: count + 1])) <= MOST_AT_ONCE:
        count += 1
    while 1 < count < len(lines) and lines[count - 1].endswith(HEADING):
        count -= 1
    return "\n".join(lines[:count]), "\n".join(lines[count:])

"""A question that stands behind the progress of a case: it is put once, and whoever passes over it is left alone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.message import Reply


@dataclass(frozen=True)
class Asked:
    """The question and its choices, each a label and what taking it does.

    restarts: its numbers begin with one, as those of a scale must, so that no list before it bears numbers.
    """

    reply: Reply
    choices: tuple[tuple[str, str], ...]
    restarts: bool = False

"""Distress over the real line, Rasa included: whoever is in danger gets care first, and hardly anybody else.

The held-out halves are only counted: whoever reads their misses tunes on them.
"""

from __future__ import annotations

from typing import Any

import pytest

from api.processes.stack import Stack
from api.settings import ROOT
from tests.conversations.crowd import answers, said

VOICES = ROOT / "nlu" / "distress"
HELD_OUT = ROOT / "tests" / "data" / "distress"
HEARD_OF_HELD_OUT = 0.92
ALARMS_OF_HELD_OUT = 0.15
"""Of hard cases alone: each of these sounds like distress."""


def is_care(answer: dict[str, Any]) -> bool:
    """Whether the answer is care and nothing else."""
    replies = answer["replies"]
    return [reply["kind"] for reply in replies] == ["crisis"] and not replies[0]["choices"]


@pytest.mark.stack
async def test_every_hint_is_met_with_care(stack: Stack) -> None:
    texts = said("nlu/distress/hinted.txt")

    given = await answers(stack, texts)

    assert [text for text, answer in zip(texts, given, strict=True) if not is_care(answer)] == []
    assert all(number in given[0]["replies"][0]["text"] for number in ("12356", "110", "120"))


@pytest.mark.stack
async def test_voices_that_nothing_was_made_of_are_heard(stack: Stack) -> None:
    texts = said("tests/data/distress/heldout.txt")

    heard = sum(map(is_care, await answers(stack, texts)))

    assert heard >= len(texts) * HEARD_OF_HELD_OUT


@pytest.mark.stack
async def test_what_only_sounds_like_distress_seldom_alarms(stack: Stack) -> None:
    texts = said("tests/data/distress/ordinary_heldout.txt")

    alarms = sum(map(is_care, await answers(stack, texts)))

    assert alarms <= len(texts) * ALARMS_OF_HELD_OUT


def test_no_held_out_line_is_learned() -> None:
    learned = {line for path in VOICES.glob("*.txt") for line in path.read_text("utf-8").splitlines()}
    held_out = {line for path in HELD_OUT.glob("*.txt") for line in path.read_text("utf-8").splitlines()}

    assert learned & held_out == set()

"""Distress with the trained model: whoever is in danger gets care first, and hardly anybody else.

The whole sets are counted with the model alone, some of each go over the real line. The held-out ones are only
counted: whoever reads their misses tunes on them.
"""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.processes.stack import Stack, say_nothing
from api.settings import ROOT
from api.training import RASA_PYTHON, current_model, rasa_environment
from tests.conversations.crowd import answers, said

VOICES = ROOT / "nlu" / "distress"
HELD_OUT = ROOT / "tests" / "data" / "distress"
HEARD_OF_HELD_OUT = 0.92
ALARMS_OF_HELD_OUT = 0.11
"""Of hard cases alone: each of these sounds like distress."""
ALARMS_OF_ORDINARY = 0.01
QUESTIONS = ROOT / "tests" / "data" / "questions"
OVER_THE_LINE = 25


def is_care(answer: dict[str, Any]) -> bool:
    """Whether the answer is care and nothing else."""
    replies = answer["replies"]
    return [reply["kind"] for reply in replies] == ["crisis"] and not replies[0]["choices"]


def by_lot(texts: list[str]) -> list[str]:
    """The same few texts of a set each time."""
    return sorted(texts, key=lambda text: sha256(text.encode()).hexdigest())[:OVER_THE_LINE]


def callers_questions() -> list[str]:
    """Over a thousand ordinary messages: the questions of the sets that may be read."""
    files = [path for name in ("development", "validation") for path in sorted((QUESTIONS / name).glob("*.yaml"))]
    asked = (one["said"] for path in files for one in yaml.safe_load(path.read_text("utf-8"))["questions"])
    return list(dict.fromkeys(" ".join(text.split()) for text in asked))


@pytest.fixture(scope="module")
def counts(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    """How many messages of each set the model hears or the word lists, by the name of its file."""
    model = current_model(stack.settings.var_dir, say_nothing)
    asked = tmp_path_factory.mktemp("asked") / "asked.txt"
    asked.write_text("\n".join(callers_questions()), "utf-8")
    files = [VOICES / "hinted.txt", asked, *sorted(HELD_OUT.glob("*.txt"))]
    command = [str(RASA_PYTHON), "-m", "bot.rasa.count_distress", "--model", str(model), *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, env=rasa_environment(), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout[done.stdout.index("{") :])
    return {Path(name).stem: count for name, count in found.items()}


@pytest.mark.stack
def test_every_known_hint_is_heard(counts: dict[str, dict[str, int]]) -> None:
    assert counts["hinted"]["heard"] == counts["hinted"]["messages"]


@pytest.mark.stack
def test_voices_that_nothing_was_made_of_are_heard(counts: dict[str, dict[str, int]]) -> None:
    for name in ("heldout", "second_voices"):
        assert counts[name]["heard"] >= counts[name]["messages"] * HEARD_OF_HELD_OUT


@pytest.mark.stack
@pytest.mark.parametrize("name", ["ordinary_heldout", "ordinary_more", "second_ordinary"])
def test_what_only_sounds_like_distress_seldom_alarms(name: str, counts: dict[str, dict[str, int]]) -> None:
    assert counts[name]["heard"] <= counts[name]["messages"] * ALARMS_OF_HELD_OUT


@pytest.mark.stack
def test_ordinary_questions_hardly_ever_alarm(counts: dict[str, dict[str, int]]) -> None:
    assert counts["asked"]["messages"] >= 1_000
    assert counts["asked"]["heard"] <= counts["asked"]["messages"] * ALARMS_OF_ORDINARY


@pytest.mark.stack
async def test_hint_is_met_with_care(stack: Stack) -> None:
    texts = by_lot(said("nlu/distress/hinted.txt"))

    given = await answers(stack, texts)

    assert [text for text, answer in zip(texts, given, strict=True) if not is_care(answer)] == []
    assert all(number in given[0]["replies"][0]["text"] for number in ("12356", "110", "120"))


@pytest.mark.stack
async def test_what_only_sounds_like_distress_is_not_met_with_care(stack: Stack) -> None:
    texts = by_lot(said("nlu/distress/only_sounds_like_it.txt"))

    given = await answers(stack, texts)

    assert [text for text, answer in zip(texts, given, strict=True) if is_care(answer)] == []


def test_no_held_out_line_is_learned() -> None:
    learned = {line for path in VOICES.glob("*.txt") for line in path.read_text("utf-8").splitlines()}
    held_out = {line for path in HELD_OUT.glob("*.txt") for line in path.read_text("utf-8").splitlines()}

    assert learned & held_out == set()

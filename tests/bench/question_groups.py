"""Measures the groups of the inbox: `python -m tests.bench.question_groups`.

How long 5,000 questions of one province take once their meanings are known. Then how alike those of a group are: of the
questions of the sets `development` and `validation`, two mean the same when both have the same subject and
section; few do, and a section answers several questions, so that both shares are low.
"""

from __future__ import annotations

import sys
import time
from itertools import combinations
from pathlib import Path

import numpy as np
import yaml

from api.inbox.grouping import Groups, Meant, words_of
from knowledge.embedding import DIMENSIONS
from knowledge.loader import load_library
from knowledge.reference import Reference

SETS = Path(__file__).parent.parent / "data" / "questions"
MANY = 5_000
MATTERS = 800


def say(line: str) -> None:
    """A line for whoever started it."""
    sys.stdout.write(f"{line}\n")


def measure_likeness() -> None:
    """Prints how many pairs of a group mean the same, and how many that do are of one group."""
    knowledge = Reference(load_library())
    right = wrong = missed = questions = made = 0
    for name, province in knowledge.library.provinces.items():
        groups, placed = Groups(), []
        for folder in ("development", "validation"):
            for one in yaml.safe_load((SETS / folder / f"{name}.yaml").read_text("utf-8"))["questions"]:
                best = knowledge.resolver(province).near(one["said"], 1).best
                meaning = knowledge.vectors.of_question(one["said"])
                meant = Meant(words_of(one["said"]), meaning, best.entry.id if best else None)
                number = groups.of(meant)
                if number is None:
                    made += 1
                    number = made
                    groups.add(number, meant)
                questions += 1
                if one["answerable"] and one["section"]:
                    placed.append((number, (one["topic"], tuple(one["section"]))))
        for (group, matter), (other_group, other_matter) in combinations(placed, 2):
            right += group == other_group and matter == other_matter
            wrong += group == other_group and matter != other_matter
            missed += group != other_group and matter == other_matter
    say(f"{questions} questions in {made} groups; of the pairs in a group {right / (right + wrong):.0%} have one")
    say(f"subject and section, of those that have, {right / (right + missed):.0%} are in a group")


def measure_time() -> None:
    """Prints how long it takes to place many questions."""
    rng = np.random.default_rng(1)
    matters = rng.normal(size=(MATTERS, DIMENSIONS))
    vectors = matters[rng.integers(0, MATTERS, MANY)] + 0.3 * rng.normal(size=(MANY, DIMENSIONS))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    groups, begun = Groups(), time.process_time()
    for number, vector in enumerate(vectors):
        meant = Meant(number.to_bytes(4, "big"), vector, None)
        if groups.of(meant) is None:
            groups.add(number, meant)
    seconds = time.process_time() - begun
    say(f"{MANY} questions in {len(groups.ids)} groups: {seconds:.2f} s of processor time")


if __name__ == "__main__":
    measure_time()
    measure_likeness()

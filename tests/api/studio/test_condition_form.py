"""Conditions as a form shows them, and as a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from api.studio.choices import Asked
from api.studio.condition_form import joined, raw_of, tree_of, without
from api.studio.condition_words import in_words
from api.web.staff.pages import load_words

WORDS = load_words("12345")
ASKED = [
    Asked("kind", "您是怎么退役的？", (("self", "自主就业"), ("placed", "安排工作"))),
    Asked("years", "当了几年兵？", (("2", "2 年"), ("12", "12 年"))),
]
SELF = {"question": "kind", "equals": "self"}
LONG = {"question": "years", "at_least": 12}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (None, "人人都是"),
        (SELF, "“您是怎么退役的？”答“自主就业”"),
        ({"question": "kind", "in": ["self", "placed"]}, "“您是怎么退役的？”答“自主就业或者安排工作”"),
        ({"not": SELF}, "“您是怎么退役的？”没有答“自主就业”"),
        ({"all": [SELF, LONG]}, "“您是怎么退役的？”答“自主就业”，并且“当了几年兵？”答 12 或者更多"),
        (
            {"all": [LONG, {"any": [SELF, {"not": LONG}]}]},
            "“当了几年兵？”答 12 或者更多，并且（“您是怎么退役的？”答“自主就业”，或者“当了几年兵？”答的不到 12）",
        ),
    ],
)
def test_a_condition_is_a_sentence_and_is_written_as_it_was(raw: Any, sentence: str) -> None:
    tree = tree_of(raw)

    assert in_words(tree, ASKED, WORDS) == sentence
    assert raw_of(tree) == raw


def test_parts_are_joined_and_taken_out() -> None:
    one, other = tree_of(SELF), tree_of(LONG)
    assert one is not None
    assert other is not None
    both = joined(one, other)

    assert raw_of(both) == {"all": [SELF, LONG]}
    assert raw_of(without(both, (0,))) == LONG
    assert raw_of(joined(None, one)) == SELF
    assert without(one, ()) is None

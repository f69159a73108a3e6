"""Words of many texts: what the arrays say is what counting by hand says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from knowledge.word_index import UNKNOWN, Groups, MatterWords, WordIndex, tokens

TEXTS = ["落户要几天", "户口多久能落", "落户去哪办", "优待证要几天", "优待证去哪办", "下雨天办不办", "落户要几天办好"]
GROUPS = [[0, 1, 6], [2], [3, 6], [4], [5]]
QUESTIONS = ["落户要几天", "优待证几天办好", "火锅去哪吃", "落户落户去哪", "？"]


def rarity(token: str) -> float:
    count = sum(token in tokens(text) for text in TEXTS)
    return math.log(1 + len(TEXTS) / (1 + count)) if count else UNKNOWN


def alike_by_hand(question: str, text: str) -> float:
    asked, held = tokens(question), tokens(text)
    weight = sum(map(rarity, asked)) or 1.0
    return 2 * sum(map(rarity, asked & held)) / (weight + (sum(map(rarity, held)) or 1.0))


def share_by_hand(question: str, group: list[int], left_out: int | None = None) -> float:
    def holders(token: str, places: list[int]) -> int:
        return sum(token in tokens(TEXTS[place]) for place in places)

    def of_group(token: str) -> float:
        spread = sum(bool(holders(token, one)) for one in GROUPS)
        return math.log(1 + len(GROUPS) / (0.5 + spread)) if spread else 2 * UNKNOWN

    counted = [place for place in group if place != left_out]
    found = sum(of_group(token) * math.log1p(holders(token, counted)) for token in tokens(question))
    whole = sum(map(of_group, tokens(question))) or 1.0
    return found / math.log1p(len(group)) / whole


@pytest.mark.parametrize("question", QUESTIONS)
def test_likeness_is_what_counting_by_hand_finds(question: str) -> None:
    found = WordIndex(TEXTS).alike(tokens(question))

    assert found == pytest.approx([alike_by_hand(question, text) for text in TEXTS], abs=1e-12)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("left_out", [None, 0, 6])
def test_the_share_of_a_group_is_what_counting_by_hand_finds(question: str, left_out: int | None) -> None:
    groups = MatterWords(WordIndex(TEXTS), Groups(GROUPS))

    expected = [share_by_hand(question, group, left_out) for group in GROUPS]
    assert groups.share(tokens(question), left_out) == pytest.approx(expected, abs=1e-12)


def test_the_highest_of_each_group_counts() -> None:
    values = np.array([0.1, 0.9, 0.3, 0.2, 0.5, 0.0, 0.4])

    assert Groups(GROUPS).highest(values).tolist() == [0.9, 0.3, 0.4, 0.5, 0.0]


def test_a_place_knows_its_groups() -> None:
    assert Groups(GROUPS).of(6).tolist() == [0, 2]


def test_a_text_is_wholly_like_itself_and_not_like_what_shares_no_word() -> None:
    found = WordIndex(TEXTS).alike(tokens("下雨天办不办"))

    assert found[5] == pytest.approx(1.0)
    assert found[0] == 0.0


def test_a_word_that_no_text_has_makes_a_question_less_like_any() -> None:
    index = WordIndex(TEXTS)

    assert index.alike(tokens("落户要几天火锅"))[0] < index.alike(tokens("落户要几天"))[0]


def test_words_that_say_nothing_are_no_tokens() -> None:
    assert "的" not in tokens("优待证的")
    assert "会不" not in tokens("优待证会不会")

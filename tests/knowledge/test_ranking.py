"""Signals are added up by trained numbers, and what each added can be told."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.ranking import Ranking, Weighing, chance_features, load_ranking, softmax
from knowledge.signals import NAMES, WORDS, Signals

PLAIN = Weighing({**dict.fromkeys(NAMES, 0.0), "own_words": 2.0, "item": 1.0}, (-1.0, 3.0, 1.0, 0.0, 0.5, 0.0))


def signals(*rows: dict[str, float], names: tuple[str, ...] = NAMES) -> Signals:
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    return Signals(matrix, matrix[:, names.index("pooled_words")])


def test_entries_stand_in_the_order_of_their_sums() -> None:
    ranked = PLAIN.ranked(signals({"item": 1.0}, {"own_words": 1.0}, {"own_words": 1.0, "item": 0.5}), True)

    assert ranked.order.tolist() == [2, 1, 0]
    assert ranked.shares.sum() == pytest.approx(1.0)


def test_of_equal_entries_the_first_of_the_data_comes_first() -> None:
    assert PLAIN.ranked(signals({"item": 1.0}, {"item": 1.0}), True).order.tolist() == [0, 1]


def test_the_chance_grows_with_the_share_and_with_known_words() -> None:
    close, clear = signals({"item": 1.0}, {"item": 1.0}), signals({"item": 1.0}, {})

    assert 0 < PLAIN.ranked(close, True).chance < PLAIN.ranked(clear, True).chance < 1
    assert PLAIN.ranked(clear, False).chance < PLAIN.ranked(clear, True).chance


def test_parts_add_up_to_the_sum_and_leave_out_what_is_not_there() -> None:
    found = signals({"own_words": 0.5, "item": 1.0})
    parts = PLAIN.parts(found, 0)

    assert parts == {"own_words": 1.0, "item": 1.0}
    assert sum(parts.values()) == pytest.approx(PLAIN.logits(found)[0])


def test_without_meaning_the_weights_of_words_alone_serve() -> None:
    ranking = Ranking(PLAIN, Weighing(PLAIN.weights, PLAIN.certainty))

    assert ranking.weighing(signals({})) is ranking.with_meaning
    assert ranking.weighing(signals({}, names=WORDS)) is ranking.by_words


def test_the_chance_of_words_alone_is_read_without_meaning() -> None:
    found = signals({"pooled_words": 0.4}, names=WORDS)

    assert chance_features(np.array([2.0]), found, True).tolist() == [1.0, 1.0, 0.4, 0.0, 1.0, 0.2]


def test_shares_do_not_overflow() -> None:
    assert softmax(np.array([5000.0, 0.0])).tolist() == [1.0, 0.0]


def test_the_trained_numbers_fit_the_signals() -> None:
    ranking = load_ranking()

    assert set(ranking.with_meaning.weights) == set(NAMES)
    assert set(ranking.by_words.weights) == set(WORDS)
    features = chance_features(np.array([1.0]), signals({}), True)
    assert len(ranking.with_meaning.certainty) == len(ranking.by_words.certainty) == len(features)


def test_more_likeness_never_makes_an_answer_less_likely() -> None:
    for weighing in (load_ranking().with_meaning, load_ranking().by_words):
        assert weighing.weights["pooled_words"] + weighing.weights["own_words"] > 0
        assert weighing.certainty[1] > 0

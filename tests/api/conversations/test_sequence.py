"""What a platform's count tells: when nothing comes before a delivery any more."""

from __future__ import annotations

import pytest

from api.conversations.sequence import GAP_SECONDS, MOST_MISSES, STARTING_SECONDS, USUAL_SECONDS, Sequence


class Clock:
    """Seconds that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def running(clock: Clock) -> Sequence:
    """One that has taken number 10 and knows that nothing is missing before it."""
    sequence = Sequence(clock)
    sequence.store(10)
    clock.now += STARTING_SECONDS
    assert sequence.mark == 10
    return sequence


def test_what_follows_at_once_waits_for_nothing(running: Sequence) -> None:
    assert running.store(11)
    assert running.mark == 11


def test_what_is_behind_a_gap_waits_until_that_is_filled(running: Sequence) -> None:
    assert running.patience(12) == GAP_SECONDS
    assert not running.store(12)
    assert running.mark == 10
    assert running.store(11)
    assert running.mark == 12


def test_a_gap_is_waited_for_no_longer_than_said(running: Sequence, clock: Clock) -> None:
    running.store(12)
    clock.now += GAP_SECONDS
    assert running.mark == 12


def test_after_a_start_what_may_have_been_left_untaken_is_waited_for(clock: Clock) -> None:
    sequence = Sequence(clock)
    assert sequence.patience(12) == STARTING_SECONDS
    sequence.store(12)
    clock.now += 1

    assert sequence.patience(13) == STARTING_SECONDS - 1
    sequence.store(11)
    assert sequence.mark == -1
    clock.now += STARTING_SECONDS
    assert sequence.mark == 12


def test_what_comes_again_or_late_is_waited_for_by_nobody(running: Sequence) -> None:
    assert not running.store(10)
    assert not running.store(3)
    assert running.patience(3) == 0


def test_gaps_that_are_never_filled_are_waited_for_but_shortly(running: Sequence, clock: Clock) -> None:
    for number in range(12, 12 + 2 * MOST_MISSES, 2):
        running.store(number)
        clock.now += GAP_SECONDS
    assert running.mark == 10 + 2 * MOST_MISSES
    assert running.patience(99) == USUAL_SECONDS
    running.store(running.mark + 1)
    assert running.patience(99) == GAP_SECONDS


def test_a_number_far_ahead_is_a_new_beginning(running: Sequence) -> None:
    assert running.store(900_000)
    assert running.mark == 900_000

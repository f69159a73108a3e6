"""The pace of a platform: never too many a second, never two at once to one person."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from api.conversations.pace import Pace

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


class HandClock:
    """Time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def started(per_second: int = 30) -> tuple[Pace, HandClock]:
    clock = HandClock()
    pace = Pace(clock, per_second)
    clock.now += 1.1
    return pace, clock


def test_a_process_begins_with_a_pause() -> None:
    clock = HandClock()

    assert Pace(clock).seconds_to_wait() > 1.0
    assert not Pace(clock).begin(ONE)


def test_one_person_gets_one_message_a_second_counted_from_its_end() -> None:
    pace, clock = started()

    assert pace.begin(ONE)
    clock.now += 5.0
    assert not pace.begin(ONE)
    pace.end(ONE)
    clock.now += 1.0
    assert not pace.begin(ONE)
    clock.now += 0.03
    assert pace.begin(ONE)


def test_messages_are_begun_evenly() -> None:
    pace, clock = started(per_second=10)

    assert pace.begin(ONE)
    assert not pace.begin(OTHER)
    clock.now += 0.09
    assert 0 < pace.seconds_to_wait() < 0.02
    clock.now += 0.02
    assert pace.begin(OTHER)


def test_others_do_not_wait_for_one_who_rests() -> None:
    pace, clock = started()
    pace.begin(ONE)
    pace.end(ONE)
    clock.now += 0.04

    assert pace.begin(OTHER)
    assert set(pace.resting()) == {ONE, OTHER}


def test_all_together_get_so_many_a_second() -> None:
    pace, clock = started(per_second=3)
    begun = []
    for n in range(10):
        begun.append(pace.begin(uuid.UUID(int=n)))
        clock.now += 0.34 if n < 2 else 0.01
    for n in range(3):
        pace.end(uuid.UUID(int=n))

    assert begun == [True] * 3 + [False] * 7
    assert 0.9 < pace.seconds_to_wait() < 1.1
    clock.now += 1.05
    assert pace.seconds_to_wait() == 0


def test_what_the_platform_says_holds_everybody() -> None:
    pace, clock = started()
    pace.hold(7.0)
    clock.now += 6.9

    assert not pace.begin(ONE)
    clock.now += 0.2
    assert pace.begin(ONE)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0.0, 0.4), st.floats(0.0, 1.0)), max_size=120))
def test_no_second_sees_more_than_allowed_whenever_messages_arrive(tries: list[tuple[int, float, float]]) -> None:
    pace, clock = started(per_second=4)
    arrived: list[tuple[float, uuid.UUID]] = []
    for chat_number, passes, arrives in tries:
        chat = uuid.UUID(int=chat_number)
        clock.now += passes
        began = clock.now
        if pace.begin(chat):
            clock.now += passes
            arrived.append((began + arrives * (clock.now - began), chat))
            pace.end(chat)

    for at, chat in arrived:
        within = [one for one in arrived if at <= one[0] < at + 1.0]
        assert len(within) <= 4
        assert [one for _, one in within].count(chat) == 1

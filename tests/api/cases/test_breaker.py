"""The breaker: five failures open it, half a minute later one call tries."""

from api.cases.breaker import OPEN_SECONDS, Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(5):
        breaker.failed()
    return breaker


def test_four_failures_leave_it_closed() -> None:
    breaker = Breaker(Clock())

    for _ in range(4):
        breaker.failed()

    assert breaker.lets_through()
    assert not breaker.is_open


def test_fifth_failure_opens_it() -> None:
    breaker = opened(Clock())

    assert breaker.is_open
    assert not breaker.lets_through()


def test_success_between_begins_the_count_anew() -> None:
    breaker = Breaker(Clock())
    for outcome in (breaker.failed, breaker.failed, breaker.succeeded, breaker.failed, breaker.failed, breaker.failed):
        outcome()

    assert not breaker.is_open


def test_just_before_half_a_minute_nothing_goes_through() -> None:
    clock = Clock()
    breaker = opened(clock)

    clock.now += OPEN_SECONDS - 0.1

    assert not breaker.lets_through()


def test_after_half_a_minute_one_call_tries() -> None:
    clock = Clock()
    breaker = opened(clock)

    clock.now += OPEN_SECONDS

    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]


def test_successful_trial_closes_it() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += OPEN_SECONDS
    breaker.lets_through()

    breaker.succeeded()

    assert [breaker.lets_through() for _ in range(3)] == [True, True, True]


def test_failed_trial_keeps_it_open_for_as_long_again() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += OPEN_SECONDS
    breaker.lets_through()
    clock.now += 1
    breaker.failed()

    clock.now += OPEN_SECONDS - 0.1
    assert not breaker.lets_through()
    clock.now += 0.1
    assert breaker.lets_through()


def test_trial_that_never_reports_back_is_followed_by_another() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += OPEN_SECONDS
    breaker.lets_through()

    clock.now += OPEN_SECONDS

    assert breaker.lets_through()

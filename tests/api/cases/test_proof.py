"""Who may see a case, and the locks against guessing.

The limits: 5 wrong tries of a sender close it for 15 minutes, then for twice as long; 10 in 24 hours close a case.
"""

import statistics
import time
from datetime import datetime, timedelta

import pytest

from actions.ports import CaseProgress, Locked
from api.cases.proof import sender_closed_until
from tests.api.cases.conftest import CASE_NO, NOW, OTHER_CASE_NO, Registry

A_MINUTE = timedelta(minutes=1)


async def test_right_proof_shows_the_case(registry: Registry) -> None:
    await registry.case()

    shown = await registry.prove(await registry.conversation())

    assert isinstance(shown, CaseProgress)
    assert shown.case_no == CASE_NO


@pytest.mark.parametrize("last_four", ["123x", "123X"])
async def test_last_letter_counts_in_both_cases(registry: Registry, last_four: str) -> None:
    await registry.case()

    assert await registry.prove(await registry.conversation(), last_four) is not None


@pytest.mark.parametrize("last_four", ["1234", "", "X321", "0123X"])
async def test_wrong_proof_shows_nothing(registry: Registry, last_four: str) -> None:
    await registry.case()

    assert await registry.prove(await registry.conversation(), last_four) is None


async def test_unknown_case_is_answered_like_a_wrong_proof(registry: Registry) -> None:
    conversation = await registry.conversation()

    assert await registry.prove(conversation) is None


async def test_equal_endings_look_different_in_the_database(registry: Registry) -> None:
    await registry.case()
    await registry.case(OTHER_CASE_NO)

    async with registry.engine.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT DISTINCT last_four_index FROM case_file")
        assert len(rows.all()) == 2


async def test_fourth_wrong_try_leaves_the_sender_open(registry: Registry) -> None:
    await registry.case()
    conversation = await registry.conversation()
    await registry.wrong_proofs(conversation, 4, ago=A_MINUTE, case_no=OTHER_CASE_NO)

    assert isinstance(await registry.prove(conversation), CaseProgress)


async def test_fifth_wrong_try_closes_the_sender_even_for_the_right_proof(registry: Registry) -> None:
    await registry.case()
    conversation = await registry.conversation()
    await registry.wrong_proofs(conversation, 5, ago=A_MINUTE, case_no=OTHER_CASE_NO)

    assert await registry.prove(conversation) == Locked(NOW + timedelta(minutes=14))


async def test_closed_sender_learns_nothing_about_a_case(registry: Registry) -> None:
    await registry.case()
    conversation = await registry.conversation()
    await registry.wrong_proofs(conversation, 5, ago=A_MINUTE)

    answers = [
        await registry.prove(conversation),
        await registry.prove(conversation, "9999"),
        await registry.prove(conversation, case_no=OTHER_CASE_NO),
    ]

    assert answers == [answers[0]] * 3


async def test_sender_is_open_again_after_fifteen_minutes(registry: Registry) -> None:
    await registry.case()
    conversation = await registry.conversation()
    await registry.wrong_proofs(conversation, 5, ago=timedelta(minutes=15))

    assert isinstance(await registry.prove(conversation), CaseProgress)


async def test_other_sender_is_not_closed_with_the_first(registry: Registry) -> None:
    await registry.case()
    await registry.wrong_proofs(await registry.conversation(), 5, ago=A_MINUTE)

    assert isinstance(await registry.prove(await registry.conversation()), CaseProgress)


async def test_ninth_wrong_try_leaves_the_case_open(registry: Registry) -> None:
    await registry.case()
    for _ in range(3):
        await registry.wrong_proofs(await registry.conversation(), 3, ago=A_MINUTE)

    assert isinstance(await registry.prove(await registry.conversation()), CaseProgress)


async def test_tenth_wrong_try_of_many_senders_closes_the_case_to_strangers(registry: Registry) -> None:
    await registry.case()
    for _ in range(5):
        await registry.wrong_proofs(await registry.conversation(), 2, ago=timedelta(hours=1))

    assert await registry.prove(await registry.conversation()) == Locked(NOW + timedelta(hours=23))


async def test_case_that_does_not_exist_closes_like_one_that_does(registry: Registry) -> None:
    for _ in range(5):
        await registry.wrong_proofs(await registry.conversation(), 2, ago=timedelta(hours=1))

    assert await registry.prove(await registry.conversation()) == Locked(NOW + timedelta(hours=23))


async def test_closed_case_leaves_other_cases_open(registry: Registry) -> None:
    await registry.case(OTHER_CASE_NO)
    for _ in range(5):
        await registry.wrong_proofs(await registry.conversation(), 2, ago=A_MINUTE)

    shown = await registry.prove(await registry.conversation(), case_no=OTHER_CASE_NO)

    assert isinstance(shown, CaseProgress)


async def test_case_is_open_again_after_a_day(registry: Registry) -> None:
    await registry.case()
    for _ in range(5):
        await registry.wrong_proofs(await registry.conversation(), 2, ago=timedelta(hours=24))

    assert isinstance(await registry.prove(await registry.conversation()), CaseProgress)


async def test_owner_sees_the_case_whatever_others_tried(registry: Registry) -> None:
    case_id = await registry.case()
    owner = await registry.conversation()
    await registry.bind(owner, case_id)
    await registry.wrong_proofs(owner, 5, ago=A_MINUTE)
    for _ in range(5):
        await registry.wrong_proofs(await registry.conversation(), 2, ago=A_MINUTE)

    assert [one.case_no for one in await registry.cases.bound_to(owner)] == [CASE_NO]


MINUTES = (0, 15, 30, 60, 120, 240, 480, 960, 1440, 1440)
"""How long the locks of somebody last who goes on as soon as one ends; the first is counted from nought."""


def tries_of_somebody_who_never_rests(locks: int) -> list[datetime]:
    """Five wrong tries whenever the lock before has ended."""
    begun, tries = NOW, []
    for minutes in MINUTES[:locks]:
        begun += timedelta(minutes=minutes)
        tries += [begun] * 5
    return tries


@pytest.mark.parametrize("locks", range(1, len(MINUTES)))
def test_each_further_lock_lasts_twice_as_long_up_to_a_day(locks: int) -> None:
    tries = tries_of_somebody_who_never_rests(locks)

    assert sender_closed_until(tries) == tries[-1] + timedelta(minutes=MINUTES[locks])


def test_lock_is_short_again_after_a_day_of_rest() -> None:
    first = NOW
    again = first + timedelta(minutes=15) + timedelta(hours=24)

    assert sender_closed_until([first] * 5 + [again] * 5) == again + timedelta(minutes=15)


def test_slow_guesses_are_counted_over_a_day() -> None:
    tries = [NOW + timedelta(hours=5 * number) for number in range(5)]

    assert sender_closed_until(tries) == tries[-1] + timedelta(minutes=15)


def test_tries_of_yesterday_are_forgotten() -> None:
    tries = [NOW - timedelta(hours=24)] + [NOW] * 4

    assert sender_closed_until(tries) is None


async def test_tenth_newest_try_decides_until_when_a_case_is_closed(registry: Registry) -> None:
    await registry.case()
    for hours in (5, 4, 3, 2, 1):
        for _ in range(2):
            await registry.wrong_proofs(await registry.conversation(), 2, ago=timedelta(hours=hours))

    # Twenty tries; the tenth newest is three hours old, so that 21 are left.
    assert await registry.prove(await registry.conversation()) == Locked(NOW + timedelta(hours=21))


async def test_unknown_case_and_wrong_proof_are_answered_alike_and_in_the_same_time(registry: Registry) -> None:
    await registry.case()
    conversation = await registry.conversation()
    seconds: dict[str, list[float]] = {CASE_NO: [], OTHER_CASE_NO: []}
    answers = []
    for _ in range(200):
        for case_no, times in seconds.items():
            begun = time.perf_counter()
            answers.append(await registry.prove(conversation, "9999", case_no))
            times.append(time.perf_counter() - begun)

    assert answers == [None] * 400
    wrong, unknown = (statistics.median(times) for times in seconds.values())
    assert abs(wrong - unknown) < 0.005

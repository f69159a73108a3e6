"""Who may see a case, and the locks against guessing.

The limits: 5 wrong tries of a sender in 15 minutes, 10 at a case in 24 hours.
"""

from datetime import timedelta

import pytest

from actions.ports import CaseProgress, Locked
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

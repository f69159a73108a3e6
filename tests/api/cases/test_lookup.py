"""What is read of a case: its items, when they are due, and whether they are late."""

from datetime import date

import pytest

from api.conversations.desk_hours import LOCAL
from tests.api.cases.conftest import CASE_NO, OTHER_CASE_NO, Registry

TODAY = date(2026, 11, 23)


async def test_stranger_has_no_cases(registry: Registry) -> None:
    await registry.case()

    assert await registry.cases.bound_to(await registry.conversation()) == []


async def test_all_proved_cases_are_found(registry: Registry) -> None:
    conversation = await registry.conversation()
    await registry.bind(conversation, await registry.case())
    await registry.bind(conversation, await registry.case(OTHER_CASE_NO))

    assert {one.case_no for one in await registry.cases.bound_to(conversation)} == {CASE_NO, OTHER_CASE_NO}


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        (date(2026, 11, 22), "processing", True),
        (TODAY, "processing", False),
        (date(2026, 11, 24), "processing", False),
        (None, "processing", False),
        (date(2026, 11, 22), "completed", False),
    ],
)
async def test_late_is_what_is_past_its_day_and_not_finished(
    registry: Registry, due: date | None, status: str, overdue: bool
) -> None:
    conversation = await registry.conversation()
    await registry.bind(conversation, await registry.case(due=due, status=status))

    item = (await registry.cases.bound_to(conversation))[0].items[0]

    assert (item.due, item.overdue) == (due, overdue)


async def test_times_are_local(registry: Registry) -> None:
    conversation = await registry.conversation()
    await registry.bind(conversation, await registry.case())

    case = (await registry.cases.bound_to(conversation))[0]

    assert case.accepted_at.utcoffset() == case.items[0].since.utcoffset()
    assert case.accepted_at.tzinfo is LOCAL

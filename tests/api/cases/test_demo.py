"""The demonstration: always fresh, always marked, never in the way of a real case."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actions.ports import CaseProgress
from api.cases.demo import CASE_NO, LAST_FOUR, ensure_demo_case
from tests.actions.builders import knowledge
from tests.api.cases.conftest import NOW, Registry


async def written(registry: Registry, now: datetime) -> CaseProgress:
    await ensure_demo_case(registry.engine, registry.sealer, knowledge().library, now)
    registry.now = now
    shown = await registry.prove(await registry.conversation(), LAST_FOUR, CASE_NO)
    assert isinstance(shown, CaseProgress)
    return shown


async def test_demonstration_is_marked_as_one(registry: Registry) -> None:
    assert (await written(registry, NOW)).is_demo


async def test_number_has_the_form_of_a_case_number() -> None:
    assert CASE_NO == "TY26-DEM0-CASE"


async def test_dates_move_with_the_day(registry: Registry) -> None:
    first = await written(registry, NOW)

    later = await written(registry, NOW + timedelta(days=30))

    assert [two.since - one.since for one, two in zip(first.items, later.items, strict=True)] == [
        timedelta(days=30)
    ] * len(first.items)
    assert later.accepted_at - first.accepted_at == timedelta(days=30)


async def test_what_is_open_has_the_limit_of_the_guide(registry: Registry) -> None:
    # Reported on Wednesday 18 November; ten working days, no holiday between: Wednesday 2 December.
    shown = await written(registry, NOW)

    item = next(one for one in shown.items if one.item == "household_registration")
    assert (item.since.date(), item.due) == (date(2026, 11, 18), date(2026, 12, 2))
    assert not item.overdue


@pytest.mark.parametrize("item", ["reporting", "subsidy", "household_registration", "social_security_card"])
async def test_items_of_the_guide_are_shown(registry: Registry, item: str) -> None:
    shown = await written(registry, NOW)

    assert item in [one.item for one in shown.items]


async def test_bound_conversation_keeps_its_binding(registry: Registry) -> None:
    await written(registry, NOW)
    await written(registry, NOW + timedelta(days=1))

    async with registry.engine.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT count(*) FROM case_file")
        assert rows.scalar_one() == 1


async def test_real_cases_stay_untouched(registry: Registry) -> None:
    await registry.case()

    await written(registry, NOW)

    assert isinstance(await registry.prove(await registry.conversation()), CaseProgress)


async def test_day_is_the_local_one(registry: Registry) -> None:
    # 23:00 in UTC is the next morning in China.
    shown = await written(registry, datetime(2026, 11, 21, 23, 0, tzinfo=UTC))

    assert shown.accepted_at.date() == date(2026, 11, 15)

"""The demonstration: always fresh, always marked, never in the way of a real case."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from actions.ports import CaseProgress
from api.cases.demo import LAST_FOUR, clear_demo, ensure_demo_case, load_demo
from api.cases.demo_cases import CASE_NO, demo_cases
from api.cases.demo_course import FORKS, USUAL
from api.cases.simulator import Simulator
from api.db.models import CaseFile
from tests.actions.builders import knowledge
from tests.api.cases.conftest import NOW, Registry

LIBRARY = knowledge().library
HENAN_ACCEPTED = "TY26-DEM0-4109"
HENAN_LATE, HENAN_UNKNOWN = "TY26-DEM0-4100", "TY26-DEM0-4199"


async def shown(registry: Registry, case_no: str = CASE_NO) -> CaseProgress:
    progress = await registry.prove(await registry.conversation(), LAST_FOUR, case_no)
    assert isinstance(progress, CaseProgress)
    return progress


async def written(registry: Registry, now: datetime) -> CaseProgress:
    await ensure_demo_case(registry.engine, registry.sealer, LIBRARY, now)
    registry.now = now
    return await shown(registry)


async def load(registry: Registry, now: datetime = NOW) -> list[str]:
    async with registry.engine.begin() as connection:
        return [one.case_no for one in await load_demo(connection, registry.sealer, LIBRARY, now)]


async def count(registry: Registry, query: str) -> int:
    async with registry.engine.connect() as connection:
        return int((await connection.exec_driver_sql(query)).scalar_one())


async def id_of(registry: Registry, case_no: str) -> int:
    async with registry.engine.connect() as connection:
        return (await connection.execute(select(CaseFile.id).where(CaseFile.case_no == case_no))).scalar_one()


def a_lot(seed: int = 7) -> random.Random:
    return random.Random(seed)  # noqa: S311 (no secret)


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
    case = await written(registry, NOW)

    item = next(one for one in case.items if one.item == "household_registration")
    assert (item.since.date(), item.due) == (date(2026, 11, 18), date(2026, 12, 2))
    assert not item.overdue


@pytest.mark.parametrize("item", ["reporting", "subsidy", "household_registration", "social_security_card"])
async def test_items_of_the_guide_are_shown(registry: Registry, item: str) -> None:
    case = await written(registry, NOW)

    assert item in [one.item for one in case.items]


async def test_bound_conversation_keeps_its_binding(registry: Registry) -> None:
    await written(registry, NOW)
    await written(registry, NOW + timedelta(days=1))

    assert await count(registry, "SELECT count(*) FROM case_file") == 1


async def test_what_was_played_lasts_for_the_day(registry: Registry) -> None:
    await written(registry, NOW)
    async with registry.engine.begin() as connection:
        await Simulator(LIBRARY, a_lot(), lambda: NOW).move(connection)
    reports = await count(registry, "SELECT count(*) FROM case_event")

    await written(registry, NOW + timedelta(minutes=1))

    assert await count(registry, "SELECT count(*) FROM case_event") == reports


async def test_real_cases_stay_untouched(registry: Registry) -> None:
    await registry.case()

    await written(registry, NOW)

    assert isinstance(await registry.prove(await registry.conversation()), CaseProgress)


async def test_day_is_the_local_one(registry: Registry) -> None:
    # 23:00 in UTC is the next morning in China.
    case = await written(registry, datetime(2026, 11, 21, 23, 0, tzinfo=UTC))

    assert case.accepted_at.date() == date(2026, 11, 15)


async def test_load_shows_every_usual_status_in_every_province(registry: Registry) -> None:
    await load(registry)

    async with registry.engine.connect() as connection:
        query = "SELECT DISTINCT region, status FROM case_item JOIN case_file ON case_file.id = case_id"
        found = {tuple(row) for row in (await connection.exec_driver_sql(query)).all()}
    expected = {(one.head.region, status) for one in LIBRARY.provinces.values() for status in (*USUAL, *FORKS)}
    assert expected <= found


def test_every_status_is_shown_somewhere() -> None:
    assert {one.id for one in LIBRARY.catalogue.statuses} <= {one.shows for one in demo_cases(LIBRARY, NOW.date())}


async def test_every_case_of_a_load_shows_what_its_line_says(registry: Registry) -> None:
    await load(registry)

    async with registry.engine.connect() as connection:
        query = "SELECT case_no, item, status FROM case_item JOIN case_file ON case_file.id = case_id"
        found = {(row.case_no, row.item): row.status for row in (await connection.exec_driver_sql(query)).all()}
    cases = [one for one in demo_cases(LIBRARY, NOW.date()) if one.shows != "overdue"]
    assert {one.case_no: found[one.case_no, one.item] for one in cases} == {one.case_no: one.shows for one in cases}


async def test_all_cases_of_a_load_are_marked(registry: Registry) -> None:
    numbers = await load(registry)

    assert await count(registry, "SELECT count(*) FROM case_file WHERE is_demo") == len(numbers)
    assert all(number.startswith("TY26-DEM0-") for number in numbers)


async def test_second_load_changes_nothing_but_dates(registry: Registry) -> None:
    first = await load(registry)
    before = await shown(registry, HENAN_ACCEPTED)

    again = await load(registry, NOW + timedelta(days=3))

    assert first == again
    after = await shown(registry, HENAN_ACCEPTED)
    assert [one.status for one in after.items] == [one.status for one in before.items]
    assert after.accepted_at - before.accepted_at == timedelta(days=3)
    assert await count(registry, "SELECT count(*) FROM case_file") == len(again)


async def test_late_case_is_late(registry: Registry) -> None:
    await load(registry)

    assert [one.overdue for one in (await shown(registry, HENAN_LATE)).items] == [True]


async def test_case_that_is_shown_as_late_is_late(registry: Registry) -> None:
    await load(registry)

    late = [one.case_no for one in demo_cases(LIBRARY, NOW.date()) if one.shows == "overdue"]
    cases = [await shown(registry, number) for number in late]

    assert len(cases) >= 2
    assert all(item.overdue for case in cases for item in case.items)


def test_no_case_is_late_where_the_guide_has_no_limit() -> None:
    assert "sichuan" not in {one.province for one in demo_cases(LIBRARY, NOW.date()) if one.shows == "overdue"}


async def test_unknown_status_is_shown_as_such(registry: Registry) -> None:
    await load(registry)

    assert [one.status for one in (await shown(registry, HENAN_UNKNOWN)).items] == ["unrecognised"]


async def test_load_is_told_to_nobody(registry: Registry) -> None:
    await load(registry)
    conversation = await registry.conversation()
    case_id = await id_of(registry, HENAN_ACCEPTED)
    await registry.bind(conversation, case_id)
    async with registry.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE case_binding SET news = 'agreed'")

    await load(registry, NOW + timedelta(days=1))

    assert await count(registry, "SELECT count(*) FROM planned_message") == 0
    assert await count(registry, "SELECT count(*) FROM case_binding") == 1


async def test_number_of_a_real_case_is_never_written_over(registry: Registry) -> None:
    await registry.case(HENAN_ACCEPTED)

    await load(registry)

    query = "SELECT count(*) FROM case_event JOIN case_file ON case_file.id = case_id WHERE NOT is_demo"
    assert await count(registry, query) == 0
    assert isinstance(await registry.prove(await registry.conversation(), case_no=HENAN_ACCEPTED), CaseProgress)


async def test_clear_takes_the_demonstration_alone(registry: Registry) -> None:
    await load(registry)
    await ensure_demo_case(registry.engine, registry.sealer, LIBRARY, NOW)
    await registry.case()

    async with registry.engine.begin() as connection:
        gone = await clear_demo(connection)

    assert gone == len(list(demo_cases(LIBRARY, NOW.date()))) + 1
    assert await count(registry, "SELECT count(*) FROM case_file") == 1


async def test_case_that_no_demonstration_has_any_more_goes_with_the_next_load(registry: Registry) -> None:
    await load(registry)
    async with registry.engine.begin() as connection:
        stray = update(CaseFile).where(CaseFile.case_no == HENAN_ACCEPTED).values(case_no="TY26-DEM0-0001")
        await connection.execute(stray)

    numbers = await load(registry)

    assert await count(registry, "SELECT count(*) FROM case_file") == len(numbers)

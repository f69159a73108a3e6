"""The play: demo cases go on as departments would report them, and news of it go out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from api.cases.demo import ensure_demo_case, load_demo
from api.cases.demo_course import course_of, following, way_to
from api.cases.simulator import Move, Simulator
from api.db.models import CaseEvent, CaseFile
from knowledge.library import ProvinceKnowledge
from knowledge.model import Item
from tests.actions.builders import knowledge
from tests.api.cases.conftest import NOW, Registry
from tests.api.cases.test_demo import a_lot

LIBRARY = knowledge().library
HENAN = LIBRARY.provinces["henan"]
STATUSES = [one.id for one in LIBRARY.catalogue.statuses]
CASE_NO = "TY26-DEM0-4101"


class Clock:
    """A minute passes at each look."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


async def loaded(registry: Registry) -> Simulator:
    async with registry.engine.begin() as connection:
        await load_demo(connection, registry.sealer, LIBRARY, NOW)
    return Simulator(LIBRARY, a_lot(), Clock())


async def played(registry: Registry, simulator: Simulator, case_no: str | None = None, most: int = 100) -> list[Move]:
    moves: list[Move] = []
    while len(moves) < most:
        async with registry.engine.begin() as connection:
            move = await simulator.move(connection, case_no)
        if move is None:
            break
        moves.append(move)
    return moves


async def test_case_goes_on_to_its_end(registry: Registry) -> None:
    moves = await played(registry, await loaded(registry), CASE_NO)

    assert moves[0].status == "submitted"
    assert moves[-1].status == "completed"
    assert {one.case_no for one in moves} == {CASE_NO}


async def test_real_case_is_never_moved(registry: Registry) -> None:
    await registry.case()

    assert await played(registry, Simulator(LIBRARY, a_lot(), Clock())) == []


async def test_report_is_stored_as_a_department_s(registry: Registry) -> None:
    await played(registry, await loaded(registry), CASE_NO, most=1)

    async with registry.engine.connect() as connection:
        wanted = select(CaseEvent.status, CaseEvent.reported, CaseEvent.key_id).join(CaseFile)
        rows = (await connection.execute(wanted.where(CaseFile.case_no == CASE_NO).order_by(CaseEvent.at))).all()
    assert [tuple(row) for row in rows] == [("draft", "草稿", None), ("submitted", "已提交", None)]


async def test_who_agreed_is_told(registry: Registry) -> None:
    await ensure_demo_case(registry.engine, registry.sealer, LIBRARY, NOW)
    async with registry.engine.begin() as connection:
        case_id = (await connection.exec_driver_sql("SELECT id FROM case_file")).scalar_one()
    await registry.bind(await registry.conversation(), case_id)
    async with registry.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE case_binding SET news = 'agreed'")

    await played(registry, Simulator(LIBRARY, a_lot(), Clock()), most=1)

    async with registry.engine.connect() as connection:
        told = (
            await connection.exec_driver_sql("SELECT count(*) FROM planned_message WHERE kind = 'news'")
        ).scalar_one()
    assert told >= 1


@pytest.mark.parametrize("province", LIBRARY.provinces.values(), ids=lambda one: one.id)
def test_every_status_of_every_item_leads_to_an_end(province: ProvinceKnowledge) -> None:
    ends = {one.id for one in LIBRARY.catalogue.statuses if one.is_final}
    pairs = [(item, first) for item in province.items.values() for first in STATUSES]

    assert [(item.id, first) for item, first in pairs if end_of(province, item, first) not in ends] == []


def end_of(province: ProvinceKnowledge, item: Item, status: str) -> str:
    for _ in range(50):
        coming = following(LIBRARY, province, item, status)
        if coming is None:
            return status
        status = coming
    return "endless"


def test_document_is_made_only_where_there_is_one() -> None:
    assert "making_document" in course_of(LIBRARY, HENAN, HENAN.items["identity_card"])
    assert "making_document" not in course_of(LIBRARY, HENAN, HENAN.items["reporting"])


@pytest.mark.parametrize(
    ("status", "before"),
    [("draft", None), ("submitted", None), ("correction_needed", "under_review"), ("refused", "processing")],
)
def test_way_to_a_status_is_the_usual_one(status: str, before: str | None) -> None:
    way = way_to(LIBRARY, HENAN, HENAN.items["household_registration"], status)

    assert way[-1] == status
    assert (way[-2] if len(way) > 1 else None) == before

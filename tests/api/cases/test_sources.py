"""Our own cases and those of a platform behind one port: what is told, kept, and said while the platform is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from actions.ports import Away, CaseProgress, Locked
from api.cases.breaker import Breaker
from api.cases.platform import Platform
from api.cases.sources import JoinedCases
from api.db.models import CaseFile
from tests.actions.builders import knowledge
from tests.api.cases.conftest import CASE_NO, LAST_FOUR, NOW, OTHER_CASE_NO, Registry
from tests.fakes.platform import KEY, URL, FakePlatform, asked_case

LIBRARY = knowledge().library
ASKED = "TY26-A5KE-D000"
MINUTE = timedelta(minutes=1)
PROCESSING = {
    "event_id": "e-2",
    "item": "household_registration",
    "status": "办理中",
    "at": "2026-11-19T10:00:00+08:00",
    "note": "请保持电话13800000000畅通",
}


@dataclass
class House:
    """Both sources; the pauses before a refusal are only noted."""

    registry: Registry
    there: FakePlatform
    http: httpx.AsyncClient
    region: str = ""
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.platform = Platform(self.http, URL, KEY, Breaker(lambda: self.seconds), self.there.pause)

    @property
    def cases(self) -> JoinedCases:
        own, registry = self.registry.cases, self.registry
        clock = lambda: registry.now  # noqa: E731
        return JoinedCases(
            own, self.platform, self.region, registry.engine, registry.sealer, lambda: LIBRARY, clock, self.wait
        )

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def prove(self, case_no: str = ASKED, last_four: str = "123X") -> CaseProgress | Locked | Away | None:
        return await self.cases.prove(await self.registry.conversation(), case_no, last_four)

    async def proved(self, case_no: str = ASKED) -> str:
        """A conversation that has proved a case."""
        conversation = await self.registry.conversation()
        assert isinstance(await self.cases.prove(conversation, case_no, "123X"), CaseProgress)
        async with self.registry.engine.connect() as connection:
            wanted = select(CaseFile.id).where(CaseFile.case_no == case_no)
            await self.registry.bind(conversation, (await connection.execute(wanted)).scalar_one())
        return conversation

    async def count(self, table: str) -> int:
        async with self.registry.engine.connect() as connection:
            return int((await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


@pytest.fixture
async def house(registry: Registry) -> AsyncIterator[House]:
    there = FakePlatform({ASKED: asked_case(ASKED)})
    async with there.client() as http:
        yield House(registry, there, http)


def away(_: httpx.Request) -> httpx.Response:
    return httpx.Response(500)


async def test_case_of_the_platform_is_told_for_a_right_proof(house: House) -> None:
    case = await house.prove()

    assert isinstance(case, CaseProgress)
    assert [(one.item, one.status) for one in case.items] == [("household_registration", "accepted")]
    assert case.as_of is None


async def test_small_x_is_the_same(house: House) -> None:
    assert isinstance(await house.prove(last_four="123x"), CaseProgress)


async def test_wrong_proof_stores_nothing(house: House) -> None:
    assert await house.prove(last_four="9999") is None
    assert await house.count("case_file") == 0


async def test_wrong_proof_and_unknown_case_are_asked_for_and_answered_at_the_same_step(house: House) -> None:
    await house.registry.case()

    outcomes = [await house.prove(ASKED, "9999"), await house.prove(OTHER_CASE_NO), await house.prove(CASE_NO, "9999")]

    assert outcomes == [None, None, None]
    assert len(house.there.asked) == 3
    assert len(house.waits) == 3
    assert all(0 < seconds <= 0.5 for seconds in house.waits)


async def test_own_case_is_never_asked_for(house: House) -> None:
    await house.registry.case()

    assert isinstance(await house.prove(CASE_NO, LAST_FOUR), CaseProgress)
    assert house.there.asked == []


async def test_case_that_was_pushed_is_not_written_over(house: House) -> None:
    await house.registry.case()
    house.there.cases[CASE_NO] = asked_case(CASE_NO, applicant={"last_four": "9999"})

    assert await house.prove(CASE_NO, "9999") is None
    assert isinstance(await house.prove(CASE_NO, LAST_FOUR), CaseProgress)
    assert await house.count("case_event") == 0


async def test_closed_sender_is_not_asked_for(house: House) -> None:
    conversation = await house.registry.conversation()
    await house.registry.wrong_proofs(conversation, 5, MINUTE, ASKED)

    assert isinstance(await house.cases.prove(conversation, ASKED, "123X"), Locked)
    assert house.there.asked == []


async def test_first_question_while_the_platform_is_away_is_no_wrong_proof(house: House) -> None:
    house.there.trouble = away
    await house.registry.case()

    assert [await house.prove(ASKED), await house.prove(OTHER_CASE_NO), await house.prove(CASE_NO, "9999")] == [
        Away()
    ] * 3


async def test_bound_case_is_asked_anew(house: House) -> None:
    conversation = await house.proved()
    house.there.cases[ASKED]["history"].append(PROCESSING)
    house.registry.now = NOW + 2 * MINUTE

    case = (await house.cases.bound_to(conversation))[0]

    assert [(one.status, one.note) for one in case.items] == [("processing", "请保持电话〔手机号1〕畅通")]
    assert [one.status for one in case.history] == ["accepted", "processing"]


async def test_fresh_case_is_not_asked_again(house: House) -> None:
    conversation = await house.proved()

    await house.cases.bound_to(conversation)

    assert len(house.there.asked) == 1


async def test_last_known_status_is_told_with_its_time_while_the_platform_is_away(house: House) -> None:
    conversation = await house.proved()
    house.there.trouble = away
    house.registry.now = NOW + timedelta(hours=3)

    case = (await house.cases.bound_to(conversation))[0]

    assert case.items[0].status == "accepted"
    assert case.as_of == NOW


async def test_proof_is_enough_for_the_last_known_status_too(house: House) -> None:
    await house.proved()
    house.there.trouble = away
    house.registry.now = NOW + timedelta(hours=3)

    case = await house.prove()

    assert isinstance(case, CaseProgress)
    assert case.as_of == NOW


async def test_when_the_platform_is_back_its_word_counts_again(house: House) -> None:
    conversation = await house.proved()
    house.there.trouble = away
    for minutes in range(2, 8):
        house.registry.now = NOW + minutes * MINUTE
        await house.cases.bound_to(conversation)
    assert house.platform.is_away
    house.there.trouble = None
    house.seconds += 30
    house.there.cases[ASKED]["history"].append(PROCESSING)

    case = (await house.cases.bound_to(conversation))[0]

    assert (case.items[0].status, case.as_of) == ("processing", None)
    assert not house.platform.is_away


async def test_case_that_the_platform_knows_no_more_is_told_as_it_was(house: House) -> None:
    conversation = await house.proved()
    del house.there.cases[ASKED]
    house.registry.now = NOW + 2 * MINUTE

    assert (await house.cases.bound_to(conversation))[0].as_of == NOW


async def test_asking_again_stores_no_report_twice(house: House) -> None:
    conversation = await house.proved()
    for minutes in (2, 4, 6):
        house.registry.now = NOW + minutes * MINUTE
        await house.cases.bound_to(conversation)

    assert (await house.count("case_event"), await house.count("case_file")) == (1, 1)


async def test_unknown_status_is_not_guessed_and_a_person_looks_into_it(house: House) -> None:
    house.there.cases[ASKED]["history"].append({**PROCESSING, "status": "step 7b"})

    case = await house.prove()

    assert isinstance(case, CaseProgress)
    assert [(one.status, one.reported) for one in case.items] == [("unrecognised", "step 7b")]
    assert await house.count("desk_task") == 1


async def test_own_word_of_the_department_counts_where_both_are_told(house: House) -> None:
    house.there.cases[ASKED]["history"].append({**PROCESSING, "status": "unrecognised", "reported": "制证中"})

    case = await house.prove()

    assert isinstance(case, CaseProgress)
    assert case.items[0].status == "making_document"


@pytest.mark.parametrize("changes", [{"item": "driving_licence"}, {"at": "2030-01-01T00:00:00Z"}])
async def test_report_that_cannot_be_used_is_left_out(house: House, changes: dict[str, Any]) -> None:
    house.there.cases[ASKED]["history"].append({**PROCESSING, **changes})

    case = await house.prove()

    assert isinstance(case, CaseProgress)
    assert [one.status for one in case.items] == ["accepted"]


@pytest.mark.parametrize(("region", "is_told"), [("410000", True), ("460000", False), ("", True)])
async def test_platform_tells_of_its_own_region_alone(house: House, region: str, is_told: bool) -> None:
    house.region = region

    assert isinstance(await house.prove(), CaseProgress) is is_told


async def test_place_without_a_guide_is_not_told(house: House) -> None:
    house.there.cases[ASKED] = asked_case(ASKED, region="110000")

    assert await house.prove() is None


async def test_stranger_to_the_case_gets_nothing(house: House) -> None:
    await house.proved()

    assert await house.cases.bound_to(await house.registry.conversation()) == []


async def test_what_was_asked_is_dated_by_the_clock_of_the_house(house: House) -> None:
    await house.prove()

    async with house.registry.engine.connect() as connection:
        at: datetime = (await connection.execute(select(CaseFile.asked_at))).scalar_one()
    assert at == NOW

"""What departments are told when something is wrong: every fault by its field, nothing stored, nothing echoed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying

from api.cases.bodies import CaseBody, EventBody, Surrounding, read_case, read_event
from api.cases.faults import Faulty
from api.conversations.desk_hours import LOCAL
from tests.api.conftest import Build, House, knowledge
from tests.fakes.bodies_of_cases import CASE_BODIES, EVENT_BODIES
from tests.fakes.department import CASES, EVENT, ID_NUMBER, NEW_CASE, Department, new_key
from tests.fakes.hostile import hostile_bodies

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
HOSTILE = hostile_bodies(NEW_CASE, "platform_no", "region")
HOSTILE_EVENTS = hostile_bodies(EVENT, "event_id", "status")


@pytest.fixture
async def house(build: Build) -> AsyncIterator[House]:
    """A house on a Monday morning."""
    async with build(now=lambda: NOW) as one:
        yield one


@pytest.fixture
async def platform(house: House) -> Department:
    """The provincial platform."""
    return Department(house.http, await new_key(house.settings))


def faults(answer: httpx.Response) -> list[str]:
    """The fields with a fault, of an answer that is a problem as it should be."""
    told = answer.json()
    assert answer.status_code == told["status"] == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(told) == {"type", "title", "status", "detail", "errors"}
    assert all(set(one) == {"field", "problem"} and one["problem"].isascii() for one in told["errors"])
    return [one["field"] for one in told["errors"]]


async def test_every_fault_is_named_at_once_and_nothing_is_stored(house: House, platform: Department) -> None:
    answer = await platform.open(
        region="火星",
        applicant={"id_number": "110105194912310021", "phone": "12345"},
        items=["reporting", 7, ""],
        accepted_at="2026-11-16 09:30",
        platform_no="",
    )

    assert faults(answer) == [
        "region",
        "applicant.id_number",
        "applicant.phone",
        "items[1]",
        "items[2]",
        "accepted_at",
        "platform_no",
    ]
    assert house.rows("SELECT count(*) FROM case_file") == [(0,)]


async def test_faults_of_an_event_are_named_at_once(house: House, platform: Department) -> None:
    number = await platform.opened()

    answer = await platform.report(
        number, event_id="x" * 129, item="月球登记", status=" ", at="2027-01-01T00:00:00+08:00", note="x" * 501
    )

    assert faults(answer) == ["event_id", "item", "status", "at", "note"]
    assert house.rows("SELECT count(*) FROM case_event") == [(0,)]


async def test_what_is_missing_is_named(platform: Department) -> None:
    number = await platform.opened()

    assert faults(await platform.post(CASES, {})) == ["region", "applicant", "items", "accepted_at"]
    assert faults(await platform.post(f"{CASES}/{number}/events", {})) == ["event_id", "item", "status", "at"]


FAULTS = [
    ("region", {"region": "110000"}),
    ("region", {"region": "我住在河南省新乡市"}),
    ("region", {"region": 410000}),
    ("items", {"items": []}),
    ("items", {"items": "reporting"}),
    ("items", {"items": ["reporting"] * 51}),
    ("items[0]", {"region": "海南", "items": ["养老保险关系转移接续"]}),
    ("items[1]", {"items": ["reporting", "travel_card"]}),
    ("accepted_at", {"accepted_at": "2026-11-16T09:30:00"}),
    ("accepted_at", {"accepted_at": "2026-11-31T09:30:00+08:00"}),
    ("accepted_at", {"accepted_at": "2026-11-16"}),
    ("accepted_at", {"accepted_at": 1_763_000_000}),
    ("accepted_at", {"accepted_at": "2026-11-23T09:05:01+08:00"}),
    ("accepted_at", {"accepted_at": "1999-12-31T09:30:00+08:00"}),
    ("accepted_at", {"accepted_at": "0001-01-01T00:00:00+14:00"}),
    ("accepted_at", {"accepted_at": "9999-12-31T23:59:59-14:00"}),
    ("accepted_at", {"accepted_at": "2026-W47-1T09:30:00+08:00"}),
    ("applicant", {"applicant": []}),
    ("applicant.id_number", {"applicant": {"id_number": "11010519491231003X"}}),
    ("applicant.id_number", {"applicant": {"id_number": "110105209912310027"}}),
    ("applicant.phone", {"applicant": {"id_number": ID_NUMBER, "phone": "138001380001"}}),
]
RIGHT = [
    {"accepted_at": "2026-11-23T09:05:00+08:00"},
    {"accepted_at": "2026-11-16T01:30:00Z"},
    {"accepted_at": "2026-11-16T01:30:00.123456789-00:00"},
    {"applicant": {"id_number": "110105491231002"}},
    {"applicant": {"id_number": "１１０１０５ 19491231 002ｘ", "phone": "+86 138-0013-8000"}},
    {"applicant": {"id_number": ID_NUMBER, "phone": "0371-65901234"}},
    {"applicant": {"id_number": ID_NUMBER, "phone": None}, "platform_no": None},
    {"platform_no": "x" * 128},
]


async def test_fault_is_named_by_its_field(platform: Department) -> None:
    named = [(faults(await platform.open(**change)), field, change) for field, change in FAULTS]

    assert [one for one in named if one[0] != [one[1]]] == []


async def test_what_is_right_is_taken(platform: Department) -> None:
    answers = [(await platform.open(**change), change) for change in RIGHT]

    assert [change for answer, change in answers if answer.status_code != 201] == []


async def test_old_number_is_the_same_person_as_the_widened_one(house: House, platform: Department) -> None:
    await platform.open(applicant={"id_number": "110105491231002"})
    await platform.open(applicant={"id_number": ID_NUMBER.lower()})

    assert house.rows("SELECT count(DISTINCT id_number_index), count(*) FROM case_file") == [(1, 2)]


async def test_hostile_cases_are_422_and_store_nothing(house: House, platform: Department) -> None:
    answers = {name: await platform.post(CASES, body) for name, body in HOSTILE.items()}

    assert [name for name, answer in answers.items() if not faults(answer)] == []
    assert house.rows("SELECT count(*) FROM case_file") == [(0,)]


async def test_hostile_events_are_422_and_store_nothing(house: House, platform: Department) -> None:
    number = await platform.opened()

    answers = {name: await platform.post(f"{CASES}/{number}/events", body) for name, body in HOSTILE_EVENTS.items()}

    assert [name for name, answer in answers.items() if not faults(answer)] == []
    assert house.rows("SELECT count(*) FROM case_event") == [(0,)]


async def test_fault_never_repeats_what_was_sent(platform: Department) -> None:
    secret = "440524188001010014"
    bodies = [
        {**NEW_CASE, "applicant": {"id_number": secret + "9", "phone": secret}},
        {**NEW_CASE, "region": secret, "items": [secret], "accepted_at": secret, "platform_no": [secret]},
        {secret: secret},
        [secret],
    ]

    told = [(await platform.post(CASES, body)).text for body in bodies]

    assert not any(secret in text for text in told)


async def test_body_over_256_kib_is_413(house: House, platform: Department) -> None:
    without_key = await house.http.post(CASES, content=b"x" * (256 * 1024 + 1))

    assert (await platform.open(more="x" * 256 * 1024)).status_code == 413
    assert without_key.status_code == 413


NO_KEYS = [
    {},
    {b"authorization": b""},
    {b"authorization": b"Bearer"},
    {b"authorization": b"Bearer "},
    {b"authorization": b"Bearer tuiyi_wrong"},
    {b"authorization": b"Basic dGVzdDp0ZXN0"},
    {b"authorization": "Bearer 密钥".encode()},
    {b"authorization": b"Bearer \xff\xfe"},
    {b"authorization": b"Bearer " + b"x" * 8_000},
]


async def test_caller_without_a_key_is_401_and_told_how_to_prove_itself(house: House) -> None:
    answers = [
        answer
        for headers in NO_KEYS
        for answer in (
            await house.http.post(CASES, json=NEW_CASE, headers=headers),
            await house.http.post(f"{CASES}/TY26-0000-0000/events", json=EVENT, headers=headers),
            await house.http.get(f"{CASES}/TY26-0000-0000", headers=headers),
        )
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert all(answer.headers["www-authenticate"].startswith("Bearer ") for answer in answers)
    assert all(answer.headers["content-type"] == "application/problem+json" for answer in answers)


async def test_key_does_only_what_its_scopes_say(house: House, platform: Department) -> None:
    number = await platform.opened()
    reader = Department(house.http, await new_key(house.settings, "reader", ["cases:read"]))
    writer = Department(house.http, await new_key(house.settings, "writer", ["cases:events"]))
    opener = Department(house.http, await new_key(house.settings, "opener", ["cases:create"]))

    done = {
        name: [
            (await who.open()).status_code,
            (await who.report(number)).status_code,
            (await who.show(number)).status_code,
        ]
        for name, who in (("reader", reader), ("writer", writer), ("opener", opener))
    }

    assert done == {"reader": [403, 403, 200], "writer": [403, 202, 403], "opener": [201, 403, 403]}


async def test_key_of_a_region_knows_no_other_region(house: House, platform: Department) -> None:
    henan, hainan = await platform.opened(region="新乡"), await platform.opened(region="海口", items=["reporting"])
    local = Department(house.http, await new_key(house.settings, "新乡", regions=["410700"]))

    assert (await local.open(region="红旗区")).status_code == 201
    assert (await local.open(region="河南")).status_code == 403
    assert (await local.report(henan)).status_code == 202
    strange, unknown = await local.report(hainan), await local.report("TY26-0000-0000")
    assert (strange.status_code, strange.json()) == (404, unknown.json())
    assert (await local.show(hainan)).json() == unknown.json()


async def test_case_that_is_not_there_is_404(platform: Department) -> None:
    numbers = ["TY26-0000-0000", "x", "%00", "%ff", "TY26-0000-0000%00", "TY26-0000-000U", "1" * 5000]

    answers = [
        answer
        for number in numbers
        for answer in (await platform.show(number), await platform.post(f"{CASES}/{number}/events", EVENT))
    ]

    assert {answer.status_code for answer in answers} == {404}


async def test_demonstration_is_nobodys_to_feed(house: House, platform: Department) -> None:
    number = await platform.opened()
    house.change("UPDATE case_file SET is_demo = true")

    assert (await platform.report(number)).status_code == 404
    assert (await platform.show(number)).status_code == 404


async def test_database_away_is_503(build: Build) -> None:
    async with build(database_url="postgresql://u:p@127.0.0.1:1/none") as house:
        answer = await Department(house.http, "tuiyi_x").open()

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


AROUND = Surrounding(knowledge().library, NOW, knowledge().library.provinces["henan"])


@trying(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CASE_BODIES)
def test_any_body_is_a_case_or_named_faults(content: bytes) -> None:
    try:
        assert isinstance(read_case(content, AROUND), CaseBody)
    except Faulty as error:
        assert error.faults and str(error).isascii()


@trying(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENT_BODIES)
def test_any_body_is_an_event_or_named_faults(content: bytes) -> None:
    try:
        assert isinstance(read_event(content, AROUND), EventBody)
    except Faulty as error:
        assert error.faults and str(error).isascii()

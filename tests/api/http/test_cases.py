"""How departments feed cases: opened once, reported on once, put in order by time, read by whom they concern."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from api.conversations.desk_hours import LOCAL
from tests.api.conftest import Build, House
from tests.fakes.department import EVENT, ID_NUMBER, NEW_CASE, Department, delivered, new_key

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)


@pytest.fixture
async def house(build: Build) -> AsyncIterator[House]:
    """A house on a Monday morning."""
    async with build(now=lambda: NOW) as one:
        yield one


@pytest.fixture
async def platform(house: House) -> Department:
    """The provincial platform, which may do everything everywhere."""
    return Department(house.http, await new_key(house.settings))


async def test_new_case_gets_a_number_and_says_what_is_due(platform: Department) -> None:
    answer = await platform.open()

    told = answer.json()
    assert answer.status_code == 201
    assert re.fullmatch(r"TY26-[0-9A-Z]{4}-[0-9A-Z]{4}", told["case_no"])
    assert [one["item"] for one in told["items"]] == ["reporting", "household_registration"]
    assert [one["department"] for one in told["items"]] == ["退役军人事务部门", "公安部门"]
    # The police have nothing in hand yet: their ten days wait for the papers.
    assert told["items"][1]["due"] is None
    assert told["items"][1]["waits_for"]


async def test_identity_number_and_phone_are_stored_sealed_only(house: House, platform: Department) -> None:
    await platform.open()

    whole = str(house.rows("SELECT t::text FROM case_file t"))
    assert ID_NUMBER not in whole
    assert "13800138000" not in whole
    assert house.rows("SELECT octet_length(id_number_sealed) > 18, phone_sealed IS NULL FROM case_file") == [
        (True, False)
    ]


@pytest.mark.parametrize(
    "items",
    [
        ["户口登记（退役军人恢复户口）"],
        ["户口登记(退役军人恢复户口)"],
        [" 落户 "],
        ["household_registration", "上户口"],
    ],
)
async def test_items_are_known_by_id_by_the_guides_name_and_by_everyday_names(
    platform: Department, items: list[str]
) -> None:
    told = (await platform.open(items=items)).json()

    assert [one["item"] for one in told["items"]] == ["household_registration"]


async def test_region_may_be_of_any_level(platform: Department) -> None:
    regions = ["410000", "41", "410702", "河南省", "河南", "新乡市", "河南省新乡市红旗区"]

    assert [(await platform.open(region=one)).status_code for one in regions] == [201] * 7


async def test_platform_number_opens_one_case(house: House, platform: Department) -> None:
    first = await platform.open(platform_no="HN-1")

    again = await platform.open(platform_no="HN-1", items=["户口登记", "reporting"])
    other = await platform.open(platform_no="HN-1", items=["reporting"])

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert {one["item"]: one for one in again.json()["items"]} == {one["item"]: one for one in first.json()["items"]}
    assert again.json()["case_no"] == first.json()["case_no"]
    assert house.rows("SELECT count(*) FROM case_file") == [(1,)]


@pytest.mark.parametrize(
    "change",
    [
        {"region": "新乡"},
        {"accepted_at": "2026-11-16T09:30:01+08:00"},
        {"applicant": {"id_number": ID_NUMBER}},
        {"applicant": {"id_number": "110105194912310038", "phone": "13800138000"}},
    ],
)
async def test_platform_number_with_another_content_is_refused(platform: Department, change: dict[str, object]) -> None:
    await platform.open(platform_no="HN-1")

    assert (await platform.open(platform_no="HN-1", **change)).status_code == 409


async def test_platform_number_is_each_keys_own(house: House, platform: Department) -> None:
    other = Department(house.http, await new_key(house.settings, "another"))
    await platform.open(platform_no="1")

    assert (await other.open(platform_no="1")).status_code == 201


async def test_case_that_departments_reported_on_is_still_the_one_of_its_platform_number(platform: Department) -> None:
    first = await platform.open(platform_no="1")
    await platform.report(first.json()["case_no"], item="subsidy")

    again = await platform.open(platform_no="1")

    assert (again.status_code, again.json()) == (200, first.json())


async def test_reported_status_is_recognised_and_starts_the_clock(platform: Department) -> None:
    number = await platform.opened()

    answer = await platform.report(number, status="received", at="2026-11-18T10:00:00+08:00")

    assert answer.status_code == 202
    assert answer.json() == {
        "case_no": number,
        "event_id": "e-1",
        "item": "household_registration",
        "status": "received",
        "recognised": True,
    }
    # Ten working days after Wednesday 18 November, no holiday between: Wednesday 2 December.
    item = (await platform.show(number)).json()["items"][1]
    assert (item["item"], item["due"], item["waits_for"]) == ("household_registration", "2026-12-02", None)


@pytest.mark.parametrize("written", ["{0}", " {0} ", "ty26{1}{2}", "TY26 {1} {2}"])
async def test_number_may_be_written_in_many_ways(platform: Department, written: str) -> None:
    number = await platform.opened()

    asked = written.format(number, *number.split("-")[1:])

    assert (await platform.show(asked)).status_code == 200


async def test_event_of_the_same_id_and_content_has_no_effect(house: House, platform: Department) -> None:
    number = await platform.opened()
    first = await platform.report(number, note="一句话")

    again = await platform.report(number, note="一句话")

    assert (again.status_code, again.json()) == (202, first.json())
    assert house.rows("SELECT count(*) FROM case_event") == [(1,)]


@pytest.mark.parametrize(
    "change",
    [{"status": "办结"}, {"item": "reporting"}, {"at": "2026-11-17T10:00:01+08:00"}, {"note": "别的"}],
)
async def test_event_of_the_same_id_with_another_content_is_refused(
    house: House, platform: Department, change: dict[str, str]
) -> None:
    number = await platform.opened()
    await platform.report(number)

    assert (await platform.report(number, **change)).status_code == 409
    assert house.rows("SELECT status FROM case_event") == [("accepted",)]


async def test_same_event_id_in_another_case_is_another_event(platform: Department) -> None:
    one, other = await platform.opened(), await platform.opened()
    await platform.report(one)

    assert (await platform.report(other, status="办结")).json()["status"] == "completed"


async def test_late_event_is_put_where_it_belongs(platform: Department) -> None:
    number = await platform.opened()
    await platform.report(number, event_id="2", status="办结", at="2026-11-20T10:00:00+08:00")

    await platform.report(number, event_id="1", status="受理", at="2026-11-18T10:00:00+08:00")

    told = (await platform.show(number)).json()
    assert [one["status"] for one in told["history"]] == ["accepted", "completed"]
    assert [one["status"] for one in told["items"] if one["item"] == "household_registration"] == ["completed"]


async def test_unknown_status_is_kept_shown_as_such_and_reported_to_the_desk(
    house: House, platform: Department
) -> None:
    number = await platform.opened()

    answer = await platform.report(number, status="转下一环节")
    await platform.report(number, event_id="e-2", status="转下一环节", at="2026-11-18T10:00:00+08:00")

    assert answer.status_code == 202
    assert (answer.json()["status"], answer.json()["recognised"]) == ("unrecognised", False)
    assert house.rows("SELECT status, reported FROM case_item WHERE item = 'household_registration'") == [
        ("unrecognised", "转下一环节")
    ]
    tasks = house.rows("SELECT kind, key, detail->>'count', detail->>'reported', region FROM desk_task")
    assert tasks == [("unrecognised_status", "status:1:转下一环节", "2", "转下一环节", "410000")]


async def test_item_that_the_case_did_not_open_is_added(platform: Department) -> None:
    number = await platform.opened()

    await platform.report(number, item="社保卡")

    items = [one["item"] for one in (await platform.show(number)).json()["items"]]
    assert sorted(items) == ["household_registration", "reporting", "social_security_card"]


async def test_numbers_in_a_note_and_in_a_status_are_masked_before_they_are_stored(
    house: House, platform: Department
) -> None:
    number = await platform.opened()

    await platform.report(number, status=f"退回 {ID_NUMBER}", note=f"身份证号{ID_NUMBER}和手机13800138000不符")

    stored = str(house.rows("SELECT t::text FROM case_event t")) + str(house.rows("SELECT t::text FROM desk_task t"))
    assert ID_NUMBER not in stored
    assert "13800138000" not in stored
    assert "〔身份证号1〕和手机〔手机号1〕不符" in stored


async def test_whole_case_shows_no_number_of_the_applicant(platform: Department) -> None:
    number = await platform.opened(platform_no="HN-7")
    await platform.report(number, note="请补照片")

    shown = await platform.show(number)

    told = shown.json()
    assert shown.status_code == 200
    assert told["applicant"] == {"id_number": "〔身份证号1〕", "phone": "〔手机号1〕"}
    assert (told["platform_no"], told["region"], told["accepted_at"]) == (
        "HN-7",
        "410000",
        "2026-11-16T09:30:00+08:00",
    )
    assert [one["note"] for one in told["history"]] == ["请补照片"]
    assert "002X" not in shown.text


async def test_500_events_delivered_three_times_side_by_side_and_shuffled_count_once_and_in_order(
    house: House, platform: Department
) -> None:
    draw = random.Random(6)  # noqa: S311, a test
    numbers = [await platform.opened() for _ in range(10)]
    statuses = ["submitted", "received", "accepted", "under_review", "review_passed"]
    begun = datetime(2026, 11, 16, 10, 0, tzinfo=LOCAL)
    events = [
        (number, {"event_id": f"{place:03d}", "status": draw.choice(statuses), "at": _at(begun, place)})
        for number in numbers
        for place in range(50)
    ]
    deliveries = events * 3
    draw.shuffle(deliveries)

    assert await delivered(platform, deliveries, 24) == 0

    assert house.rows("SELECT count(*) FROM case_event") == [(500,)]
    for number in numbers:
        told = (await platform.show(number)).json()
        sent = [event for of, event in events if of == number]
        assert [one["event_id"] for one in told["history"]] == [one["event_id"] for one in sent]
        item = next(one for one in told["items"] if one["item"] == "household_registration")
        assert item["status"] == sent[-1]["status"]


def _at(begun: datetime, place: int) -> str:
    return (begun + timedelta(minutes=place)).isoformat()


async def test_several_reports_of_one_moment_are_ordered_by_their_ids(platform: Department) -> None:
    number = await platform.opened()
    for event_id, status in (("b", "办结"), ("a", "受理")):
        await platform.report(number, event_id=event_id, status=status)

    told = (await platform.show(number)).json()

    assert [one["event_id"] for one in told["history"]] == ["a", "b"]
    assert next(one for one in told["items"] if one["item"] == EVENT["item"])["status"] == "completed"


async def test_fields_that_we_do_not_know_are_left_alone(house: House, platform: Department) -> None:
    answer = await platform.open(applicant={**NEW_CASE["applicant"], "name": "王老五"}, more={"deep": [1]})

    assert answer.status_code == 201
    assert "王老五" not in str(house.rows("SELECT t::text FROM case_file t"))

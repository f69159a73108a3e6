"""The desk's tasks: whose they are, and how they end."""

from __future__ import annotations

from tests.api.conftest import House
from tests.fakes.staff import signed_in, text_of

ADD = "INSERT INTO desk_task (kind, key, region, detail) VALUES (%s, %s, %s, %s::jsonb)"


def add_three(house: House) -> None:
    house.change(ADD, "low_rating", "rating:1", "410700", '{"stars": 1}')
    house.change(ADD, "overdue_item", "overdue:1", "460000", '{"item": "household_registration", "due": "2026-11-20"}')
    house.change(ADD, "unrecognised_status", "status:1", None, '{"reported": "转圈中", "sender": "公安", "count": 3}')


async def test_each_kind_says_what_it_is_about(house: House) -> None:
    add_three(house)

    text = text_of(await signed_in(house, "counselor").get("/desk/tasks"))

    assert all(
        part in text for part in ("给了 1 星", "2026-11-20", "“转圈中”", "收到 3 次", "河南省新乡市", "3 件没办")
    )


async def test_done_with_its_outcome_it_moves_to_the_other_list(house: House) -> None:
    add_three(house)
    one = signed_in(house, "counselor", name="王五")

    await one.post("/desk/tasks/1/done", outcome="打过电话 13800000000，已道歉")
    left = text_of(await one.get("/desk/tasks"))
    again = await one.post("/desk/tasks/1/done", outcome="又办一次")
    said = text_of(await one.get(again.headers["location"]))
    done = text_of(await one.get("/desk/tasks?state=done"))

    assert "给了 1 星" not in left
    assert "2 件没办" in left
    assert "别人已经办完了" in said
    assert "王五" in done
    assert house.rows("SELECT outcome FROM desk_task WHERE done_at IS NOT NULL") == [("打过电话 〔手机号1〕，已道歉",)]
    assert house.rows("SELECT act, object FROM audit") == [("task.done", "task:1")]


async def test_nothing_is_done_without_an_outcome(house: House) -> None:
    add_three(house)
    one = signed_in(house, "lead")

    for outcome in ("", "  ", "长" * 301):
        response = await one.post("/desk/tasks/1/done", outcome=outcome)
        assert "没有存下来" in text_of(await one.get(response.headers["location"]))

    assert house.rows("SELECT count(*) FROM desk_task WHERE done_at IS NOT NULL") == [(0,)]


async def test_other_places_are_not_his_business(house: House) -> None:
    add_three(house)
    one = signed_in(house, "counselor", regions=("410000",))

    text = text_of(await one.get("/desk/tasks"))
    await one.post("/desk/tasks/2/done", outcome="办了")

    assert "给了 1 星" in text
    assert "转圈中" in text
    assert "2026-11-20" not in text
    assert house.rows("SELECT count(*) FROM desk_task WHERE done_at IS NOT NULL") == [(0,)]


async def test_kinds_and_pages_are_told_apart(house: House) -> None:
    add_three(house)
    for number in range(60):
        house.change(ADD, "low_rating", f"rating:x{number}", None, '{"stars": 2}')
    one = signed_in(house, "counselor")

    overdue = await one.get("/desk/tasks?kind=overdue_item")
    first = await one.get("/desk/tasks?kind=low_rating")
    second = await one.get("/desk/tasks?kind=low_rating&after=52")

    assert [page.text.count("<td>\n    <form") for page in (overdue, first, second)] == [1, 50, 11]
    assert ("下一页" in first.text, "下一页" in second.text) == (True, False)

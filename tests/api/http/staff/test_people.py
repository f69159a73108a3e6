"""Accounts: made, changed, closed and opened by an administrator; a password for one use must be changed."""

from __future__ import annotations

import re

import pytest

from tests.api.conftest import House
from tests.fakes.staff import CSRF, Browser, signed_in, text_of

OWN = "孤帆远影碧空尽唯见长江"


def shown_password(page: str) -> str:
    found = re.search(r'<code id="one-time"[^>]*>([a-z0-9]+)</code>', page)
    assert found is not None
    return found[1]


async def enter(house: House, login: str, password: str) -> Browser:
    """Somebody's browser after the sign-in page."""
    stranger = Browser(house, login, "")
    response = await stranger.send("POST", "/staff/sign-in", data={"login": login, "password": password})
    stranger.token = stranger.cookies.get("tuiyi_staff", "")
    house.change("UPDATE staff_session SET csrf = %s", CSRF)
    assert response.status_code in (303, 422, 429)
    return stranger


async def test_a_new_account_must_choose_its_own_password_first(house: House) -> None:
    admin = signed_in(house, "admin")

    made = await admin.post(
        "/staff/people", login="Li.Jie", name="李姐", roles=["counselor", "lead"], places="河南、海口"
    )
    password = shown_password(made.text)
    one = await enter(house, "li.jie", password)
    desk = await one.get("/desk")
    page = await one.get(desk.headers["location"])
    changed = await one.post("/staff/password", old=password, new=OWN, again=OWN)
    again = await enter(house, "li.jie", OWN)

    assert (desk.status_code, desk.headers["location"]) == (303, "/staff/password")
    assert "请先改成自己的密码" in text_of(page)
    assert changed.status_code == 303
    assert (await again.get("/desk")).status_code == 200
    assert house.rows("SELECT name, roles, regions, must_change FROM staff WHERE login = 'li.jie'") == [
        ("李姐", ["counselor", "lead"], ["410000", "460100"], False)
    ]
    assert password not in str(house.rows("SELECT * FROM audit"))


@pytest.mark.parametrize(
    ("login", "name", "roles", "places", "field"),
    [
        ("x y", "李姐", ["lead"], "", "login"),
        ("li", "", ["lead"], "", "name"),
        ("li", "李姐", [], "", "roles"),
        ("li", "李姐", ["king"], "", "roles"),
        ("li", "李姐", ["lead"], "河南、没有的地方", "places"),
        ("li", "李姐", ["lead"], "、".join(["河南"] * 41), "places"),
        ("taken", "李姐", ["lead"], "", "login"),
    ],
)
async def test_faults_are_shown_at_their_fields(
    house: House, login: str, name: str, roles: list[str], places: str, field: str
) -> None:
    admin = signed_in(house, "admin")
    signed_in(house, "lead", login="taken")

    response = await admin.post("/staff/people", login=login, name=name, roles=roles, places=places)

    assert response.status_code == 422
    assert f'id="{field}-fault"' in response.text
    assert house.rows("SELECT count(*) FROM staff") == [(2,)]


async def test_roles_and_places_count_from_the_next_click_on(house: House) -> None:
    admin, one = signed_in(house, "admin"), signed_in(house, "counselor", login="wang")
    before = await one.get("/desk/switches")

    changed = await admin.post("/staff/people/wang/change", name="王五", roles=["lead"], places="海南")

    assert before.status_code == 403
    assert changed.status_code == 303
    assert (await one.get("/desk/switches")).status_code == 200
    assert 'value="海南省"' in (await admin.get("/staff/people/wang")).text
    assert house.rows("SELECT act, object FROM audit ORDER BY id DESC LIMIT 1") == [("staff.change", "staff:wang")]


async def test_a_closed_account_is_out_at_once_and_comes_back_with_another_password(house: House) -> None:
    admin, one = signed_in(house, "admin"), signed_in(house, "counselor", login="wang")

    await admin.post("/staff/people/wang/close")
    out = await one.get("/desk")
    again = await admin.post("/staff/people/wang/reopen")
    back = await enter(house, "wang", shown_password(again.text))

    assert out.headers["location"].startswith("/staff/sign-in")
    assert (await back.get("/staff/password")).status_code == 200
    assert (await admin.post("/staff/people/wang/reopen")).status_code == 303
    acts = house.rows("SELECT act FROM audit WHERE login LIKE 'admin%%' ORDER BY id")
    assert acts == [("staff.disable",), ("staff.reopen",)]


async def test_an_administrator_cannot_shut_himself_out(house: House) -> None:
    admin = signed_in(house, "admin", login="boss")

    closed = await admin.post("/staff/people/boss/close")
    changed = await admin.post("/staff/people/boss/change", name="老板", roles=["lead"], places="")

    assert closed.status_code == 303
    assert changed.status_code == 422
    assert house.rows("SELECT is_active, roles FROM staff WHERE login = 'boss'") == [(True, ["admin"])]


async def test_somebody_locked_out_is_let_in_again(house: House) -> None:
    admin = signed_in(house, "admin")
    made = await admin.post("/staff/people", login="li", name="李", roles=["counselor"], places="")
    for _ in range(5):
        await enter(house, "li", "wrong-password")

    locked = await enter(house, "li", shown_password(made.text))
    await admin.post("/staff/people/li/unlock")
    free = await enter(house, "li", shown_password(made.text))

    assert locked.token == ""
    assert free.token


async def test_the_password_page_keeps_the_doors_limits(house: House) -> None:
    admin = signed_in(house, "admin")
    made = await admin.post("/staff/people", login="li", name="李", roles=["counselor"], places="")
    password = shown_password(made.text)
    one = await enter(house, "li", password)
    for _ in range(5):
        wrong = await one.post("/staff/password", old="wrong-password", new=OWN, again=OWN)

    right = await one.post("/staff/password", old=password, new=OWN, again=OWN)

    assert wrong.status_code == 422
    assert "试错的次数太多" in text_of(right)
    assert right.status_code == 422


async def test_an_account_closed_meanwhile_ends_at_the_door(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.staff import sign_in

    admin = signed_in(house, "admin")
    made = await admin.post("/staff/people", login="li", name="李", roles=["counselor"], places="")
    password = shown_password(made.text)
    one = await enter(house, "li", password)

    def closed_meanwhile(given: str, stored: str | None) -> bool:
        house.change("UPDATE staff SET is_active = false WHERE login = 'li'")
        return True

    monkeypatch.setattr(sign_in, "is_right", closed_meanwhile)
    response = await one.post("/staff/password", old=password, new=OWN, again=OWN)

    assert (response.status_code, response.headers["location"]) == (303, "/staff/sign-in")


async def test_nobody_is_not_there(house: House) -> None:
    admin = signed_in(house, "admin")

    answers = [(await admin.get("/staff/people/nobody")).status_code]
    answers += [
        (await admin.post(f"/staff/people/nobody/{act}", name="x", roles=["lead"])).status_code
        for act in ("change", "password", "unlock", "close", "reopen")
    ]

    assert answers == [404] * 6

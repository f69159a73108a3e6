"""Signing in and out, as a browser does it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import httpx
import pytest

from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.http.staff.door import COOKIE
from api.staff.accounts import add_staff, close_account
from api.staff.sessions import digest_of
from tests.api.conftest import Build, House
from tests.fakes.staff import PAGE, signed_in, text_of

PASSWORD = "落日照大旗马鸣风萧萧"
SIGN_IN = "/staff/sign-in"


async def account(house: House, login: str = "zhang", roles: tuple[str, ...] = ("counselor",)) -> None:
    engine = build_engine(house.settings.sqlalchemy_url, 1)
    async with engine.begin() as connection:
        await add_staff(connection, login, "张三", PASSWORD, roles)
    await engine.dispose()


async def enter(
    house: House, login: str = "zhang", password: str = PASSWORD, next: str = "", **headers: str
) -> httpx.Response:
    form = {"login": login, "password": password, "next": next}
    return await house.http.post(SIGN_IN, data=form, headers={**PAGE, **headers})


async def test_the_way_to_the_desk_leads_over_the_sign_in_page(house: House) -> None:
    await account(house)

    away = await house.http.get("/desk", headers=PAGE)
    form = await house.http.get(away.headers["location"], headers=PAGE)
    inside = await enter(house, next="/desk")
    desk = await house.http.get(inside.headers["location"], headers=PAGE)

    assert (away.status_code, away.headers["location"]) == (303, "/staff/sign-in?next=/desk")
    assert 'name="next" value="/desk"' in form.text
    assert (inside.status_code, inside.headers["location"]) == (303, "/desk")
    assert "张三" in desk.text
    assert desk.status_code == 200


async def test_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    await account(house)

    cookie = (await enter(house)).headers["set-cookie"].lower()

    assert all(part in cookie for part in (f"{COOKIE}=", "httponly", "samesite=lax", "path=/"))
    assert "secure" not in cookie


async def test_cookie_travels_encrypted_where_people_come_over_https(build: Build) -> None:
    async with build(public_url="https://tuiyi.example.cn") as house:
        await account(house)

        from_outside = await enter(house, host="tuiyi.example.cn", origin="https://tuiyi.example.cn")
        on_the_machine = await enter(house)

    assert "Secure" in from_outside.headers["set-cookie"]
    assert "Secure" not in on_the_machine.headers["set-cookie"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/desk//evil", "/", "/staff/sign-out"]
)
async def test_nobody_is_led_out_of_the_consoles(house: House, elsewhere: str) -> None:
    await account(house)

    assert (await enter(house, next=elsewhere)).headers["location"] == "/desk"


async def test_a_wrong_password_and_an_unknown_login_are_answered_alike(house: House) -> None:
    await account(house)

    wrong = await enter(house, password="something else")
    unknown = await enter(house, login="zhane", password="something else")

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("zhang", "") == unknown.text.replace("zhane", "")
    assert "set-cookie" not in wrong.headers


@pytest.mark.parametrize("login", ["zhang", "nobody"])
async def test_the_fifth_wrong_password_closes_the_login_for_a_quarter_of_an_hour(build: Build, login: str) -> None:
    now = [datetime(2026, 11, 23, 9, tzinfo=LOCAL)]
    async with build(now=lambda: now[0]) as house:
        await account(house)
        tries = [await enter(house, login=login, password="wrong") for _ in range(5)]
        right_but_late = await enter(house, login=login)
        now[0] += timedelta(minutes=15)
        later = await enter(house, login=login)

    assert [one.status_code for one in tries] == [422, 422, 422, 422, 429]
    assert "锁 15 分钟" in text_of(tries[-1])
    assert right_but_late.status_code == 429
    assert later.status_code == (303 if login == "zhang" else 422)


async def test_many_guesses_at_once_are_no_more_than_five(house: House) -> None:
    await account(house)

    answers = await asyncio.gather(*(enter(house, password=f"guess {number}") for number in range(12)))

    assert sorted(one.status_code for one in answers) == [422] * 4 + [429] * 8
    assert house.rows("SELECT count(*) FROM staff_login_try") == [(5,)]


async def test_a_session_that_was_planted_is_not_taken_over(house: House) -> None:
    await account(house)
    planted = signed_in(house, "counselor")
    house.http.cookies.set(COOKIE, planted.token)

    given = (await enter(house)).cookies[COOKIE]

    assert given != planted.token
    assert house.rows("SELECT ended_at IS NOT NULL FROM staff_session WHERE digest = %s", digest_of(planted.token)) == [
        (True,)
    ]


async def test_the_token_itself_is_stored_nowhere(house: House) -> None:
    await account(house)

    token = (await enter(house)).cookies[COOKIE]

    assert house.rows("SELECT digest FROM staff_session") == [(digest_of(token),)]


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
async def test_another_site_signs_nobody_in(house: House, headers: dict[str, str]) -> None:
    await account(house)

    response = await enter(house, **headers)

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


async def test_a_closed_account_is_refused_like_an_unknown_one_and_its_sessions_end(house: House) -> None:
    await account(house)
    await enter(house)
    before = await house.http.get("/desk", headers=PAGE)
    engine = build_engine(house.settings.sqlalchemy_url, 1)
    async with engine.begin() as connection:
        await close_account(connection, "zhang", datetime.now(LOCAL))
    await engine.dispose()

    after = await house.http.get("/desk", headers=PAGE)

    assert (before.status_code, after.status_code) == (200, 303)
    assert (await enter(house)).status_code == 422


async def test_signing_out_ends_the_session_and_says_so(house: House) -> None:
    one = signed_in(house, "counselor")

    left = await one.post("/staff/sign-out")
    page = await one.get(left.headers["location"])
    again = await one.get("/desk", headers={"cookie": f"{COOKIE}={one.token}"})

    assert "您已经退出" in text_of(page)
    assert again.status_code == 303


async def test_signing_in_is_in_the_log(house: House) -> None:
    await account(house)
    await enter(house, password="wrong")
    await enter(house, login="my-passw0rd-typed-here", password="wrong")
    await enter(house)

    assert house.rows("SELECT login, act, object FROM audit ORDER BY id") == [
        ("-", "staff.sign_in_failed", "staff:zhang"),
        ("zhang", "staff.sign_in", "staff:zhang"),
    ]

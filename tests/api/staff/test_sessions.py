"""How long a session lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.settings import Settings
from api.staff.accounts import Staff, add_staff, set_password
from api.staff.sessions import Sessions, end_session, open_session

BEGAN = datetime(2026, 11, 23, 9, tzinfo=LOCAL)
PASSWORD = "落日照大旗马鸣风萧萧"


class Office:
    """Somebody who signed in at nine."""

    def __init__(self, settings: Settings) -> None:
        self.now = BEGAN
        self.engine = build_engine(settings.sqlalchemy_url, 2)
        self.sessions = Sessions(self.engine, lambda: self.now)

    async def opened(self) -> str:
        async with self.engine.begin() as connection:
            number = await add_staff(connection, "zhang", "张三", PASSWORD, ["counselor"], ["410000"])
            return await open_session(connection, Staff(number, "zhang", "张三", frozenset()), self.now)

    async def is_in_force(self, token: str, after: timedelta, uses: bool = True) -> bool:
        self.now = BEGAN + after
        return await self.sessions.find(token, uses) is not None


@pytest.fixture
def office(settings: Settings) -> Office:
    return Office(settings)


async def test_who_is_found_has_his_roles_and_places(office: Office) -> None:
    signed = await office.sessions.find(await office.opened())

    assert signed is not None
    assert (signed.staff.login, signed.staff.roles, signed.staff.regions) == ("zhang", {"counselor"}, ("410000",))
    assert signed.may("desk.work")
    assert not signed.may("desk.lead")


@pytest.mark.parametrize(("minutes", "lasts"), [(29, True), (30, False)])
async def test_half_an_hour_without_an_act_ends_it(office: Office, minutes: int, lasts: bool) -> None:
    token = await office.opened()

    assert await office.is_in_force(token, timedelta(minutes=minutes)) is lasts


async def test_twelve_hours_end_it_however_busy_he_is(office: Office) -> None:
    token = await office.opened()
    steps = [timedelta(minutes=20 * number) for number in range(1, 37)]

    answers = [await office.is_in_force(token, step) for step in steps]

    assert answers == [True] * 35 + [False]


async def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(office: Office) -> None:
    token = await office.opened()
    answers = [await office.is_in_force(token, timedelta(minutes=10 * step), uses=False) for step in (1, 2, 3)]

    assert answers == [True, True, False]


@pytest.mark.parametrize("token", ["", "x", "\udce4", "张"])
async def test_a_token_that_nobody_was_given_finds_nobody(office: Office, token: str) -> None:
    await office.opened()

    assert await office.sessions.find(token) is None


async def test_signing_out_and_another_password_end_it(office: Office) -> None:
    first = await office.opened()
    async with office.engine.begin() as connection:
        await end_session(connection, first, office.now)
        second = await open_session(connection, Staff(1, "zhang", "张三", frozenset()), office.now)
    before = [await office.sessions.find(one) is not None for one in (first, second)]
    async with office.engine.begin() as connection:
        await set_password(connection, "zhang", "孤帆远影碧空尽唯见长江", office.now)

    assert before == [False, True]
    assert await office.sessions.find(second) is None

"""Accounts of staff: made, listed, closed, and given another password."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import StaffMember, StaffSession
from api.staff.passwords import PasswordUnusable, check_password, hash_password
from api.staff.rights import ROLES, Right, rights_of
from knowledge.regions import Regions

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
LONGEST_NAME = 40
EASILY_READ = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for each other when they are read out."""
ONE_TIME_CHARACTERS = 16


class StaffUnusable(Exception):
    """An account cannot be made or changed so; the message says why. key: names the sentence that says it to staff."""

    def __init__(self, english: str, key: str) -> None:
        super().__init__(english)
        self.key = key


@dataclass(frozen=True)
class Staff:
    """Somebody who works here. regions: adcodes of the places that are his business; empty: all."""

    id: int
    login: str
    name: str
    roles: frozenset[str]
    regions: tuple[str, ...] = ()
    must_change: bool = False
    """Whether he came in with a password that somebody else made: he chooses another before he does anything else."""

    def may(self, right: Right) -> bool:
        """Whether his roles give him this right."""
        return right in rights_of(self.roles) and (right == "staff.self" or not self.must_change)

    def covers(self, region: str | None, regions: Regions) -> bool:
        """Whether what concerns a place, by its adcode, is his business; what concerns no known place is everybody's.

        What concerns a whole province is not the business of somebody who has one of its cities.
        """
        if not self.regions or not region:
            return True
        return any(place.code in self.regions for place in regions.path(region))


def staff_of(row: Any) -> Staff:
    """The person of a row of the table `staff`."""
    return Staff(row.id, row.login, row.name, frozenset(row.roles), tuple(row.regions), row.must_change)


async def add_staff(
    connection: AsyncConnection,
    login: str,
    name: str,
    password: str,
    roles: Sequence[str],
    regions: Sequence[str] = (),
    must_change: bool = False,
) -> int:
    """Makes an account and returns its id. Raises StaffUnusable or PasswordUnusable."""
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        english = "a login has 2 to 40 letters a-z, digits, dots, hyphens and underscores"
        raise StaffUnusable(english, "people.login")
    _check(name, roles)
    check_password(password, login)
    row = insert(StaffMember).values(
        login=login,
        name=name.strip(),
        password_hash=await asyncio.to_thread(hash_password, password),
        roles=sorted(set(roles)),
        regions=list(regions),
        must_change=must_change,
    )
    made = await connection.execute(row.on_conflict_do_nothing(index_elements=["login"]).returning(StaffMember.id))
    number = made.scalar_one_or_none()
    if number is None:
        raise StaffUnusable(f"there is an account {login}, open or closed; choose another login", "people.taken")
    return number


async def change_account(
    connection: AsyncConnection, login: str, name: str, roles: Sequence[str], regions: Sequence[str]
) -> None:
    """Gives an open account another name, other roles and places, which count from the next click on.

    Raises StaffUnusable.
    """
    _check(name, roles)
    mine = update(StaffMember).where(StaffMember.login == login, StaffMember.is_active)
    values = {"name": name.strip(), "roles": sorted(set(roles)), "regions": list(regions)}
    if (await connection.execute(mine.values(**values).returning(StaffMember.id))).first() is None:
        raise StaffUnusable("no open account has this login", "people.closed")


async def reopen_account(connection: AsyncConnection, login: str) -> None:
    """Lets somebody in again, with a password that is still to be made. Raises StaffUnusable when it is not closed."""
    mine = update(StaffMember).where(StaffMember.login == login, StaffMember.is_active.is_(False))
    if (await connection.execute(mine.values(is_active=True).returning(StaffMember.id))).first() is None:
        raise StaffUnusable("no closed account has this login", "people.open")


def one_time_password(login: str) -> str:
    """A password of 79 random bits that can be read out, for somebody who chooses another one at once."""
    while True:
        password = "".join(secrets.choice(EASILY_READ) for _ in range(ONE_TIME_CHARACTERS))
        try:
            check_password(password, login)
            return password
        except PasswordUnusable:  # It holds a short login by chance.
            continue


async def close_account(connection: AsyncConnection, login: str, now: datetime) -> None:
    """Lets somebody in no more and ends his sessions. Raises StaffUnusable when no open account has this login."""
    await _change(connection, login, now, is_active=False, on_shift=False)


async def set_password(
    connection: AsyncConnection, login: str, password: str, now: datetime, must_change: bool = False
) -> None:
    """Gives another password and ends all sessions. must_change: it opens only the page to choose another.

    Raises StaffUnusable or PasswordUnusable.
    """
    check_password(password, login)
    hashed = await asyncio.to_thread(hash_password, password)
    await _change(connection, login, now, password_hash=hashed, must_change=must_change)


async def all_staff(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Everybody who ever had an account, in the order of their making."""
    columns = [one for one in StaffMember.__table__.columns if one.name != "password_hash"]
    return (await connection.execute(select(*columns).order_by(StaffMember.id))).all()


async def _change(connection: AsyncConnection, login: str, now: datetime, **values: Any) -> None:
    mine = update(StaffMember).where(StaffMember.login == login.strip().lower(), StaffMember.is_active)
    number = (await connection.execute(mine.values(**values).returning(StaffMember.id))).scalar_one_or_none()
    if number is None:
        raise StaffUnusable("no open account has this login", "people.closed")
    sessions = update(StaffSession).where(StaffSession.staff_id == number, StaffSession.ended_at.is_(None))
    await connection.execute(sessions.values(ended_at=now))


def _check(name: str, roles: Sequence[str]) -> None:
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise StaffUnusable(f"an account needs the person's name, at most {LONGEST_NAME} characters", "people.name")
    if not roles or set(roles) - set(ROLES):
        raise StaffUnusable(f"an account needs one or more of the roles {', '.join(ROLES)}", "people.roles")

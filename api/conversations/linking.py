"""Joins conversations of one person on several channels by a code that was told in one and is typed in another.

A code has six digits, is good for ten minutes and once. Guessing: a conversation is locked after five wrong codes, for
longer each time; a code is dead after ten wrong codes of anybody, and nobody is told more than ten codes a day. Whoever
is joined is told so where the code came from, so that he can take it back.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from api.cases.proof import LOOKED_BACK, sender_closed_until
from api.conversations.desk_hours import LOCAL
from api.conversations.saying import say_unasked
from api.conversations.sealing import Sealer
from api.db.models import CaseBinding, LinkCode, PersonLink, PlannedMessage, WrongLinkCode
from bot.message import Reply
from bot.own_affairs import means_no_code
from bot.wording import Wording

GOOD_FOR = timedelta(minutes=10)
TRIES_AT_A_CODE = 10
CODES_A_DAY = 10
ONE_DAY = timedelta(days=1)
# Wrong codes are counted one after the other, so that many at once are no more than ten.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('tuiyi_link_code'))")


@dataclass(frozen=True)
class Linking:
    """What joins a conversation to others, within the transaction of its turn. `now`: when it happens."""

    connection: AsyncConnection
    conversation: uuid.UUID
    sealer: Sealer
    wording: Wording
    now: datetime

    async def give_code(self) -> Reply:
        """Tells a new code; the one before it is good no longer."""
        mine = LinkCode.conversation_id == self.conversation
        told = select(func.count()).where(mine, LinkCode.created_at > self.now - ONE_DAY)
        if (await self.connection.execute(told)).scalar_one() >= CODES_A_DAY:
            return self._notice("no_more_codes")
        await self.connection.execute(update(LinkCode).where(mine).values(used_at=self.now))
        code = _new_code()
        row = {"code_index": self._index(code), "conversation_id": self.conversation}
        await self.connection.execute(
            insert(LinkCode).values(**row, created_at=self.now, expires_at=self.now + GOOD_FOR)
        )
        return self._notice("code", code=f"{code[:3]} {code[3:]}")

    async def try_code(self, code: str) -> Reply:
        """Joins, when the code is good. One that was used, is over or never was is answered alike."""
        await self.connection.execute(ONE_AT_A_TIME)
        mine = select(WrongLinkCode.at).where(
            WrongLinkCode.conversation_id == self.conversation, WrongLinkCode.at > self.now - LOOKED_BACK
        )
        tries = (await self.connection.execute(mine.order_by(WrongLinkCode.at))).scalars()
        until = sender_closed_until(tries)
        if until is not None and until > self.now:
            at = until.astimezone(LOCAL)
            return self._notice("locked", hour=at.hour, minute=at.minute)
        owner = await self._owner_of(code)
        if owner is None:
            wrong = insert(WrongLinkCode).values(conversation_id=self.conversation, at=self.now)
            await self.connection.execute(wrong)
            return self._notice("wrong_code")
        await self._join(owner)
        await share_bindings(self.connection, self.conversation)
        told = self._notice("joined_from_elsewhere")
        await say_unasked(self.connection, owner, "system", [told], at=self.now)
        return self._notice("joined")

    async def unlink(self) -> Reply:
        """Leaves the others, with nothing of theirs; they keep nothing of this one either."""
        return self._notice("unlinked" if await leave(self.connection, self.conversation) else "not_linked")

    async def news_here(self) -> Reply:
        """News of all cases of the person come to this conversation and to no other."""
        bound = update(CaseBinding).where(CaseBinding.conversation_id == self.conversation)
        chosen = bound.values(news="agreed", news_changed_at=self.now).returning(CaseBinding.case_id)
        if not (await self.connection.execute(chosen)).all():
            return self._notice("no_case_here")
        await keep_news_here(self.connection, self.conversation, self.now)
        return self._notice("news_here")

    async def _owner_of(self, code: str) -> uuid.UUID | None:
        """Whose code that is, marked as used; None unless it is good."""
        tries = select(func.count()).where(WrongLinkCode.at >= LinkCode.created_at).scalar_subquery()
        good = (
            select(LinkCode.id)
            .where(
                LinkCode.code_index == self._index(code),
                LinkCode.used_at.is_(None),
                LinkCode.expires_at > self.now,
                LinkCode.conversation_id != self.conversation,
                tries < TRIES_AT_A_CODE,
            )
            .limit(1)
        )
        used = update(LinkCode).where(LinkCode.id.in_(good)).values(used_at=self.now)
        return (await self.connection.execute(used.returning(LinkCode.conversation_id))).scalar_one_or_none()

    async def _join(self, owner: uuid.UUID) -> None:
        """Makes both one person, with all that each was joined to before."""
        pair = select(PersonLink.person).where(PersonLink.conversation_id.in_((owner, self.conversation)))
        before = set((await self.connection.execute(pair)).scalars())
        person = min(before) if before else uuid.uuid4()
        moved = update(PersonLink).where(PersonLink.person.in_(before)).values(person=person)
        await self.connection.execute(moved)
        rows = [{"conversation_id": one, "person": person, "linked_at": self.now} for one in (owner, self.conversation)]
        await self.connection.execute(upsert(PersonLink).values(rows).on_conflict_do_nothing())

    def _index(self, code: str) -> bytes:
        return self.sealer.index(code, "link_code")

    def _notice(self, key: str, **values: object) -> Reply:
        return Reply(kind="notice", text=self.wording.say(f"link.{key}", **values))


async def share_bindings(connection: AsyncConnection, conversation: uuid.UUID) -> None:
    """What one conversation of a person has proved is proved in all of them; news are not, they go where he chose."""
    mine = aliased(PersonLink)
    person = select(mine.person).where(mine.conversation_id == conversation).scalar_subquery()
    proved = (
        select(CaseBinding.case_id)
        .join(PersonLink, PersonLink.conversation_id == CaseBinding.conversation_id)
        .where(PersonLink.person == person)
        .distinct()
        .subquery()
    )
    rows = select(PersonLink.conversation_id, proved.c.case_id, literal(True)).where(PersonLink.person == person)
    shared = upsert(CaseBinding).from_select(
        ["conversation_id", "case_id", "is_shared"], rows.join(proved, literal(True))
    )
    await connection.execute(shared.on_conflict_do_nothing())


async def keep_news_here(connection: AsyncConnection, conversation: uuid.UUID, now: datetime) -> None:
    """Of the cases whose news this conversation wants, no other of the person is told any more."""
    others = _others(conversation)
    here = select(CaseBinding.case_id).where(CaseBinding.conversation_id == conversation, CaseBinding.news == "agreed")
    cases = set((await connection.execute(here)).scalars())
    moved = update(CaseBinding).where(
        CaseBinding.conversation_id.in_(others), CaseBinding.case_id.in_(cases), CaseBinding.news == "agreed"
    )
    await connection.execute(moved.values(news="unasked", news_changed_at=now))
    is_open = (PlannedMessage.sent_at.is_(None), PlannedMessage.cancelled_at.is_(None))
    twin = aliased(PlannedMessage)
    planned = update(PlannedMessage).where(
        PlannedMessage.conversation_id.in_(others),
        PlannedMessage.case_id.in_(cases),
        *is_open,
        ~exists().where(twin.conversation_id == conversation, twin.key == PlannedMessage.key),
    )
    await connection.execute(planned.values(conversation_id=conversation))


async def leave(connection: AsyncConnection, conversation: uuid.UUID) -> bool:
    """Takes a conversation out of what it is joined to; whether it was joined at all."""
    gone = delete(PersonLink).where(PersonLink.conversation_id == conversation).returning(PersonLink.person)
    person = (await connection.execute(gone)).scalar_one_or_none()
    await connection.execute(
        update(LinkCode).where(LinkCode.conversation_id == conversation).values(used_at=func.now())
    )
    if person is None:
        return False
    left = list(
        (await connection.execute(select(PersonLink.conversation_id).where(PersonLink.person == person))).scalars()
    )
    if len(left) == 1:
        await connection.execute(delete(PersonLink).where(PersonLink.person == person))
    own = aliased(CaseBinding)
    proved_there = exists().where(
        own.case_id == CaseBinding.case_id, own.conversation_id.in_(left), own.is_shared.is_(False)
    )
    groups: tuple[Any, ...] = (
        CaseBinding.conversation_id == conversation,
        CaseBinding.conversation_id.in_(left) & ~proved_there,
    )
    for group in groups:
        await connection.execute(delete(CaseBinding).where(group, CaseBinding.is_shared.is_(True)))
    return True


async def joined_to(connection: AsyncConnection, conversation: uuid.UUID) -> list[uuid.UUID]:
    """The other conversations of the same person, in the order in which they are to be locked."""
    return sorted((await connection.execute(_others(conversation))).scalars())


def _others(conversation: uuid.UUID) -> Any:
    """The other conversations of the same person."""
    mine = aliased(PersonLink)
    person = select(mine.person).where(mine.conversation_id == conversation).scalar_subquery()
    return select(PersonLink.conversation_id).where(
        PersonLink.person == person, PersonLink.conversation_id != conversation
    )


def _new_code() -> str:
    while means_no_code(code := f"{secrets.randbelow(1_000_000):06d}"):
        pass
    return code

"""What every act on a change set shares: may he, is it as he saw it, and who is told."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from api.changes import refusals
from api.changes.records import ChangeSet, State
from api.staff.accounts import Staff
from api.staff.audit import note
from api.staff.events import announce
from api.staff.rights import Right

LONGEST_TITLE = 80
LONGEST_REASON = 1000
CHANGED = "changes"
"""What open pages are told."""


async def told(
    connection: AsyncConnection, staff: Staff | None, act: str, number: int, *, reason: str | None = None, **detail: Any
) -> None:
    """Tells open pages, and writes the log last, because that makes other writers wait."""
    await announce(connection, CHANGED)
    await note(connection, staff, act, f"change_set:{number}", reason=reason, **detail)


def may(staff: Staff, right: Right) -> None:
    """Raises NoRightToChange."""
    if not staff.may(right):
        raise refusals.NoRightToChange


def check_seen(change_set: ChangeSet, version: int | None, *states: State) -> None:
    """That the set is at one of these stages, and as he saw it. Raises WrongState, ChangedMeanwhile."""
    if change_set.state not in states:
        raise refusals.WrongState(change_set)
    if version is not None and change_set.version != version:
        raise refusals.ChangedMeanwhile


def title_of(title: str) -> str:
    """The title as it is kept. Raises TitleMissing."""
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise refusals.TitleMissing(most=LONGEST_TITLE)
    return title


def reason_of(reason: str) -> str:
    """The reason as it is kept, which may be none. Raises ReasonTooLong."""
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise refusals.ReasonTooLong(most=LONGEST_REASON)
    return reason

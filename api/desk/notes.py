"""Notes and labels that counselors leave on a matter: read by whoever takes it next, found again by their words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import Conversation, DeskLabel, DeskNote, PersonRequest
from api.office.tasks import within
from api.staff.accounts import Staff
from api.staff.audit import note
from api.staff.events import announce
from bot.masking import mask

LONGEST_NOTE, LONGEST_LABEL = 500, 12
MOST_SHOWN, MOST_FOUND, MOST_SUGGESTED = 20, 50, 30
ESCAPE = "\\"

# Also those on other conversations of the same person, which he has joined himself.
OF_THE_PERSON = """
    SELECT CAST(:conversation AS uuid) UNION SELECT o.conversation_id FROM person_link mine
    JOIN person_link o ON o.person = mine.person WHERE mine.conversation_id = :conversation
"""
NOTES = text(f"""
    SELECT n.id, n.text, n.at, s.name FROM desk_note n JOIN staff s ON s.id = n.staff_id
    WHERE n.conversation_id IN ({OF_THE_PERSON}) ORDER BY n.id DESC LIMIT {MOST_SHOWN}
""")  # noqa: S608
LABELS = text(f"""
    SELECT name, min(at) AS at, bool_or(conversation_id = :conversation) AS is_here FROM desk_label
    WHERE conversation_id IN ({OF_THE_PERSON}) GROUP BY name ORDER BY min(at)
""")  # noqa: S608
SUGGESTED = text(f"SELECT name FROM desk_label GROUP BY name ORDER BY count(*) DESC, name LIMIT {MOST_SUGGESTED}")  # noqa: S608


@dataclass(frozen=True)
class Noted:
    """What stands on a matter. notes: newest first; labels: `is_here` when on this very conversation."""

    notes: list[Row[Any]]
    labels: list[Row[Any]]


async def noted_on(connection: AsyncConnection, conversation: uuid.UUID) -> Noted:
    """All that was noted about the person of a conversation."""
    mine = {"conversation": conversation}
    notes = list((await connection.execute(NOTES, mine)).all())
    return Noted(notes, list((await connection.execute(LABELS, mine)).all()))


async def suggested_labels(connection: AsyncConnection) -> list[str]:
    """Those that are used most, so that one matter does not get two names."""
    return list((await connection.execute(SUGGESTED)).scalars())


async def write_note(
    connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, words: str, form: uuid.UUID
) -> None:
    """Adds a note, once for each form."""
    values = {"conversation_id": conversation, "staff_id": staff.id, "form": form, "text": mask(words).text}
    once = insert(DeskNote).values(**values).on_conflict_do_nothing(index_elements=["form"]).returning(DeskNote.id)
    if (await connection.execute(once)).first() is not None:
        await _tell(connection, staff, "desk.note", conversation)


async def put_label(connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, name: str) -> None:
    """Puts a label on; one that is there already stays as it is."""
    values = {"conversation_id": conversation, "staff_id": staff.id, "name": mask(name).text}
    once = insert(DeskLabel).values(**values).on_conflict_do_nothing().returning(DeskLabel.name)
    if (await connection.execute(once)).first() is not None:
        await _tell(connection, staff, "desk.label", conversation)


async def take_label(connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, name: str) -> None:
    """Takes a label off."""
    gone = delete(DeskLabel).where(DeskLabel.conversation_id == conversation, DeskLabel.name == name)
    if (await connection.execute(gone.returning(DeskLabel.name))).first() is not None:
        await _tell(connection, staff, "desk.unlabel", conversation)


async def find_noted(connection: AsyncConnection, staff: Staff, words: str) -> list[Row[Any]]:
    """Conversations that are his business and have the words in a note or a label, the newest first; he is noted.

    Each row: id, channel, place, labels, the newest note, one that has the words before others, and last_at.
    """
    c, n, one = Conversation, DeskNote, DeskLabel
    like = f"%{_plain(words)}%"
    code = func.coalesce(c.desk_region, c.state["region"]["code"].astext)
    has = or_(
        exists().where(n.conversation_id == c.id, n.text.ilike(like, escape=ESCAPE)),
        exists().where(one.conversation_id == c.id, one.name.ilike(like, escape=ESCAPE)),
    )
    labels = select(func.array_agg(one.name)).where(one.conversation_id == c.id).scalar_subquery()
    newest = select(n.text).where(n.conversation_id == c.id).correlate(c)
    told = newest.order_by(n.text.ilike(like, escape=ESCAPE).desc(), n.id.desc()).limit(1).scalar_subquery()
    last = func.greatest(
        select(func.max(n.at)).where(n.conversation_id == c.id).scalar_subquery(),
        select(func.max(one.at)).where(one.conversation_id == c.id).scalar_subquery(),
    ).label("last_at")
    columns: list[Any] = [
        *(c.id, c.channel, c.state["region"]["name"].astext.label("place")),
        *(labels.label("labels"), told.label("text"), last),
    ]
    wanted = (
        select(*columns)
        .where(has, within(staff, code), exists().where(PersonRequest.conversation_id == c.id))
        .order_by(last.desc())
        .limit(MOST_FOUND)
    )
    found = list((await connection.execute(wanted)).all())
    await note(connection, staff, "desk.find", "notes", found=len(found))
    return found


def _plain(words: str) -> str:
    """The words with nothing in them that would stand for others."""
    for sign in (ESCAPE, "%", "_"):
        words = words.replace(sign, ESCAPE + sign)
    return words


async def _tell(connection: AsyncConnection, staff: Staff, act: str, conversation: uuid.UUID) -> None:
    await note(connection, staff, act, f"conversation:{conversation}")
    await announce(connection, f"conversation:{conversation}")

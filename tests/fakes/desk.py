"""A desk for tests: people who wait, and counselors who take chats."""

from __future__ import annotations

from uuid import UUID

from tests.api.conftest import House
from tests.fakes.staff import Browser, signed_in


def counselor(house: House, name: str = "张三", *roles: str, regions: tuple[str, ...] = ()) -> Browser:
    """Somebody who takes chats now."""
    one = signed_in(house, *(roles or ("counselor",)), name=name, regions=regions)
    house.change("UPDATE staff SET on_shift = true, last_seen_at = now() WHERE login = %s", one.login)
    return one


def conversation_of(house: House, session: str = "s-1") -> UUID:
    """The conversation of a session on the hotline."""
    [(number,)] = house.rows("SELECT id FROM conversation WHERE session_id = %s", session)
    return UUID(str(number))


async def waits(house: House, session: str = "s-1", said: str = "人工", place: str = "河南") -> UUID:
    """Somebody on the hotline who asks for a person."""
    await house.line.send("户口怎么办", f"{session}-1", session, region=place)
    await house.line.send(said, f"{session}-2", session)
    return conversation_of(house, session)


def at(conversation: UUID, act: str = "") -> str:
    """The address of a chat, or of something done in it."""
    return f"/desk/chats/{conversation}{'/' if act else ''}{act}"


def owner_of(house: House, conversation: UUID) -> str:
    """Who answers there."""
    return str(house.rows("SELECT owner FROM conversation WHERE id = %s", conversation)[0][0])

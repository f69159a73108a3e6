"""Notes and labels on a chat, and the page on which they are found again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.desk.notes import LONGEST_LABEL, LONGEST_NOTE, find_noted, put_label, suggested_labels, take_label, write_note
from api.http.staff.desk_chat import CHAT, look_up_own
from api.http.staff.desk_search import MOST_CHARACTERS, SEARCH, Words
from api.http.staff.door import needs
from api.http.staff.paths import chat_path, uuid_of
from api.http.staff.screens import Screens
from api.staff.sessions import Signed
from knowledge.library import Library

FOUND = f"{SEARCH}/notes"


class DeskNoteRoutes:
    """Whoever may read a chat may note something on it, also after it was closed."""

    def __init__(self, engine: AsyncEngine, screens: Screens, library: Callable[[], Library]) -> None:
        self._engine = engine
        self._screens = screens
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(f"{CHAT}/note", self.note, methods=["POST"])
        router.add_api_route(f"{CHAT}/label", self.label, methods=["POST"])
        router.add_api_route(f"{CHAT}/unlabel", self.unlabel, methods=["POST"])
        router.add_api_route(FOUND, self.find, methods=["GET", "HEAD"])
        return router

    async def note(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Adds a note."""
        form = await request.form()
        words = str(form.get("words", "")).replace("\r\n", "\n").strip()
        if not words or len(words) > LONGEST_NOTE or "\x00" in words:
            return self._back(conversation, "desk.wrong_note", most=LONGEST_NOTE)
        return await self._do(conversation, signed, write_note, words, uuid_of(form.get("form")) or uuid.uuid4())

    async def label(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Puts a label on."""
        name = " ".join(str((await request.form()).get("name", "")).split())
        if not name or len(name) > LONGEST_LABEL or "\x00" in name:
            return self._back(conversation, "desk.wrong_label", most=LONGEST_LABEL)
        return await self._do(conversation, signed, put_label, name)

    async def unlabel(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Takes a label off."""
        return await self._do(conversation, signed, take_label, str((await request.form()).get("name", "")))

    async def find(self, request: Request, signed: Annotated[Signed, needs("desk.work")], q: Words = "") -> Response:
        """q: words of a note or a label."""
        words = q.strip()
        async with self._engine.begin() as connection:
            found = await find_noted(connection, signed.staff, words) if words else []
            labels = await suggested_labels(connection)
        values: dict[str, Any] = {"q": words, "found": found, "labels": labels, "most": MOST_CHARACTERS}
        return self._screens.show(request, "desk/notes_found.html", signed, **values)

    async def _do(self, conversation: uuid.UUID, signed: Signed, act: Any, *what: Any) -> Response:
        async with self._engine.begin() as connection:
            await look_up_own(connection, conversation, signed, self._library())
            await act(connection, signed.staff, conversation, *what)
        return self._back(conversation, "desk.noted")

    def _back(self, conversation: uuid.UUID, said: str, **values: int) -> Response:
        return self._screens.go(chat_path(conversation), said, **values)

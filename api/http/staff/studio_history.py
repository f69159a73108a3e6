"""How an entry read before, and bringing an earlier text back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.changes import refusals
from api.changes.changes import Changes
from api.changes.difference import Reader
from api.changes.records import Proposed
from api.http.staff.door import needs
from api.http.staff.draft_choice import drafts_for
from api.http.staff.entry_address import ENTRY, content_of, entry_address
from api.http.staff.screens import Screens
from api.releases.store import NoRelease, Releases
from api.staff.sessions import Signed
from api.studio.history import past_of, text_in
from api.studio.release_reason import plain_reason
from knowledge.entry_kinds import EntryName, shelves_of
from knowledge.entry_list import title_of

HISTORY = f"{ENTRY}/history"
LONGEST_TITLE = 80


class HistoryRoutes:
    """Everybody in the studio looks; editors bring back."""

    def __init__(self, screens: Screens, changes: Changes, releases: Releases) -> None:
        self._screens = screens
        self._changes = changes
        self._releases = releases

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(HISTORY, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{ENTRY}/restore", self.restore, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """Every release that changed it, newest first."""
        asked = request.query_params
        return await self._page(request, signed, _named(asked.get("path"), asked.get("kind"), asked.get("key")))

    async def restore(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """Puts the text of a release into a change set."""
        form = await request.form()
        name = _named(*(str(form.get(part) or "") for part in ("path", "kind", "key")))
        number, chosen = str(form.get("release") or ""), str(form.get("set") or "")
        if not number.isdecimal() or len(number) > 15:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        try:
            after = await text_in(name, int(number), self._releases)
            current = (await self._releases.current()).number
            before = await text_in(name, current, self._releases)
            if chosen.isdecimal() and len(chosen) < 15:
                change_set = int(chosen)
                seen = [one for one in await self._changes.edits(change_set) if one.name == name]
            else:
                title = " ".join(_title(name, after or before).split())
                change_set, seen = await self._changes.create(signed.staff, title[:LONGEST_TITLE]), []
            version = seen[0].version if seen else 0
            await self._changes.put_edit(signed.staff, change_set, Proposed(*name, before, after), version)
        except NoRelease as error:
            raise HTTPException(HTTPStatus.NOT_FOUND) from error
        except refusals.ChangeRefused as refused:
            sentence = self._screens.words.say(refused.key, **refused.values)
            return await self._page(request, signed, name, sentence)
        return self._screens.go(entry_address(name, change_set), "studio.restored")

    async def _page(self, request: Request, signed: Signed, name: EntryName, sentence: str = "") -> Response:
        past = await past_of(name, self._releases)
        if not past:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        _, _, entries = await self._changes.workbench.base()
        reader = Reader(self._screens.words, entries)
        texts = [one.text for one in past]
        people = [one.release.made_by for one in past] + [one.release.approved_by for one in past]
        return self._screens.show(
            request,
            "studio/history.html",
            signed,
            HTTPStatus.CONFLICT if sentence else HTTPStatus.OK,
            name=name,
            past=past,
            title=_title(name, next(text for text in texts if text is not None)),
            changed=[
                reader.change_of(Proposed(*name, before, after)).fields if before and after else ()
                for before, after in zip([*texts[1:], None], texts, strict=True)
            ],
            reason_of=lambda release: plain_reason(release, self._screens.words),
            people=await self._changes.names(people),
            drafts=await drafts_for(signed.staff, self._changes),
            sentence=sentence,
            entry_address=entry_address,
        )


def _title(name: EntryName, text: str | None) -> str:
    """What the entry is called in a text of it."""
    return title_of(name.kind, name.key, content_of(name, text) if text else None)


def _named(path: str | None, kind: str | None, key: str | None) -> EntryName:
    name = EntryName(path or "", kind or "", key or "")
    if not any(shelf.kind == name.kind for shelf in shelves_of(name.path)):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return name

"""One entry as a form: shown, changed part by part, saved into a change set, withdrawn and restored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.changes import refusals
from api.changes.acts import LONGEST_TITLE
from api.changes.changes import Changes
from api.changes.records import Proposed
from api.http.staff.door import needs
from api.http.staff.draft_choice import drafts_for
from api.http.staff.entry_address import (
    ENTRY,
    asked_by,
    content_of,
    default_title,
    entry_address,
    number_or_none,
    text_of,
)
from api.http.staff.paths import STUDIO
from api.http.staff.screens import Screens
from api.releases.store import NoRelease, Releases
from api.staff.sessions import Signed
from api.studio.entry_faults import EntryFaults
from api.studio.form_state import FormState
from api.studio.history import text_in
from api.studio.kinds import KINDS, SHAPES
from api.studio.opening import Opened, Openings
from knowledge.entry_kinds import EntryName, shelves_of
from knowledge.regions import Regions

RAW = f"{ENTRY}/raw"


class FormRoutes:
    """The routes of one entry."""

    def __init__(self, screens: Screens, changes: Changes, releases: Releases, regions: Callable[[], Regions]) -> None:
        self._screens = screens
        self._changes = changes
        self._releases = releases
        self._regions = regions
        self._openings = Openings(changes, changes.workbench)

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(ENTRY, self.show, methods=["GET", "HEAD"])
        router.add_api_route(ENTRY, self.post, methods=["POST"])
        router.add_api_route(RAW, self.show_raw, methods=["GET", "HEAD"])
        router.add_api_route(RAW, self.save_raw, methods=["POST"])
        router.add_api_route(f"{ENTRY}/withdraw", self.withdraw, methods=["POST"])
        router.add_api_route(f"{ENTRY}/take-back", self.take_back, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The form, filled; with what is wrong when it stands in a change set."""
        opened = await self._open(request.query_params)
        if opened.name.kind not in SHAPES:
            return self._screens.go(
                entry_address(opened.name, opened.change_set.id if opened.change_set else None, RAW)
            )
        state = FormState(opened, self._screens.words)
        faults = state.faults(opened.name, opened.draft) if opened.change_set and not opened.is_withdrawn else None
        return await self._page(request, signed, state, faults)

    async def post(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """A button inside the form, or saving it."""
        form = await request.form()
        opened = await self._open(asked_by(form), is_form=True)
        state = FormState(opened, self._screens.words, form)
        act = text_of(form, "_act")
        if act:
            at = state.act(act)
            return await self._page(request, signed, state, None, form=form, at=at)
        number = number_or_none(text_of(form, "_set"))
        key = state.key([edit.key for edit in await self._changes.edits(number)] if number else ())
        if not key:
            faults = EntryFaults()
            place = next((one for one in ("id", "title", "name", "text", "日期") if one in state.tree), "")
            faults.add(place, self._screens.words.say("studio.needs_key"))
            return await self._page(request, signed, state, faults, HTTPStatus.UNPROCESSABLE_ENTITY, form)
        name = opened.name._replace(key=key)
        if state.is_new and not opened.name.key:
            if name.kind == "item":
                name = name._replace(path=f"{name.path.rpartition('/')[0]}/{key}.yaml")
            if opened.entries.find(*name):
                faults = EntryFaults(whole=[self._screens.words.say("studio.exists")])
                return await self._page(request, signed, state, faults, HTTPStatus.CONFLICT, form)
        return await self._save(request, signed, form, opened, name, state.text(key), state)

    async def show_raw(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The entry as it is written."""
        opened = await self._open(request.query_params)
        return await self._raw_page(request, signed, opened, opened.text)

    async def save_raw(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """Saves it as it is written."""
        form = await request.form()
        opened = await self._open(asked_by(form), is_form=True)
        text = str(form.get("text", "")).replace("\r\n", "\n")
        return await self._save(request, signed, form, opened, opened.name, text, None)

    async def withdraw(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """Takes the entry out, in a change set."""
        form = await request.form()
        opened = await self._open(asked_by(form), is_form=True)
        return await self._save(request, signed, form, opened, opened.name, None, None)

    async def take_back(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """Leaves the entry as it is published."""
        opened = await self._open(asked_by(await request.form()))
        if opened.change_set is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        try:
            await self._changes.take_back(signed.staff, opened.change_set.id, *opened.name)
        except refusals.ChangeRefused as refused:
            return await self._refused(request, signed, opened, None, opened.text, refused, FormData())
        if opened.before is None:
            return self._screens.go(f"{STUDIO}/entries", "studio.taken_back")
        return self._screens.go(entry_address(opened.name), "studio.taken_back")

    async def _save(
        self,
        request: Request,
        signed: Signed,
        form: FormData,
        opened: Opened,
        name: EntryName,
        text: str | None,
        state: FormState | None,
    ) -> Response:
        edit = Proposed(*name, opened.before, text, follows=text_of(form, "_follows") or None)
        number, made = number_or_none(text_of(form, "_set")), False
        try:
            if number is None:
                title = text_of(form, "_title") or (state and default_title(state)) or name.key
                number, made = await self._changes.create(signed.staff, title[:LONGEST_TITLE]), True
            version = opened.version if opened.change_set and opened.change_set.id == number else 0
            kept = await self._changes.put_edit(signed.staff, number, edit, version)
        except refusals.ChangeRefused as refused:
            if made and number is not None:
                await self._changes.withdraw(signed.staff, number)
            return await self._refused(request, signed, opened, state, text, refused, form)
        said = "studio.withdrawn" if text is None else "studio.saved"
        page = RAW if state is None and text is not None else ENTRY
        return self._screens.go(entry_address(name, number, page), said if kept else "studio.unchanged")

    async def _refused(
        self,
        request: Request,
        signed: Signed,
        opened: Opened,
        state: FormState | None,
        text: str | None,
        refused: refusals.ChangeRefused,
        form: FormData,
    ) -> Response:
        """The page again with what was typed, why it was not saved, and what somebody else wrote meanwhile."""
        sentence = self._screens.words.say(refused.key, **refused.values)
        other = self._other(refused)
        opened = await self._seen(opened, refused, number_or_none(text_of(form, "_set")))
        if state is None:
            kept = opened.text if text is None else text
            return await self._raw_page(request, signed, opened, kept, sentence, other, form)
        state.opened = opened
        content = content_of(opened.name, other) if other else None
        theirs = state.differing(content) if content is not None else {}
        faults = EntryFaults(whole=[sentence])
        return await self._page(request, signed, state, faults, HTTPStatus.CONFLICT, form, theirs=theirs)

    def _other(self, refused: refusals.ChangeRefused) -> str | None:
        if isinstance(refused, refusals.EditedMeanwhile):
            return refused.after
        return refused.present if isinstance(refused, refusals.EntryMoved) else None

    async def _seen(self, opened: Opened, refused: refusals.ChangeRefused, number: int | None) -> Opened:
        """What the next try begins from: he has now seen what the other one wrote."""
        if isinstance(refused, refusals.EditedMeanwhile) and number:
            return replace(opened, version=refused.version, change_set=await self._changes.get(number))
        return replace(opened, before=refused.present) if isinstance(refused, refusals.EntryMoved) else opened

    async def _open(self, asked: Any, is_form: bool = False) -> Opened:
        """What is asked for; of a form, with what its page was made from. HTTPException 404 when there is no such."""
        name = EntryName(*(str(asked.get(part) or "") for part in ("path", "kind", "key")))
        if name.kind not in KINDS or not any(shelf.kind == name.kind for shelf in shelves_of(name.path)):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        number = number_or_none(str(asked.get("set") or ""))
        try:
            opened = await self._openings.open(name, number)
        except (refusals.NoChangeSet, NoRelease) as error:
            raise HTTPException(HTTPStatus.NOT_FOUND) from error
        if is_form and not opened.edit and asked.get("began"):
            opened = replace(opened, before=await text_in(name, asked["began"], self._releases))
        if is_form and asked.get("version") is not None:
            opened = replace(opened, version=asked["version"])
        is_new = not name.key or asked.get("new")
        if opened.entry is None and opened.edit is None and opened.before is None and not is_new:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return opened

    async def _page(
        self,
        request: Request,
        signed: Signed,
        state: FormState,
        faults: EntryFaults | None,
        status: int = HTTPStatus.OK,
        form: FormData | None = None,
        at: str = "",
        theirs: dict[str, str] | None = None,
    ) -> Response:
        view = state.view(faults, theirs)
        view.goes_to = at
        values = await self._common(signed, state.opened, form)
        return self._screens.show(
            request, "studio/form.html", signed, status, v=view, at=at, is_new=state.is_new, **values
        )

    async def _raw_page(
        self,
        request: Request,
        signed: Signed,
        opened: Opened,
        text: str,
        sentence: str = "",
        other: str | None = None,
        form: FormData | None = None,
    ) -> Response:
        values = await self._common(signed, opened, form)
        status = HTTPStatus.CONFLICT if sentence else HTTPStatus.OK
        return self._screens.show(
            request, "studio/raw.html", signed, status, text=text, sentence=sentence, other=other, **values
        )

    async def _common(self, signed: Signed, opened: Opened, form: FormData | None) -> dict[str, Any]:
        drafts = await drafts_for(signed.staff, self._changes)
        chosen = text_of(form, "_set") if form else ""
        if not chosen:
            chosen = str(opened.change_set.id) if opened.change_set else drafts.suggested
        return {
            "opened": opened,
            "name": opened.name,
            "drafts": drafts,
            "chosen": chosen,
            "set_title": text_of(form, "_title") if form else "",
            "follows": text_of(form, "_follows") if form else "",
            "others": await self._openings.others(opened.name, opened.change_set.id if opened.change_set else None),
            "entry_address": entry_address,
            "may_edit": signed.may("studio.edit") and (not opened.change_set or opened.change_set.state == "draft"),
            "province": self._place(opened),
            "has_form": opened.name.kind in SHAPES,
        }

    def _place(self, opened: Opened) -> str:
        """Where it holds; empty for everywhere."""
        region = self._regions().by_code(opened.entries.region_of(opened.name.path) or "")
        return self._regions().describe(region) if region else ""

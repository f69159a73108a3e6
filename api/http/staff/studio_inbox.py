"""「答不上的问题」: the list of groups, one group with what may be made of it, and each of those acts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.changes.changes import Changes
from api.changes.refusals import ChangeRefused, NoChangeSet
from api.http.staff.door import needs
from api.http.staff.entry_address import entry_address, number_or_none, text_of
from api.http.staff.inbox_page import InboxPages
from api.http.staff.missing import not_found
from api.http.staff.paths import STUDIO, number_of
from api.http.staff.screens import Screens
from api.inbox.decisions import LONGEST_REASON, Decisions, DoneMeanwhile
from api.inbox.phrasing import LONGEST, LONGEST_TITLE, AlreadyThere, NoPlace, place_of
from api.quality.marks import LONGEST as LONGEST_SAY
from api.quality.marks import settle
from api.releases.store import NoRelease
from api.staff.accounts import Staff
from api.staff.sessions import Signed
from bot.masking import mask
from knowledge.reference import Reference

INBOX = f"{STUDIO}/inbox"
LONGEST_SET_TITLE = 80
Number = Annotated[str, Path(max_length=40)]
Act = Callable[[Request, Signed, Any, dict[str, str]], Awaitable[Response]]


class Unfilled(Exception):
    """A field that has to be filled in. faults: sentences by field."""

    def __init__(self, **faults: str) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class InboxRoutes:
    """Everybody in the studio reads; editors see to it, each for the places that are his business."""

    def __init__(
        self,
        screens: Screens,
        engine: AsyncEngine,
        changes: Changes,
        knowledge: Callable[[], Reference],
        clock: Callable[[], datetime],
    ) -> None:
        self._screens = screens
        self._engine = engine
        self._changes = changes
        self._knowledge = knowledge
        self._decisions = Decisions(engine, changes, clock)
        self._pages = InboxPages(screens, engine, changes, knowledge, clock)

    async def count(self, staff: Staff) -> int:
        """How many groups wait for this person."""
        return await self._pages.count(staff)

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(INBOX, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{INBOX}/part", self.part, methods=["GET", "HEAD"])
        router.add_api_route(f"{INBOX}/{{number}}", self.one, methods=["GET", "HEAD"])
        acts: dict[str, Act] = {
            "phrasing": self._phrase,
            "faq": self._draft,
            "nothing": self._leave,
            "back": self._take_back,
        }
        for name, act in acts.items():
            router.add_api_route(f"{INBOX}/{{number}}/{name}", self._acting(act), methods=["POST"])
        router.add_api_route(f"{INBOX}/marks/{{number}}/settle", self.settle, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The groups in one state, a page at a time."""
        return await self._pages.show_all(request, signed)

    async def part(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """How many wait, for the studio's first page."""
        return await self._pages.waiting(request, signed)

    async def one(self, request: Request, number: Number, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """One group. Whoever reads what people asked is noted."""
        return await self._pages.one(request, signed, number_of(number))

    async def settle(
        self, request: Request, number: Number, signed: Annotated[Signed, needs("studio.edit")]
    ) -> Response:
        """A mark whose question is gone was seen to."""
        reason = _one_line(text_of(await request.form(), "reason"))
        if not reason or len(reason) > LONGEST_REASON:
            return self._screens.go(INBOX, "inbox.needs_reason", most=LONGEST_REASON)
        async with self._engine.begin() as connection:
            is_done = await settle(connection, signed.staff, number_of(number), reason)
        return self._screens.go(INBOX, "inbox.said.nothing" if is_done else "inbox.done_meanwhile")

    def _acting(self, act: Act) -> Callable[..., Awaitable[Response]]:
        async def acting(request: Request, number: Number, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
            form = await request.form()
            given = {name: text_of(form, name) for name in form}
            group = await self._pages.find(signed, number_of(number))
            try:
                if not group.open and act != self._take_back:
                    raise DoneMeanwhile
                return await act(request, signed, group, given)
            except Unfilled as error:
                faults = error.faults
            except AlreadyThere:
                faults = {"phrasing": self._say("inbox.already_there")}
            except (NoPlace, LookupError):
                faults = {"entry": self._say("inbox.entry_gone")}
            except ChangeRefused as error:
                faults = {"set": self._screens.words.say(error.key, **error.values)}
            except DoneMeanwhile:
                return self._screens.go(f"{INBOX}/{group.id}", "inbox.done_meanwhile")
            return await self._pages.one(request, signed, group.id, given, faults)

        return acting

    async def _phrase(self, request: Request, signed: Signed, group: Any, given: dict[str, str]) -> Response:
        province = self._province(group, given)
        phrasing = _one_line(given.get("phrasing", ""))
        faults = {}
        if not given.get("entry"):
            faults["entry"] = self._say("inbox.needs_entry")
        if not phrasing or len(phrasing) > LONGEST:
            faults["phrasing"] = self._say("inbox.needs_phrasing", most=LONGEST)
        if faults:
            raise Unfilled(**faults)
        # Looked at before a set is begun, so that no empty one is left behind.
        place_of(province, given["entry"])
        known = self._knowledge().resolver(province).entry(given["entry"])
        if known and phrasing in known.phrasings:
            raise AlreadyThere
        async with self._set(signed, given, phrasing) as number:
            await self._decisions.phrase(signed.staff, group.id, province, given["entry"], phrasing, number)
        return self._screens.go(f"{STUDIO}/changes/{number}", "inbox.said.phrasing")

    async def _draft(self, request: Request, signed: Signed, group: Any, given: dict[str, str]) -> Response:
        province = self._province(group, given)
        title, say = _one_line(given.get("title", "")), mask(given.get("say", "")).text
        question = _one_line(given.get("question", ""))
        faults = {}
        if not title or len(title) > LONGEST_TITLE:
            faults["title"] = self._say("inbox.needs_title", most=LONGEST_TITLE)
        if len(say) > LONGEST_SAY:
            faults["say"] = self._say("inbox.too_long", most=LONGEST_SAY)
        if len(question) > LONGEST:
            faults["question"] = self._say("inbox.needs_phrasing", most=LONGEST)
        if faults:
            raise Unfilled(**faults)
        async with self._set(signed, given, title) as number:
            name = await self._decisions.draft(signed.staff, group.id, province, title, say, question, number)
        return self._screens.go(entry_address(name, number), "inbox.said.faq")

    async def _leave(self, request: Request, signed: Signed, group: Any, given: dict[str, str]) -> Response:
        reason = _one_line(given.get("reason", "")) or _one_line(given.get("why", ""))
        if not reason or len(reason) > LONGEST_REASON:
            raise Unfilled(reason=self._say("inbox.needs_reason", most=LONGEST_REASON))
        await self._decisions.nothing(signed.staff, group.id, reason)
        return self._screens.go(INBOX, "inbox.said.nothing")

    async def _take_back(self, request: Request, signed: Signed, group: Any, given: dict[str, str]) -> Response:
        await self._decisions.take_back(signed.staff, group.id)
        return self._screens.go(f"{INBOX}/{group.id}", "inbox.said.back")

    def _province(self, group: Any, given: dict[str, str]) -> Any:
        """Whose entries they are; of questions of no known place the editor says it."""
        library = self._knowledge().library
        chosen = library.provinces.get(group.province or given.get("province", ""))
        if chosen is None:
            raise Unfilled(province=self._say("inbox.needs_province"))
        return chosen

    @asynccontextmanager
    async def _set(self, signed: Signed, given: dict[str, str], title: str) -> AsyncIterator[int]:
        """The set into which it goes: one that is there, or a new one, which is given up when nothing comes into it."""
        chosen = number_or_none(given.get("set", ""))
        try:
            await self._changes.workbench.base()
            known = (await self._changes.get(chosen)).id if chosen is not None else None
        except (NoChangeSet, NoRelease) as error:
            raise not_found() from error
        if known is not None:
            yield known
            return
        name = self._say("inbox.set_title", title=title)[:LONGEST_SET_TITLE]
        made = await self._changes.create(signed.staff, name, self._say("inbox.set_reason"))
        try:
            yield made
        except Exception:
            await self._changes.withdraw(signed.staff, made)
            raise

    def _say(self, key: str, **values: str | int) -> str:
        return self._screens.words.say(key, **values)


def _one_line(text: str) -> str:
    """Masked, on one line, without signs that are none."""
    return mask(" ".join(text.replace("\x00", "").split())).text

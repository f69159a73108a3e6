"""Trying the assistant out: as a veteran of any place, on any channel, from what is published or from a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.changes.changes import Changes
from api.changes.records import OPEN
from api.changes.refusals import NoChangeSet
from api.changes.workbench import Workbench
from api.current_knowledge import CurrentKnowledge
from api.http.staff.door import needs
from api.http.staff.entry_address import number_or_none
from api.http.staff.paths import STUDIO
from api.http.staff.screens import Screens
from api.impact.asking import AskFailed, Asking, State, Tried
from api.impact.shown_as import LINES
from api.releases.store import NoRelease
from api.staff.sessions import Signed
from bot.message import Reply
from knowledge.library import ProvinceKnowledge
from knowledge.reference import Reference

ASK = f"{STUDIO}/ask"
LONGEST = 1_000
LONGEST_PLACE = 40
MOST_SIGNALS = 6
MOST_CANDIDATES = 5


class AskRoutes:
    """Whoever may read the studio tries."""

    def __init__(
        self,
        screens: Screens,
        changes: Changes,
        workbench: Workbench,
        knowledge: CurrentKnowledge,
        asking: Asking,
    ) -> None:
        self._screens = screens
        self._changes = changes
        self._workbench = workbench
        self._knowledge = knowledge
        self._asking = asking

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(ASK, self.show, methods=["GET", "HEAD"])
        router.add_api_route(ASK, self.ask, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """A new try."""
        query = request.query_params
        given = {"set": query.get("set", ""), "line": "web", "place": query.get("place", "")[:LONGEST_PLACE]}
        given["text"] = query.get("text", "")[:LONGEST]
        return await self._page(request, signed, given, State())

    async def ask(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """One more turn, or a new try with the same settings."""
        form = await request.form()
        given = {name: str(form.get(name, "")).strip() for name in ("set", "line", "place", "text")}
        given["line"] = given["line"] if given["line"] in LINES else "web"
        if "anew" in form:
            return await self._page(request, signed, {**given, "text": ""}, State())
        state = self._asking.opened(str(form.get("state", "")))
        text = str(form.get("choice", "")).strip() or given["text"]
        region = self._knowledge.library.regions.lookup(given["place"]) if given["place"] else None
        faults = {}
        if not text or len(text) > LONGEST:
            faults["text"] = self._say("impact.ask.no_text", most=LONGEST)
        if given["place"] and (region is None or len(given["place"]) > LONGEST_PLACE):
            faults["place"] = self._say("impact.ask.no_place")
        if faults:
            return await self._page(request, signed, given, state, faults=faults)
        knowledge = await self._release(given["set"])
        if knowledge is None:
            return await self._page(request, signed, given, state, refused=self._say("impact.ask.no_draft"))
        try:
            code = region.code if region else ""
            tried, after = await self._asking.ask(knowledge, state, text, given["line"], code)
        except AskFailed:
            return await self._page(request, signed, given, state, refused=self._say("impact.ask.away"))
        return await self._page(request, signed, {**given, "text": ""}, after, tried=tried, knowledge=knowledge)

    async def _release(self, written: str) -> Reference | None:
        """What is asked: the published one, or a draft; None for one that cannot be asked."""
        if not written:
            return self._knowledge.now
        number = number_or_none(written)
        if number is None:
            return None
        try:
            draft = await self._workbench.with_reference(number)
        except (NoChangeSet, NoRelease):
            return None
        return draft.reference if draft.is_sound else None

    async def _page(
        self,
        request: Request,
        signed: Signed,
        given: Mapping[str, str],
        state: State,
        *,
        tried: Tried | None = None,
        knowledge: Reference | None = None,
        **values: Any,
    ) -> Response:
        sets = await self._changes.list(OPEN)
        show = LINES[given["line"]].show
        turns = [
            {"said": one.said, "bubbles": show(one.replies, self._asking.wording), "is_last": one is state.past[-1]}
            for one in state.past
        ]
        effects = {one.kind for one in tried.effects} if tried else set()
        return self._screens.show(
            request,
            "studio/ask.html",
            signed,
            given=given,
            sets=[(str(one.id), one.title) for one in sets],
            lines=[(name, self._say(f"impact.line.{name}")) for name in LINES],
            turns=turns,
            state=self._asking.sealed(state),
            tried=tried,
            hands_over="request_person" in effects,
            would_change=bool(effects - {"request_person"}),
            why=[self._why(one, knowledge) for one in tried.replies] if tried and knowledge else [],
            is_there=self._asking.is_there,
            longest=LONGEST,
            **{"refused": "", **values},
        )

    def _why(self, reply: Reply, knowledge: Reference) -> dict[str, Any]:
        """How a reply came about, with the titles of what was compared."""
        ids = reply.data.get("knowledge_ids", ())
        told = reply.why
        signals = sorted(told.signals.items(), key=lambda one: -abs(one[1]))[:MOST_SIGNALS] if told else []
        candidates = told.candidates[:MOST_CANDIDATES] if told else ()
        return {
            "text": reply.text.partition("\n")[0][:60],
            "compared": told.question if told else "",
            "percent": round(told.chance * 100) if told else None,
            "by_meaning": told.by_meaning if told else False,
            "candidates": [(one.id, _title(one.id, knowledge), round(one.share * 100)) for one in candidates],
            "signals": [(self._signal(name), value) for name, value in signals],
            "ids": [(one, _title(one, knowledge)) for one in ids],
            "sources": list(dict.fromkeys(f"{one.doc_no or one.title} {one.section}" for one in reply.citations)),
        }

    def _signal(self, name: str) -> str:
        key = f"impact.signal.{name}"
        return self._say(key) if self._screens.words.knows(key) else self._say("impact.signal.kind")

    def _say(self, key: str, **values: str | int) -> str:
        return self._screens.words.say(key, **values)


def _title(entry_id: str, knowledge: Reference) -> str:
    """The title of an entry by its id; nothing for what is no entry."""
    province: ProvinceKnowledge | None = knowledge.library.provinces.get(entry_id.partition(".")[0])
    layers = [one for one in knowledge.library.layers() if province and one.id == province.id]
    for layer in layers:
        if entry := knowledge.resolver(layer).entry(entry_id):
            return entry.title
    return ""

"""What the pages of change sets show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.changes import refusals
from api.changes.acts import LONGEST_REASON, LONGEST_TITLE
from api.changes.changes import Changes
from api.changes.difference import EntryChange, Reader
from api.changes.records import OPEN, ChangeSet, Proposed, State
from api.changes.workbench import Draft
from api.conversations.desk_hours import LOCAL
from api.http.staff.screens import Screens
from api.releases.store import NoRelease
from api.staff.sessions import Signed
from api.studio.fault_words import sentence_of
from knowledge.entry_list import EntryList
from knowledge.regions import Regions

VIEWS: dict[str, tuple[State, ...]] = {
    "mine": OPEN,
    "draft": ("draft",),
    "submitted": ("submitted",),
    "approved": ("approved",),
    "published": ("published",),
    "withdrawn": ("withdrawn",),
}
"""Lists by their name in the address."""
LIMITS = {"longest_title": LONGEST_TITLE, "longest_reason": LONGEST_REASON}


@dataclass(frozen=True)
class Shown:
    """A change with what the page says of it. faults: what is wrong in this entry, in Chinese."""

    change: EntryChange
    place: str
    version: int = 0
    is_conflict: bool = False
    faults: tuple[str, ...] = ()


class Places:
    """Names of the places that files concern."""

    def __init__(self, screens: Screens, regions: Regions, entries: EntryList) -> None:
        self._national = screens.words.say("studio.national")
        self._regions = regions
        self._entries = entries

    def of(self, path: str) -> str:
        """The place of one file."""
        region = self._regions.by_code(self._entries.region_of(path) or "")
        return self._regions.describe(region) if region else self._national

    def all_of(self, paths: Iterable[str]) -> str:
        """The places of several."""
        return "、".join(dict.fromkeys(map(self.of, paths)))


class ChangePages:
    """The list of change sets, and the page of one."""

    def __init__(self, screens: Screens, changes: Changes, regions: Callable[[], Regions]) -> None:
        self._screens = screens
        self._changes = changes
        self._regions = regions

    async def all(self, request: Request, signed: Signed, given: dict[str, str], faults: dict[str, str]) -> Response:
        """The sets at one stage, or one's own, and the form for a new one."""
        beginning = "mine" if signed.may("studio.edit") else "submitted"
        view = request.query_params.get("show", beginning)
        if view not in VIEWS:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        found = await self._changes.list(VIEWS[view], author=signed.staff.id if view == "mine" else None)
        paths = await self._changes.paths(one.id for one in found)
        places = await self._places() if found else None
        return self._screens.show(
            request,
            "studio/changes.html",
            signed,
            HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
            found=found,
            views=[name for name in VIEWS if name != "mine" or signed.may("studio.edit")],
            view=view,
            names=await self._changes.names(one.created_by for one in found),
            counts={number: len(some) for number, some in paths.items()},
            places={number: places.all_of(some) for number, some in paths.items()} if places else {},
            waiting=len(await self._changes.list(("submitted",))),
            given=given,
            faults=faults,
            **LIMITS,
        )

    async def one(
        self,
        request: Request,
        signed: Signed,
        number: int,
        error: refusals.ChangeRefused | None = None,
        act: str = "",
        form: FormData | None = None,
    ) -> Response:
        """One set. error: why the act was not done; form: what was filled in for it."""
        try:
            change_set = await self._changes.get(number)
            is_over = change_set.state in ("published", "withdrawn")
            draft = None if is_over else await self._changes.workbench.draft(number)
            places = await self._places()
        except (refusals.NoChangeSet, NoRelease) as missing:
            raise HTTPException(HTTPStatus.NOT_FOUND) from missing
        shown = await self._shown(number, draft, places)
        edited = {one.change.edit.name for one in shown}
        elsewhere = [one.problem for one in draft.faults if one.entry not in edited] if draft else []
        return self._screens.show(
            request,
            "studio/change_set.html",
            signed,
            HTTPStatus.CONFLICT if error else HTTPStatus.OK,
            one=change_set,
            shown=shown,
            names=await self._changes.names((*change_set.authors, change_set.submitted_by, change_set.decided_by)),
            is_own=signed.staff.id in change_set.authors,
            is_sound=draft is None or draft.is_sound,
            elsewhere=[self._fault(problem) for problem in dict.fromkeys(elsewhere)],
            refused=self.say(error) if error else "",
            objections=getattr(error, "objections", ()),
            objections_since=(change_set.trouble or {}).get("objections", ()),
            planned_end=change_set.expires_at.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M")
            if change_set.expires_at
            else "",
            act=act,
            given={key: str(value) for key, value in form.items()} if form else {},
            trouble=self._trouble(change_set),
            **LIMITS,
        )

    def say(self, error: refusals.ChangeRefused) -> str:
        """Why not, for the person."""
        return self._screens.words.say(error.key, **error.values)

    async def shown(self, edits: Iterable[Proposed], entries: EntryList) -> list[Shown]:
        """Changes without anything to say against them."""
        reader, places = Reader(self._screens.words, entries), Places(self._screens, self._regions(), entries)
        return [Shown(reader.change_of(edit), places.of(edit.path)) for edit in edits]

    async def _shown(self, number: int, draft: Draft | None, places: Places) -> list[Shown]:
        entries = draft.entries if draft else (await self._changes.workbench.base())[2]
        reader = Reader(self._screens.words, entries)
        found = []
        for edit in await self._changes.edits(number):
            name = edit.name
            faults = dict.fromkeys(one.problem for one in draft.faults if one.entry == name) if draft else {}
            sentences = tuple(self._fault(problem) for problem in faults)
            is_conflict = draft is not None and name in draft.conflicts
            found.append(Shown(reader.change_of(edit), places.of(edit.path), edit.version, is_conflict, sentences))
        return found

    async def _places(self) -> Places:
        _, _, entries = await self._changes.workbench.base()
        return Places(self._screens, self._regions(), entries)

    def _trouble(self, change_set: ChangeSet) -> str:
        trouble, words = change_set.trouble, self._screens.words
        return words.say(trouble["key"], **trouble["values"]) if trouble and words.knows(trouble["key"]) else ""

    def _fault(self, problem: str) -> str:
        return sentence_of(problem, self._screens.words)

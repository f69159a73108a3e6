"""What the pages of the inbox show."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.changes.changes import Changes
from api.http.staff.draft_choice import drafts_for
from api.http.staff.entry_address import entry_address, number_or_none
from api.http.staff.missing import not_found
from api.http.staff.screens import Screens
from api.inbox.marks import marks_of, without_question
from api.inbox.nearest import Near, by_words, nearest
from api.inbox.phrasing import LONGEST, LONGEST_TITLE
from api.inbox.state import HOWS, ON_A_PAGE, OTHERS, STATES, examples, groups, how_many, names_of, one_group
from api.inbox.story import decided
from api.quality.marks import LONGEST as LONGEST_SAY
from api.staff.accounts import Staff
from api.staff.audit import note
from api.staff.sessions import Signed
from knowledge.library import Library
from knowledge.reference import Reference

DAYS = (7, 30, 90)
USUAL_DAYS = 30
GROUP_DAYS = 90
MOST_EXAMPLES = 20
REASONS = ("not_ours", "no_question", "already", "test")
LONGEST_WORDS = 60
NOT_HERE = "-"
"""Stands for the questions of no known province in an address."""


class InboxPages:
    """Reads and shows; changes nothing but the log of who read what."""

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
        self._clock = clock

    async def show_all(self, request: Request, signed: Signed) -> Response:
        """The groups in one state."""
        asked = request.query_params
        state = asked.get("state", "open") if asked.get("state") in STATES else "open"
        how = asked.get("how", "") if asked.get("how") in HOWS else ""
        days = int(asked["days"]) if asked.get("days") in [str(one) for one in DAYS] else USUAL_DAYS
        page = number_or_none(asked.get("page", "")) or 1
        library = self._knowledge().library
        mine = places_of(signed.staff, library)
        chosen = OTHERS if asked.get("province") == NOT_HERE else asked.get("province", "")
        places = [chosen] if asked.get("province") and chosen in mine else mine
        since = self._clock() - timedelta(days=days)
        async with self._engine.connect() as connection:
            found = await groups(connection, state, places, since, how, (page - 1) * ON_A_PAGE)
            shown = found[:ON_A_PAGE]
            words = await names_of(connection, shown)
            counts = await how_many(connection, places, since)
            orphans = await without_question(connection, signed.staff) if state == "open" else ()
            stories = {one.id: await decided(connection, one.decision) for one in shown if one.decision}
        given = {"state": state, "how": how, "days": str(days), "province": asked.get("province", "")}
        return self._screens.show(
            request,
            "studio/inbox.html",
            signed,
            shown=shown,
            words=words,
            counts=counts,
            stories=stories,
            orphans=orphans,
            states=STATES,
            hows=HOWS,
            days=DAYS,
            given=given,
            page=page,
            has_more=len(found) > ON_A_PAGE,
            query=urlencode({name: value for name, value in given.items() if value}),
            provinces=self._provinces(library, mine),
            names=self._names(library),
        )

    async def waiting(self, request: Request, signed: Signed) -> Response:
        """A line with how many wait."""
        return self._screens.part(request, "studio/inbox_count.html", signed, unanswered=await self.count(signed.staff))

    async def count(self, staff: Staff) -> int:
        """How many groups this person could see to."""
        places = places_of(staff, self._knowledge().library)
        async with self._engine.connect() as connection:
            counts = await how_many(connection, places, self._clock() - timedelta(days=USUAL_DAYS))
        return counts["open"]

    async def find(self, signed: Signed, number: int) -> Any:
        """A group that is this person's business. Raises the page's own 404."""
        places = places_of(signed.staff, self._knowledge().library)
        async with self._engine.connect() as connection:
            found = await one_group(connection, number, places, self._clock() - timedelta(days=GROUP_DAYS))
        if found is None:
            raise not_found()
        return found

    async def one(
        self,
        request: Request,
        signed: Signed,
        number: int,
        given: dict[str, str] | None = None,
        faults: dict[str, str] | None = None,
    ) -> Response:
        """A group, with what was typed and why it was not done."""
        group = await self.find(signed, number)
        knowledge = self._knowledge()
        async with self._engine.begin() as connection:
            asked = await examples(connection, group.id, MOST_EXAMPLES)
            marks = await marks_of(connection, [one.reply for one in asked])
            story = await decided(connection, group.decision) if group.decision else None
            question = (await names_of(connection, [group])).get(group.id, "")
            await note(connection, signed.staff, "inbox.view", f"inbox:{group.id}")
        right = next((one.right_text for rows in marks.values() for one in rows if one.right_text), "")
        typed = {"phrasing": question, "title": question[:LONGEST_TITLE], "say": right, "question": question[:LONGEST]}
        typed["entry"] = request.query_params.get("entry", "")[:LONGEST]
        typed |= given or {}
        province = group.province or (given or {}).get("province") or request.query_params.get("province", "")
        chosen = knowledge.library.provinces.get(province)
        words = request.query_params.get("words", "").strip()[:LONGEST_WORDS]
        near: list[Near] = []
        found: list[Near] = []
        if chosen:
            near = await asyncio.to_thread(nearest, question, chosen, knowledge) if question else []
            found = list(await asyncio.to_thread(by_words, words, chosen, knowledge)) if words else []
        return self._screens.show(
            request,
            "studio/inbox_group.html",
            signed,
            HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
            group=group,
            question=question,
            asked=asked,
            marks=marks,
            story=story,
            typed=typed,
            faults=faults or {},
            near=[one for one in near if one.id not in {other.id for other in found}],
            found=found,
            words=words,
            chosen=province if chosen else "",
            provinces=self._provinces(knowledge.library, provinces_of(signed.staff, knowledge.library)),
            names=self._names(knowledge.library),
            drafts=await drafts_for(signed.staff, self._changes),
            reasons=REASONS,
            may_edit=signed.may("studio.edit"),
            entry_address=entry_address,
            most={"phrasing": LONGEST, "title": LONGEST_TITLE, "say": LONGEST_SAY},
        )

    def _provinces(self, library: Library, mine: Sequence[str]) -> list[tuple[str, str]]:
        names = self._names(library)
        return [(one or NOT_HERE, names[one]) for one in mine]

    def _names(self, library: Library) -> dict[str, str]:
        found = {name: library.region_of(one).short_name for name, one in library.provinces.items()}
        return {**found, OTHERS: self._screens.words.say("inbox.no_province")}


def places_of(staff: Staff, library: Library) -> list[str]:
    """The provinces that are this person's business, and the questions of no known one, which are everybody's."""
    return [*provinces_of(staff, library), OTHERS]


def provinces_of(staff: Staff, library: Library) -> list[str]:
    """The ids of the provinces that are this person's business."""
    return [name for name, one in library.provinces.items() if staff.covers(one.head.region, library.regions)]

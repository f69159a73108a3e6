"""A questionnaire as a graph, walked through by a persona, as it is published or as a draft has it."""

from __future__ import annotations

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
from api.impact.drawing import drawn
from api.impact.gate_sets import Persona, gate_set
from api.impact.graph import nodes_of
from api.impact.journeys import LISTS, is_right, outcome
from api.releases.store import NoRelease
from api.staff.sessions import Signed
from knowledge.library import Library

GRAPH = f"{STUDIO}/graph"


class GraphRoutes:
    """Whoever may read the studio looks."""

    def __init__(self, screens: Screens, changes: Changes, workbench: Workbench, knowledge: CurrentKnowledge) -> None:
        self._screens = screens
        self._changes = changes
        self._workbench = workbench
        self._knowledge = knowledge

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(GRAPH, self.show, methods=["GET", "HEAD"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The graph of a province's questionnaire."""
        query, published = request.query_params, self._knowledge.library
        chosen_set = query.get("set", "")
        draft = await self._draft(chosen_set)
        library = draft or published
        name = query.get("province", "")
        name = name if name in library.provinces else next(iter(library.provinces))
        personas = gate_set(name).personas
        persona = next((one for one in personas if one.id == query.get("persona")), None)
        province, words = library.provinces[name], self._screens.words
        before = published.provinces.get(name) if draft else None
        answers = persona.answers if persona else None
        nodes = nodes_of(province.questionnaire, words, before.questionnaire if before else None, answers)
        sets = await self._changes.list(OPEN)
        return self._screens.show(
            request,
            "studio/graph.html",
            signed,
            given={"set": chosen_set if draft else "", "province": name, "persona": persona.id if persona else ""},
            sets=[(str(one.id), one.title) for one in sets],
            provinces=[(key, library.region_of(one).short_name) for key, one in library.provinces.items()],
            personas=[(one.id, one.name) for one in personas],
            no_draft=bool(chosen_set) and draft is None,
            is_draft=draft is not None,
            title=province.questionnaire.title,
            nodes=nodes,
            drawing=drawn(nodes, words.say("impact.graph.when"), words.say("impact.graph.unless")),
            walk=self._walk(library, published, name, persona) if persona else None,
            lists=LISTS,
        )

    def _walk(self, library: Library, published: Library, name: str, persona: Persona) -> dict[str, Any]:
        """What the persona comes to, and what it comes to as it is published."""
        province = library.provinces[name]
        old = published.provinces.get(name)
        return {
            "name": persona.name,
            "is_right": is_right(province, persona),
            "found": outcome(library, province, persona.answers),
            "before": outcome(published, old, persona.answers) if old else None,
        }

    async def _draft(self, written: str) -> Library | None:
        number = number_or_none(written)
        if number is None:
            return None
        try:
            return (await self._workbench.draft(number)).library
        except (NoChangeSet, NoRelease):
            return None

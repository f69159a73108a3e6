"""Rasa's way into our actions: its action protocol, on loopback, with a shared token. Actions only read."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actions.contract import Action, Ask, Entity, NotMine, Services
from api.db.models import Conversation
from api.http.internal import Internal
from api.impact.quiet import quiet_services
from api.impact.trials import Trials
from bot.channels.channel import Unusable
from bot.message import ActionResult, Memory
from knowledge.reference import Reference

log = structlog.get_logger()

PATH = "/internal/actions"
SESSION_START = "action_session_start"
LISTEN = "action_listen"


class FromRasa(BaseModel):
    """Base of what Rasa sends: more than we read."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class Intent(FromRasa):
    """What the message is taken to mean."""

    name: str | None = None
    confidence: float = 0.0


class FoundEntity(FromRasa):
    """A thing named in the message."""

    entity: str
    value: Any
    start: int = 0
    end: int = 0


class LatestMessage(FromRasa):
    """The message of this turn."""

    text: str | None = None
    intent: Intent = Field(default_factory=Intent)
    entities: list[FoundEntity] = []
    metadata: dict[str, Any] = {}


class Tracker(FromRasa):
    """The state of the dialogue in Rasa."""

    slots: dict[str, Any] = {}
    latest_message: LatestMessage = Field(default_factory=LatestMessage)
    active_loop: dict[str, Any] = {}
    latest_action_name: str | None = None


class Call(FromRasa):
    """One call of an action."""

    next_action: str
    sender_id: str
    tracker: Tracker


class ActionRoute:
    """Answers Rasa's calls."""

    def __init__(
        self,
        actions: Mapping[str, Action],
        services: Services,
        knowledge: Callable[[str], Reference],
        engine: AsyncEngine,
        inside: Internal,
        clock: Callable[[], datetime],
        trials: Trials,
    ) -> None:
        """`knowledge` gives the release of a turn; `clock` gives local time (Asia/Shanghai).

        trials: conversations that stand in no table.
        """
        self._actions = actions
        self._services = services
        self._knowledge = knowledge
        self._engine = engine
        self._inside = inside
        self._clock = clock
        self._trials = trials

    def routes(self) -> APIRouter:
        """The route to mount."""
        router = APIRouter()
        router.add_api_route(PATH, self.receive, methods=["POST"])
        return router

    async def receive(self, request: Request) -> Response:
        """One call. 404 for whoever is not Rasa on this machine."""
        self._inside.admit(request)
        try:
            call = Call.model_validate_json(await request.body())
        except ValidationError as error:
            raise Unusable(f"no call of an action: {error.error_count()} faults") from None
        if call.next_action == SESSION_START:
            return JSONResponse(await self._begin_session(call))
        action = self._actions.get(call.next_action)
        if action is None:
            raise Unusable("no such action")
        memory = Memory.model_validate(call.tracker.slots.get("memory") or {})
        if call.tracker.latest_action_name == LISTEN and memory != await self._committed(_conversation(call)):
            # Rasa can lose what it was told, for example when its store failed for a moment. The turn is repeated
            # with a fresh tracker.
            log.warning("tracker_out_of_date", conversation=_conversation(call))
            return JSONResponse(failed_action("the tracker is out of date"))
        try:
            result = await action(self._ask(call, memory), self._services_of(call))
        except NotMine as error:
            # Rasa's word for a loop's action that does not take the message.
            rejection = {"action_name": call.next_action, "error": str(error) or "not an answer"}
            return JSONResponse(rejection, status_code=HTTPStatus.BAD_REQUEST)
        return JSONResponse(_answer(result, call.tracker))

    def _services_of(self, call: Call) -> Services:
        """With the knowledge that the turn began under, so that all actions of a turn say the same."""
        trial = self._trials.find(_conversation(call))
        if trial:
            return quiet_services(trial.knowledge, self._services.pages_url, self._services.originals)
        release = str(call.tracker.latest_message.metadata.get("release", ""))
        return replace(self._services, knowledge=self._knowledge(release))

    def _ask(self, call: Call, memory: Memory) -> Ask:
        message = call.tracker.latest_message
        told = message.metadata
        return Ask(
            conversation=_conversation(call),
            channel=str(told.get("channel", "")),
            text=message.text or "",
            intent=message.intent.name or "",
            confidence=message.intent.confidence,
            entities=tuple(
                Entity(kind=one.entity, value=str(one.value), start=one.start, end=one.end) for one in message.entities
            ),
            memory=memory,
            is_new_message=call.tracker.latest_action_name == LISTEN,
            now=self._clock(),
            operator=bool(told.get("operator")),
            region_hint=told.get("region_hint"),
        )

    async def _begin_session(self, call: Call) -> dict[str, Any]:
        """A fresh tracker takes up what was committed."""
        memory = await self._committed(_conversation(call))
        events: list[dict[str, Any]] = [{"event": "session_started"}, _slot(memory)]
        if memory.loop:
            events.append({"event": "active_loop", "name": memory.loop})
        return {"events": [*events, {"event": "action", "name": LISTEN}], "responses": []}

    async def _committed(self, conversation: str) -> Memory:
        if trial := self._trials.find(conversation):
            return trial.memory
        try:
            wanted = select(Conversation.state).where(Conversation.id == uuid.UUID(conversation))
        except ValueError:
            raise Unusable("sender_id is no conversation") from None
        async with self._engine.connect() as connection:
            state = (await connection.execute(wanted)).scalar_one_or_none()
        return Memory.model_validate(state or {}).for_actions()


def _conversation(call: Call) -> str:
    """The sender without its epoch."""
    return call.sender_id.partition(".")[0]


def failed_action(reason: str) -> dict[str, Any]:
    """An answer that the turn takes for a failure when it collects the answers."""
    return {"events": [], "responses": [{"custom": {"failed": reason}}]}


def _answer(result: ActionResult, tracker: Tracker) -> dict[str, Any]:
    """What the turn collects, and what Rasa has to remember until the turn is committed."""
    events = [_slot(result.memory)]
    loop = None if result.pauses else result.memory.loop
    if loop != tracker.active_loop.get("name"):
        events.append({"event": "active_loop", "name": loop})
    return {"events": events, "responses": [{"custom": result.model_dump(mode="json")}]}


def _slot(memory: Memory) -> dict[str, Any]:
    return {"event": "slot", "name": "memory", "value": memory.model_dump(mode="json")}

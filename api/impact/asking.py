"""Trying the assistant out as a veteran would: the steps of a live turn, and nothing of it is recorded."""

from __future__ import annotations

import asyncio
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncEngine

from api.conversations.sealing import Sealer, Unreadable
from api.conversations.trackers import forget_trackers
from api.impact.shown_as import LINES
from api.impact.trials import Trials
from bot.masking import Found
from bot.message import Effect, Inbound, Memory, Owner, Reply
from bot.outcome import Outcome
from bot.rasa_client import RasaClient, TryAgain
from bot.turn import Tools, Turn, run_turn
from bot.wording import Wording
from knowledge.reference import Reference

PLACE = "trial"
MOST_TURNS = 40


class AskFailed(Exception):
    """Rasa cannot be asked now."""


class Past(BaseModel):
    """A turn that was tried: masked words, and what was answered."""

    said: str
    replies: list[Reply]


class State(BaseModel):
    """How far a try has come. It travels sealed in the page's form, because it is kept nowhere else."""

    memory: Memory = Memory()
    past: list[Past] = []


class Tried(BaseModel):
    """One turn: the masked words, the replies with why, and what it would have changed."""

    said: str
    replies: list[Reply]
    outcome: Outcome
    effects: list[Effect]
    release: str


class NoKeeper:
    """Keeps no raw value."""

    async def keep(self, conversation: str, found: tuple[Found, ...]) -> None:
        """Nothing."""


class Asking:
    """Asks by the live path, from any release that is ready."""

    def __init__(
        self,
        engine: AsyncEngine,
        rasa: RasaClient,
        wording: Wording,
        sealer: Sealer,
        trials: Trials,
        turn_limit_seconds: float,
        clock: Callable[[], datetime],
    ) -> None:
        self.wording = wording
        self._engine = engine
        self._rasa = rasa
        self._sealer = sealer
        self._trials = trials
        self._turn_limit_seconds = turn_limit_seconds
        self._clock = clock

    @property
    def is_there(self) -> bool:
        """Whether Rasa could be asked when it was asked last."""
        return not self._rasa.is_away

    async def ask(self, knowledge: Reference, state: State, text: str, line: str, region: str) -> tuple[Tried, State]:
        """One more turn. line: name among LINES; region: adcode or nothing. Raises AskFailed."""
        chosen = LINES[line]
        with self._trials.begin(knowledge, state.memory.for_actions()) as conversation:
            turn = Turn(
                id=str(uuid.uuid4()),
                conversation=conversation,
                sender=f"{conversation}.0",
                inbound=Inbound(
                    channel=chosen.name,
                    message_id=conversation,
                    session_id=conversation,
                    text=text,
                    received_at=self._clock(),
                    region_hint=region or None,
                    operator=chosen.operator,
                    form=chosen.form,
                ),
                owner=Owner.BOT,
                memory=state.memory,
                release=knowledge.library.release,
                is_warned=bool(state.past),
            )
            try:
                async with asyncio.timeout(self._turn_limit_seconds):
                    await run_turn(turn, Tools(self._rasa, NoKeeper(), self.wording))
            except (TryAgain, TimeoutError) as error:
                raise AskFailed from error
            finally:
                await forget_trackers(self._engine, [turn.sender])
        outcome = turn.outcome or Outcome.ANSWERED
        memory = state.memory if outcome is Outcome.FAILED else turn.memory
        tried = Tried(said=turn.text, replies=turn.replies, outcome=outcome, effects=turn.effects, release=turn.release)
        past = [*state.past, Past(said=turn.text, replies=turn.replies)][-MOST_TURNS:]
        return tried, State(memory=memory, past=past)

    def sealed(self, state: State) -> str:
        """The state for a field of the form."""
        return urlsafe_b64encode(self._sealer.seal(state.model_dump_json().encode(), PLACE)).decode()

    def opened(self, field: str) -> State:
        """The state of a form; a new one for whatever is none."""
        try:
            return State.model_validate_json(self._sealer.open(urlsafe_b64decode(field), PLACE))
        except (ValueError, Unreadable):
            return State()

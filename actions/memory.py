"""What the actions remember of a conversation: it is kept with it and comes back with the next call."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from actions.speaker import SpeakerKind
from bot.message import Reply
from knowledge.paper_talk import PaperState

Phase = Literal["region", "asking", "confirming", "changing", "done"]
Waiting = Literal["answer", "materials", "items"]


class Offer(BaseModel):
    """A choice that was offered, and what taking it does: `verb` or `verb:argument` (see `actions/take_choice.py`)."""

    number: int
    label: str
    does: str


class Told(BaseModel):
    """An answer that was given: where it came from and what it held back. title: what it was about, for its rest.

    case, item: the number of the case, when it was the progress of one; and the item, when it was of one alone.
    """

    model_config = ConfigDict(extra="ignore")

    sources: list[dict[str, Any]] = []
    knowledge_ids: tuple[str, ...] = ()
    more: str | None = None
    simple: str | None = None
    title: str | None = None
    case: str | None = None
    item: str | None = None


class Private(BaseModel):
    """What the actions remember. Unknown keys of another release are dropped, so an old conversation goes on."""

    model_config = ConfigDict(extra="ignore")

    answers: dict[str, str] = {}
    province: str | None = None
    phase: Phase | None = None
    asks: str | None = None
    """The question that is put next although it was answered, because the person wants to change it."""
    release: str | None = None
    seen: dict[str, str] = {}
    """The questions that were answered or put under that release of the knowledge, id and text."""
    put: str | None = None
    """The question that was put last."""
    items: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    region_is_guessed: bool = False
    """The region is only what the line knows of the caller; the person has not named any."""
    region_is_settlement: bool = False
    """The person has said himself that he settles there."""
    told_provinces: tuple[str, ...] = ()
    """Of which it has been said that a place in them goes by their guide."""
    offered: list[Offer] = []
    beneath: list[Offer] = []
    """The list that was shown before these choices: its numbers beyond theirs can still be taken."""
    earlier: list[Offer] = []
    """Choices offered before those: they can still be taken by their label."""
    listed: tuple[str, ...] = ()
    """The items of the person's list in its order, for 「第三项怎么办」."""
    last: list[Reply] = []
    told: list[Told] = []
    """The answers given last: one, or one for each question of a message that held several."""
    fragment: str | None = None
    """A question without a subject (怎么办) that was asked back: a name that follows belongs to it."""
    asked: str | None = None
    """The question that was answered last, for one that goes on with it; numbers are masked in it."""
    question: str | None = None
    """A question that waits for the region, and what is to be done with it."""
    question_for: Waiting = "answer"
    speaker: SpeakerKind = "self"
    relation: str | None = None
    """Who is asking, and how the veteran was called: 儿子, 战友."""
    paper_states: dict[str, PaperState] = {}
    """What the person says of his papers by id."""
    is_conscript: bool = False
    """The person has called himself a 义务兵."""
    warned: tuple[str, ...] = ()
    """The open places of guides that a list has told of."""
    consent: str | None = None
    """The version of the notice under which the person went on."""
    case_no: str | None = None
    return_to: str | None = None
    shown_case: str | None = None
    """The case that was shown last."""
    asked_news: tuple[str, ...] = ()
    asked_rating: tuple[str, ...] = ()
    rated: tuple[str, ...] = ()
    """The cases of which it was asked whether news are wanted, and how it was; and those that were rated."""
    reason_for: str | None = None
    """The case whose low rating was just asked for its reason."""
    reminders: int = 0
    misses: int = 0

"""The shapes that travel: what a person said, what is answered, and what an answer wants changed.

Above the channels nothing knows a platform; below them nothing knows a policy. Every shape is plain data and
serialises to JSON, because it crosses Rasa, the database and the channels unchanged.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ReplyKind = Literal[
    "answer",
    "clarify",
    "question",
    "confirm",
    "result",
    "materials",
    "progress",
    "handoff",
    "notice",
    "smalltalk",
    "fallback",
    "crisis",
]


Form = Literal["text_message"]
"""A form that a line can ask for: pages of two text-message parts each."""


class Shape(BaseModel):
    """Base of all shapes: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Owner(StrEnum):
    """Who answers a conversation. The one place where bot or person is decided."""

    BOT = "bot"
    QUEUE = "queue"
    COUNSELOR = "counselor"


class Taken(Shape):
    """A choice that was taken by its button. offer: the number of the outgoing reply that it hangs on."""

    offer: int
    number: int


class Inbound(Shape):
    """One message as a channel received it, not yet normalised or masked."""

    channel: str
    message_id: str = Field(min_length=1, max_length=128)
    session_id: str = Field(min_length=1, max_length=128)
    text: str
    received_at: datetime
    region_hint: str | None = None
    """What the line knows of the caller: an adcode or a place name. Weaker than what the person says."""
    caller: str | None = None
    """The number that he is calling from, where the line tells it. Kept only when he wants to be called there."""
    operator: bool = False
    """True when a hotline operator types for a caller and reads the replies aloud."""
    form: Form | None = None
    """The form in which the line wants the replies to this message; None: each as one text of any length."""
    taken: Taken | None = None
    """Set instead of `text` where a button was pressed: what that says is only known when the message's turn comes."""
    unread: str | None = None
    """What came and is not to be understood, such as `photo`; a sentence of the wording answers it by itself."""


class Choice(Shape):
    """One answer that a person may pick by its number, its label or a sentence that means it."""

    number: int
    label: str


class Citation(Shape):
    """The place in a guide that a sentence was taken from."""

    guide: str
    title: str
    doc_no: str | None
    section: str
    valid_from: date | None


class Candidate(Shape):
    """Something that could have been answered, by its knowledge id. share: the part of all likelihood, 0 to 1."""

    id: str
    share: float


class Why(Shape):
    """How a question came to its reply, for staff who ask: what was compared, and how it came out.

    question: the masked words that were compared. chance: that the first candidate is what was asked for, 0 to 1.
    signals: what each signal added for the first candidate. by_meaning: false where words alone were compared.
    """

    question: str
    chance: float
    by_meaning: bool
    candidates: tuple[Candidate, ...] = ()
    signals: dict[str, float] = Field(default_factory=dict)


class Reply(Shape):
    """One message to the person. `text` stands alone: it can be read aloud or sent as a text message."""

    kind: ReplyKind
    text: str
    choices: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = ()
    data: dict[str, Any] = Field(default_factory=dict)
    form: Form | None = None
    """The form that `text` already has, with choices and source in it. No channel shows this field."""
    brief: str | None = None
    """The same said shorter, for a form in which the text is too long. No channel shows this field."""
    why: Why | None = None
    """How the question came to this reply. It stands in the transcript alone: no channel is handed it."""

    def as_sent(self) -> dict[str, Any]:
        """The reply as it is kept for channels: without what is for staff."""
        return self.model_dump(mode="json", exclude={"why"})


class Page(Shape):
    """A part of a reply that waits: the place of the reply in `Pages.replies`, and what this page says and offers."""

    reply: int
    text: str
    choices: tuple[Choice, ...] = ()


class Pages(Shape):
    """What was not sent yet of replies in the form of text messages.

    number: turns the page; it means nothing else. waiting: what is sent together at one time, first things first.
    """

    number: int
    replies: tuple[Reply, ...]
    waiting: tuple[tuple[Page, ...], ...]


class Region(Shape):
    """The place whose guide is spoken from, as a channel shows it."""

    code: str
    name: str


class QuestionnaireState(Shape):
    """How far a running questionnaire has come. `remaining` counts the questions that are still to be asked."""

    id: str
    answered: int
    remaining: int


class Memory(Shape):
    """What a conversation remembers from turn to turn.

    Region and questionnaire are shown to channels; `private` belongs to the actions and means nothing to anybody else.
    `loop` names the loop that the next message goes to first. `highest_number`: numbers up to this one take a choice,
    shown or not. `pages` and `asked`, what the turn itself asked last, belong to the turn: actions neither see nor
    keep them, so a new answer drops what waits.
    """

    region: Region | None = None
    questionnaire: QuestionnaireState | None = None
    loop: str | None = None
    private: dict[str, Any] = Field(default_factory=dict)
    highest_number: int = 0
    pages: Pages | None = None
    asked: Literal["delete", "link", "call_back"] | None = None

    def for_actions(self) -> Memory:
        """As the actions wrote it."""
        return self.model_copy(update={"pages": None, "asked": None})


class Effect(Shape):
    """Something that a turn does beyond answering; carried out in the transaction that records the turn.

    kind: `request_person` (data: reason), `cancel_person`, `bind_case` (data: case_no),
    `count_wrong_proof` (data: case_no), `report_complaint` (data: nothing), `give_consent` (data: version),
    `withdraw_consent` (data: nothing), `note_speaker` (data: kind, relation), `keep_resume_code` (data: code, memory),
    `use_resume_code` (data: code), `count_wrong_code` (data: nothing), `keep_slip` (data: token, content, release),
    `choose_news` (data: case_no, news), `stop_news` (data: nothing), `rate_case` (data: case_no, stars),
    `give_rating_reason` (data: case_no, reason), `judge_answer` (data: reply, verdict, reason),
    `try_link_code` (data: code), `keep_call_back` (data: number, source); without data: `ask_call_back`,
    `decline_call_back`, `cancel_call_back`, `tell_wait`, `delete_my_data`, `tell_my_data`, `give_link_code`, `unlink`,
    `news_here`, and `ask_again` for the open question of a loop.
    """

    kind: Literal[
        "request_person",
        "cancel_person",
        "bind_case",
        "count_wrong_proof",
        "report_complaint",
        "give_consent",
        "withdraw_consent",
        "note_speaker",
        "keep_resume_code",
        "use_resume_code",
        "count_wrong_code",
        "keep_slip",
        "choose_news",
        "stop_news",
        "rate_case",
        "give_rating_reason",
        "delete_my_data",
        "tell_my_data",
        "give_link_code",
        "try_link_code",
        "unlink",
        "news_here",
        "ask_again",
        "judge_answer",
        "ask_call_back",
        "keep_call_back",
        "decline_call_back",
        "cancel_call_back",
        "tell_wait",
    ]
    data: dict[str, Any] = Field(default_factory=dict)


class ActionResult(Shape):
    """What one action call hands back through Rasa to the turn that asked.

    pauses: the loop stays in memory but is not run again in this turn (somebody asked for a person in the middle);
    the next turn meets a fresh tracker in which it is active again.
    """

    replies: tuple[Reply, ...]
    memory: Memory
    effects: tuple[Effect, ...] = ()
    pauses: bool = False


class ConversationState(Shape):
    """The `state` that an answering channel returns beside the replies."""

    owner: Owner
    region: Region | None = None
    questionnaire: QuestionnaireState | None = None


class TurnResult(Shape):
    """All that a channel needs to answer one message."""

    session_id: str
    message_id: str
    turn_id: str
    replies: tuple[Reply, ...]
    state: ConversationState

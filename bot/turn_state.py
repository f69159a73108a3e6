"""What a turn carries from step to step, and what its steps use."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.approval import Duty, Held
from bot.masking import Found
from bot.message import Effect, Inbound, Memory, Owner, Reply
from bot.notices import Notice
from bot.outcome import Outcome
from bot.ports import Keeper, Rasa
from bot.rasa_client import TryAgain
from bot.wording import Wording


class MustWait(TryAgain):
    """Older messages of the conversation wait for Rasa, so this one has to wait behind them."""


@dataclass(frozen=True)
class Tools:
    """What the steps use. Built once in `api/main.py`."""

    rasa: Rasa
    keeper: Keeper
    wording: Wording
    duty: Duty | None = None
    """Who knows whether a counselor could look at an answer; None: every answer goes out."""


@dataclass
class Turn:
    """One message on its way. The first part is given, the second is what the steps make of it."""

    id: str
    conversation: str
    sender: str
    """Who Rasa takes this to be: the conversation and its epoch."""
    inbound: Inbound
    owner: Owner
    memory: Memory
    may_ask_rasa: bool = True
    release: str = ""
    """The release of the knowledge that the whole turn is answered from."""
    is_warned: bool = True
    """Whether what the channel says at the beginning of a conversation was said; `warns` when it is said now."""
    judged: int | None = None
    """The row of the transcript that holds the answer just before this message; None after anything else."""
    is_owed: bool = False
    """Whether the message brought out the rest of an answer that the platform had not let through."""
    approvals: dict[str, int] = field(default_factory=dict)
    """Where unsure answers wait for a counselor: minutes by the adcode of a province."""
    notices: tuple[Notice, ...] = ()
    """What the office wants said; `told` are those that are said now."""

    before: Memory = field(default_factory=Memory)
    """What was remembered before Rasa was asked."""
    normal: str = ""
    """The text in its plain form, not yet masked: for the step `mask` alone."""
    text: str = ""
    """The masked text; empty before the step `mask`."""
    left_over: str = ""
    """What of the text is still to be answered, when a part of it was met by a step."""
    found: tuple[Found, ...] = ()
    asked_rasa: bool = False
    forgets_answer: bool = False
    """The memory is less than what Rasa's tracker holds, so that the next turn needs a fresh one."""
    loop_pauses: bool = False
    """The memory names a loop that Rasa's tracker has left, so that the next turn needs a fresh tracker."""
    replies: list[Reply] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    held: Held | None = None
    """What waits for a counselor's word instead of going out."""
    warns: bool = False
    told: list[Notice] = field(default_factory=list)
    outcome: Outcome | None = None

    @property
    def reference(self) -> str:
        """What a person names on the telephone when something went wrong; the log has it too."""
        return self.id.replace("-", "")[:6].upper()

    @property
    def to_answer(self) -> str:
        """The masked text, without the part that a step has met."""
        return self.left_over or self.text

    def end(self, outcome: Outcome, *replies: Reply) -> None:
        """No further step runs; these replies come after those that are there."""
        self.outcome = outcome
        self.replies.extend(replies)

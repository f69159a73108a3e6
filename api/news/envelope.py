"""Puts what was planned into the words in which it is sent: which case, the department's own note, how to stop it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.message import Reply
from bot.turn import hide_numbers
from bot.wording import Wording


@dataclass(frozen=True)
class Matter:
    """What surrounds one message. is_first: he was told nothing of this case before, so he hears how to stop it."""

    kind: str
    case_no: str
    is_demo: bool
    is_first: bool = False
    note: str | None = None
    is_unrecognised: bool = False


def addressed(reply: Reply, matter: Matter, wording: Wording) -> Reply:
    """The reply with a text that stands alone; the shorter text leaves out how to stop it."""
    text = reply.text
    if matter.is_unrecognised:
        text = wording.say("news.unrecognised", reported=text)
    if matter.kind == "reminder":
        text = wording.say("news.reminder", text=text)
    if matter.note:
        text += wording.say("news.note", note=matter.note)
    text = wording.say("news.of_case", case_no=matter.case_no, text=text)
    if matter.is_demo:
        text = wording.say("news.demo", text=text)
    # The last look before it goes out; a note of a department may hold anything.
    text = hide_numbers(text)
    whole = text + wording.say("news.how_to_stop") if matter.is_first else text
    return reply.model_copy(update={"text": whole, "brief": text if matter.is_first else None})

"""How turns end."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    PAGE_TURNED = "page_turned"
    WENT_ON = "went_on"
    """It asks for the rest of an answer, which goes out by itself now that the platform lets it."""
    SILENT = "silent"
    """A person holds the conversation: the message is in the transcript for the desk."""
    PERSON_REQUESTED = "person_requested"
    QUEUE_LEFT = "queue_left"
    CRISIS = "crisis"
    UNREADABLE = "unreadable"
    ORDER_DECLINED = "order_declined"
    WAITING = "waiting"
    """About being called, or about how long a person is waited for."""
    OWN_AFFAIR = "own_affair"
    """About what is kept of the person himself."""
    JUDGED = "judged"
    """It says what the person thinks of the answer before."""
    UNREAD = "unread"
    """What came is no text, or a button that has nothing to say any more."""
    SWITCHED_OFF = "switched_off"
    """The office has switched the bot off."""
    FAILED = "failed"


URGENT = {
    *(Outcome.PERSON_REQUESTED, Outcome.QUEUE_LEFT, Outcome.CRISIS, Outcome.WAITING),
    *(Outcome.OWN_AFFAIR, Outcome.SWITCHED_OFF),
}
"""Outcomes that overtake older messages of the conversation which wait for Rasa."""

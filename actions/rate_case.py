"""How somebody rates a finished case (好差评): asked once, taken by number or in words, a low one with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions import answer_question
from actions.contract import Ask, Services
from actions.memory import Offer, Private
from actions.ports import CaseProgress
from actions.progress_items import Shown
from actions.progress_question import Asked
from actions.scope import scope_of
from actions.take_complaint import take_complaint
from actions.talk import Talk
from actions.thank import thank
from bot.message import ActionResult, Choice, Effect, Reply
from knowledge.answer_matching import asks
from knowledge.library import Library

VERB = "rate"
MOST, LOW = 5, 2
"""Stars; up to so many of them the reason is asked."""
LONGEST_RATING = 14
"""A longer message tells something rather than to rate."""
LONGEST_REASON = 500
NO_REASON = frozenset(
    {
        "affirm", "ask_bot", "ask_case_history", "ask_checklist", "ask_items", "ask_materials", "ask_progress",
        "ask_source", "cancel", "deny", "goodbye", "greet", "resume_questionnaire", "say_again", "set_region",
        "start_questionnaire", "stop_news", "thank", "want_news",
    }
)  # fmt: skip
"""Intents of messages that give no reason for a rating."""
LEAVES_IT = frozenset({"cancel", "deny", "goodbye", "thank"})
"""Those of them that only decline to give one."""


async def rate_case(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `rate`. Without a proved case praise and blame are taken as such, and the guide answers
    where one rates."""
    talk = Talk(ask, services)
    cases = await services.cases.bound_to(ask.conversation)
    stars = stars_in(talk)
    if not cases and stars and not talk.says("words_for_rating"):
        return await take_complaint(ask, services) if stars <= LOW else await thank(ask, services)
    shown = [one for one in cases if one.case_no == talk.private.shown_case]
    left = [one for one in (*shown, *cases) if not one.is_rated and one.case_no not in talk.private.rated]
    if not cases or talk.in_loop:
        return answer_question.resolve(talk, scope_of(talk))
    if not left:
        return talk.result(talk.reply("notice", "rated_before"))
    if stars:
        return take(talk, f"{stars}:{left[0].case_no}")
    asked = _asked(talk.library, left[0].case_no)
    return talk.result(talk.offer(asked.reply, *asked.choices))


def question(talk: Talk, case: CaseProgress, items: Sequence[Shown]) -> Asked | None:
    """How it was, once for each case: when all is over, or the one item that was asked about is done."""
    is_over = all(one.known and one.known.is_final for one in items)
    asked_before = case.case_no in (*talk.private.asked_rating, *talk.private.rated)
    if case.is_rated or asked_before or not is_over or not items:
        return None
    if len(items) < len(case.items) and case.news == "unasked" and case.case_no not in talk.private.asked_news:
        return None
    talk.private.asked_rating = (*talk.private.asked_rating, case.case_no)
    return _asked(talk.library, case.case_no)


def rating_offer(case_no: str, library: Library) -> tuple[Reply, dict[str, Any]]:
    """The question how it was, to be sent without being asked; and what `Memory.private` must hold to take its answer.

    Whoever sends it locks the conversation, lays the second over `private`, sets `highest_number` to the number of
    choices and `pages` to None, and raises the epoch, so that Rasa begins with this memory. Not while a loop runs,
    whose question the digits answer.
    """
    asked = _asked(library, case_no)
    offers = [Offer(number=number, label=label, does=does) for number, (label, does) in enumerate(asked.choices, 1)]
    reply = asked.reply.model_copy(
        update={"choices": tuple(Choice(number=one.number, label=one.label) for one in offers)}
    )
    patch = Private(offered=offers, last=[reply], asked_rating=(case_no,)).model_dump(
        mode="json", exclude_defaults=True
    )
    return reply, {**patch, "beneath": []}


def answered(talk: Talk) -> ActionResult | None:
    """A rating in words (挺满意的, 太差了) while the question stands open; None for anything else."""
    open_ones = [one for one in talk.private.offered if one.does.startswith(f"{VERB}:")]
    stars = stars_in(talk) if open_ones and len(talk.ask.text) <= LONGEST_RATING else None
    return take(talk, f"{stars}:{open_ones[0].does.split(':')[2]}") if stars else None


def take(talk: Talk, chosen: str) -> ActionResult:
    """The rating, as `2:TY26-8F3K-M2QX`. A low one is asked for its reason."""
    stars, _, case_no = chosen.partition(":")
    talk.private.rated = (*talk.private.rated, case_no)
    talk.private.offered = [one for one in talk.private.offered if not one.does.startswith(f"{VERB}:")]
    rated = Effect(kind="rate_case", data={"case_no": case_no, "stars": int(stars)})
    if int(stars) > LOW:
        return talk.result(talk.reply("notice", "rated"), effects=(rated,))
    talk.private.reason_for = case_no
    return talk.result(talk.reply("clarify", "ask_rating_reason"), effects=(rated,))


def reason_told(talk: Talk) -> ActionResult | None:
    """The reason of a low rating, which was asked for last; None for a message that is about something else."""
    case_no, last = talk.private.reason_for, talk.private.last
    is_asked = bool(last) and last[-1].text == talk.library.phrase("ask_rating_reason")
    if case_no is None or not is_asked or talk.ask.intent in NO_REASON - LEAVES_IT:
        return None
    talk.private.reason_for = None
    if talk.ask.intent in LEAVES_IT or talk.says("words_for_no_reason"):
        return talk.result(talk.reply("notice", "rated"))
    if talk.ask.intent in ("ask_policy", "explain_term") and asks(talk.ask.text):
        return None
    reason = Effect(kind="give_rating_reason", data={"case_no": case_no, "reason": talk.ask.text[:LONGEST_REASON]})
    return talk.result(talk.reply("notice", "rating_reason_kept"), effects=(reason,))


def stars_in(talk: Talk) -> int | None:
    """The stars that the message gives in words: those of the longest words that it holds."""
    said = [
        (len(word), stars)
        for stars in range(1, MOST + 1)
        for word in talk.words(f"words_for_{stars}_stars")
        if word in talk.ask.text
    ]
    return max(said)[1] if said else None


def _asked(library: Library, case_no: str) -> Asked:
    stars = range(MOST, 0, -1)
    choices = tuple((library.phrase(f"label_{one}_stars"), f"{VERB}:{one}:{case_no}") for one in stars)
    return Asked(Reply(kind="clarify", text=library.phrase("ask_rating")), choices, restarts=True)

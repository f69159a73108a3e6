"""What is said of a case beside asking for it: the choices that were offered, and words that only it explains."""

from __future__ import annotations

import re
from functools import wraps

from actions import choose_news, questions, rate_case
from actions.contract import Action, Ask, Services
from actions.ports import CaseProgress
from actions.progress_items import shown_items
from actions.progress_reply import cards, everything, named_items, tell
from actions.report_progress import SOUNDS_LIKE_PROGRESS, begin
from actions.status_words import MEANING, status_explained
from actions.talk import Talk
from bot.message import ActionResult
from knowledge.listing import read
from knowledge.numerals import NUMERAL, value_of

NTH = re.compile(rf"(?:看|说|讲|那|就)*第({NUMERAL})[件个项条号](?:呢|嘞|咧|事|的)?[。？?！!]*")
READY = re.compile(
    r"(?:什么|啥|何)时候?.{0,3}(?:好|完|下来|办成)|(?:啥子|多少)时候.{0,3}(?:好|完)|几[时号天].{0,3}(?:好|完|下来)"
    r"|还[要得需].{0,2}(?:多久|几天|多长|好久)|多久.{0,3}(?:好|完|下来)|还没.{0,2}(?:好|完|办|下来)|卡在"
)
"""Asks when what was just told will be ready."""
WHAT_TO_DO = re.compile(
    r"(?:怎么|咋个?|如何|怎样)(?:补|改|弄|整|办)(?:呢|啊|嘞)?\W*$|下一步|接下来|[该要]我.{0,3}(?:办|做|干|去)"
)
"""Asks what to do about it."""
MENDS = re.compile(r"(?:怎么|咋个?|如何|怎样|哪里|哪儿)(?:要|得|去|能)?(?:补|改)")
"""Asks how to mend what came back."""
POINTS = re.compile(r"[那这](?:一?个|一?样|一?项|一?件|边|头|块)")
"""Only points at what it names: 养老那个呢."""
LONGEST_NAMING = 14
"""A longer message is no mere name of an item."""


def case_talk_first(action: Action) -> Action:
    """The action, unless the message belongs to what was told or asked of a case, whatever Rasa understood.

    It wants no more news, or asks what a status means or how to take an application back; or, outside the loops, gives
    the reason for a rating, a rating or a yes in words, names an item of the case that was shown last, or asks when
    it will be ready.
    """

    @wraps(action)
    async def first(ask: Ask, services: Services) -> ActionResult:
        if not ask.is_new_message:
            return await action(ask, services)
        talk = Talk(ask, services)
        if choose_news.stops(ask.text):
            return _stopped(talk)
        told = None if talk.in_loop else await _told(talk)
        return told or status_explained(talk) or await action(ask, services)

    return first


def _stopped(talk: Talk) -> ActionResult:
    """The confirmation; an open question of the questionnaire comes again behind it."""
    stopped = choose_news.stop(talk)
    if talk.loop != "run_questionnaire":
        return stopped
    again = questions.put_again(talk, *stopped.replies)
    return again.model_copy(update={"effects": (*again.effects, *stopped.effects)})


async def _told(talk: Talk) -> ActionResult | None:
    answered = rate_case.reason_told(talk) or rate_case.answered(talk) or choose_news.answered(talk)
    if answered:
        return answered
    own_word = await _own_word(talk) if MEANING.search(talk.ask.text) else None
    if own_word:
        return own_word
    case_no = next((one.case for one in talk.private.told if one.case), None)
    if case_no is None and talk.private.phase is None and len(talk.ask.text) <= LONGEST_NAMING:
        return await _sent_back(talk) if MENDS.search(talk.ask.text) else None
    return await _item_named(talk, case_no) if case_no else None


async def _own_word(talk: Talk) -> ActionResult | None:
    """That a department's own word is not known here, for who asks what it means; never a guess at it."""
    case = await _proved(talk, talk.private.shown_case) if talk.private.shown_case else None
    shown = shown_items(talk, case) if case else []
    meant = [one for one in shown if one.known is None and one.item.reported and one.item.reported in talk.ask.text]
    return cards(talk, case, meant) if case and meant else None


async def _sent_back(talk: Talk) -> ActionResult | None:
    """What came back, for who asks how to mend it (怎么改) though other things were spoken of since."""
    case = await _proved(talk, talk.private.shown_case) if talk.private.shown_case else None
    shown = shown_items(talk, case) if case else []
    back = [one for one in shown if one.known and one.known.is_sent_back and one.group == "yours"]
    return cards(talk, case, back) if case and back else None


async def _item_named(talk: Talk, case_no: str) -> ActionResult | None:
    """The item of the case just shown that a message names and asks nothing else of: 「户口呢」, 「第二件」."""
    text = talk.ask.text
    nth = NTH.fullmatch(text.strip())
    offer = next((one for one in talk.private.offered if nth and one.number == value_of(nth.group(1))), None)
    if offer and offer.does.startswith("case_item:"):
        return await take_up(talk, *offer.does.split(":", 1))
    clause = read(POINTS.sub("", text), talk.knowledge.vocabulary)
    asks_when = len(text) <= LONGEST_NAMING and READY.search(text)
    if not clause.names and (asks_when or (len(text) <= LONGEST_NAMING and WHAT_TO_DO.search(text))):
        return await _told_again(talk, case_no)
    is_name = clause.is_plain and bool(clause.names) and clause.sides <= {"progress"}
    if len(text) > LONGEST_NAMING or not (is_name or (clause.names and SOUNDS_LIKE_PROGRESS.search(text))):
        return None
    if clause.sides - {"progress", "time_limit" if asks_when else "progress"}:
        return None
    case = await _proved(talk, case_no)
    named = named_items(talk, shown_items(talk, case)) if case else []
    return cards(talk, case, named) if case and named else None


async def _told_again(talk: Talk, case_no: str) -> ActionResult | None:
    """The item that was told alone, else the case."""
    case = await _proved(talk, case_no)
    told = {one.item for one in talk.private.told}
    alone = [one for one in shown_items(talk, case) if one.item.item in told] if case else []
    if case is None:
        return None
    return cards(talk, case, alone) if alone else tell(talk, case)


async def take_up(talk: Talk, verb: str, argument: str) -> ActionResult:
    """Does what a choice of a case offers: tell an item, choose about news, rate."""
    if verb == "news":
        return choose_news.take(talk, argument)
    if verb == "rate":
        return rate_case.take(talk, argument)
    case_no, _, item = argument.partition(":")
    case = await _proved(talk, case_no)
    wanted = [one for one in shown_items(talk, case) if one.item.item == item] if case else []
    return cards(talk, case, wanted) if case and wanted else await begin(talk, case_no)


async def whole_case(talk: Talk, case_no: str) -> ActionResult:
    """Every word about a case that was proved."""
    case = await _proved(talk, case_no)
    return everything(talk, case) if case else await begin(talk, case_no)


async def _proved(talk: Talk, case_no: str) -> CaseProgress | None:
    cases = await talk.services.cases.bound_to(talk.ask.conversation)
    return next((one for one in cases if one.case_no == case_no), None)

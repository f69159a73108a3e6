"""The loop that reports how far a case has come: asks for the case number and the proof, then tells item by item."""

from __future__ import annotations

import re

from actions import questions
from actions.answer_question import answer_if_sure, asked_clearly, resolve
from actions.case_number import case_number_in, last_four_in, placeholder_in
from actions.contract import Ask, NotMine, Services
from actions.hand_off import ask_person
from actions.ports import Away, CaseProgress, Locked
from actions.progress_items import day_said, moment_said, shown_items
from actions.progress_reply import named_items, tell
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Effect, Reply
from knowledge.last_clause import asking_clause

NAME = "report_progress"
MOST_REMINDERS = 2
ABOUT_THE_CASE = re.compile(
    r"办到哪|到哪一步|到哪步|进度|办件|编号|ty\d\d|帮我查|查一下|查下|我[的那].{0,8}(?:好了?没|咋样|怎么样|办好没|下来没|情况)"
    r"|还没(?:好|办|下)",
    re.IGNORECASE,
)
"""Speaks of the caller's own case; a question without such a word may be about the rules."""
SOUNDS_LIKE_PROGRESS = re.compile(
    r"进展|办[好完妥成理]|[好成]了|咋样|怎么样|怎样|下来|批|审|状态|到哪|催|多久|等|时候|何时|动静|消息|收到|卡在|拖|慢|查|取|领|还没"
)
"""Whoever has told his situation speaks of that, unless one of these words is about what an office does."""
HOW_TO_LOOK_UP = re.compile(
    r"(?:怎么|咋|如何|在哪|搁哪|去哪|上哪|到哪(?!一?步)|哪里|哪儿|能|可以)(?:(?![帮给替][我俺]).){0,6}(?:[查看]|[瞅瞧望]见)"
    r"|在哪里?看|哪里看|点哪|显示|[查看].{0,4}(?:途径|渠道|方式|方法|入口)"
)
"""Asks for the way to look progress up, not for the progress itself."""


async def report_progress(ask: Ask, services: Services) -> ActionResult:
    """Begin, take the number or the proof, or ask again after an interruption.

    Raises NotMine for a message that holds neither.
    """
    talk = Talk(ask, services)
    if talk.loop is None and (answer := await _of_the_guide(talk)):
        return answer
    speaks_of_it = ABOUT_THE_CASE.search(ask.text) or SOUNDS_LIKE_PROGRESS.search(ask.text)
    if talk.loop != NAME and talk.private.phase is not None and not speaks_of_it:
        answered = resolve(talk, scope_of(talk))
        return _take_up(talk, answered) if talk.in_loop else answered
    if talk.loop != NAME:
        interrupted, result = talk.loop, await begin(talk)
        return result if talk.loop is None or talk.loop != interrupted else _take_up(talk, result)
    if not ask.is_new_message:
        return _remind(talk)
    offer = questions.offered(talk)
    if offer is not None and offer.does == "person":
        return ask_person(talk, "asked")
    number, proof = case_number_in(ask.text, is_asked=talk.private.case_no is None), await _proof_in(talk)
    if number is None and proof is None and ask.intent != "ask_progress":
        raise NotMine
    talk.private.case_no = number or talk.private.case_no
    return await _go_on(talk, proof)


async def _of_the_guide(talk: Talk) -> ActionResult | None:
    """The answer to a question that Rasa took for one of the case but that asks what a guide states, such as where to
    look progress up. Whoever names a number, or has a case and sounds as if he meant it, means his case."""
    text = talk.ask.text
    if case_number_in(text):
        return None
    if HOW_TO_LOOK_UP.search(text):
        return answer_if_sure(talk, likely=True)
    is_of_case = ABOUT_THE_CASE.search(text)
    has_case = bool(await talk.services.cases.bound_to(talk.ask.conversation))
    if has_case and (is_of_case or SOUNDS_LIKE_PROGRESS.search(text)):
        return None
    clause = asking_clause(text)
    if is_of_case and clause and not ABOUT_THE_CASE.search(clause):
        return asked_clearly(talk)
    return None if is_of_case else answer_if_sure(talk)


def _remind(talk: Talk) -> ActionResult:
    """Ask once more after an interruption; whoever goes on with other things is left alone in the end."""
    asked = _ask(talk)
    if talk.private.last and talk.private.last[-1].text == asked.text:
        return talk.result()
    talk.private.reminders += 1
    if talk.private.reminders <= MOST_REMINDERS:
        return talk.result(asked)
    talk.private.reminders = 0
    _leave(talk)
    return talk.result()


async def begin(talk: Talk, case_no: str | None = None) -> ActionResult:
    """Tell the progress of a case that was proved before, or ask for what is missing."""
    number = case_no or case_number_in(talk.ask.text)
    bound = await talk.services.cases.bound_to(talk.ask.conversation)
    wanted = [one for one in bound if number in (None, one.case_no)]
    wanted = wanted if len(wanted) < 2 else _meant(talk, wanted)
    if len(wanted) == 1:
        return _tell(talk, wanted[0])
    if len(wanted) > 1:
        choices = [(_label(talk, one), f"case:{one.case_no}") for one in wanted]
        return talk.result(talk.offer(talk.reply("clarify", "which_case"), *choices))
    if talk.loop != NAME:
        talk.private.return_to = talk.loop
    talk.loop = NAME
    talk.private.reminders = 0
    talk.private.case_no = number
    return await _go_on(talk, await _proof_in(talk) if number else None)


def _meant(talk: Talk, cases: list[CaseProgress]) -> list[CaseProgress]:
    """Of several cases those with the item that the message names; else the one that was just shown, for who asks on
    (怎么还没好); else all."""
    naming = [one for one in cases if named_items(talk, shown_items(talk, one))]
    if naming:
        return naming
    just_shown = [one for one in cases if any(told.case == one.case_no for told in talk.private.told)]
    return just_shown if just_shown and talk.says("words_for_not_ready") else cases


def _take_up(talk: Talk, told: ActionResult) -> ActionResult:
    """What was told at once, then the open question of the questionnaire, which Rasa would not run again by itself
    because no rule of `ask_progress` ends in it."""
    again = questions.put_again(talk, *told.replies)
    return again.model_copy(update={"effects": told.effects, "pauses": True})


async def _proof_in(talk: Talk) -> str | None:
    """The last four characters of the identity number: those that were masked, or typed where nobody expected them."""
    masked = placeholder_in(talk.ask.text)
    if masked:
        value = await talk.services.secrets.open(talk.ask.conversation, masked)
        return value[-4:].upper() if value else None
    return last_four_in(talk.ask.text)


async def _go_on(talk: Talk, proof: str | None) -> ActionResult:
    number = talk.private.case_no
    known = await talk.services.cases.bound_to(talk.ask.conversation)
    mine = next((one for one in known if one.case_no == number), None)
    if mine:
        return _tell(talk, mine)
    if number is None or proof is None:
        return talk.result(_ask(talk))
    outcome = await talk.services.cases.prove(talk.ask.conversation, number, proof)
    if isinstance(outcome, Locked):
        _leave(talk)
        return talk.result(talk.reply("notice", "case_locked", until=moment_said(talk, outcome.until)))
    wrong = Effect(kind="count_wrong_proof", data={"case_no": number})
    if isinstance(outcome, Away):
        _leave(talk)
        return talk.result(talk.reply("notice", "case_away"), effects=(wrong,))
    if outcome is None:
        talk.private.case_no = None
        reply = talk.reply("clarify", "wrong_proof")
        return talk.result(reply, effects=(wrong,))
    bound = Effect(kind="bind_case", data={"case_no": outcome.case_no})
    return _tell(talk, outcome, effects=(bound,))


def _ask(talk: Talk) -> Reply:
    key = "ask_case_number" if talk.private.case_no is None else "ask_last_four"
    asked = talk.reply("clarify", key)
    if talk.private.return_to:
        return asked  # A number still answers the question of the interrupted questionnaire.
    return talk.offer(asked, (talk.library.phrase("label_no_number"), "person"))


def _leave(talk: Talk) -> None:
    """Leave the loop; an interrupted questionnaire takes over again."""
    talk.private.case_no = None
    talk.loop, talk.private.return_to = talk.private.return_to, None


def _tell(talk: Talk, case: CaseProgress, effects: tuple[Effect, ...] = ()) -> ActionResult:
    """Tell a proved case; the loop has done its work then."""
    if talk.loop == NAME:
        _leave(talk)
    return tell(talk, case, effects)


def _label(talk: Talk, case: CaseProgress) -> str:
    """How a case is offered among several: its first item, how many there are, and since when."""
    shown = shown_items(talk, case)
    key = "case_label" if len(shown) == 1 else "case_label_of_several"
    name, day = shown[0].short_name if shown else "", day_said(talk, case.accepted_at.date())
    return talk.library.phrase(key, item=name, count=len(shown), day=day, end=case.case_no[-4:])

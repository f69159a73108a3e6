"""The loop that reports how far a case has come: asks for the case number and the proof, then tells item by item."""

from __future__ import annotations

import re
from datetime import date, datetime

from actions import questions
from actions.answer_question import answer_if_sure, resolve
from actions.contract import Ask, NotMine, Services
from actions.hand_off import ask_person
from actions.ports import CaseItem, CaseProgress, Locked
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Effect, Reply
from knowledge.model import Status
from knowledge.vocabulary import fold

NAME = "report_progress"
CASE_NO = re.compile(
    r"""ty[\s-]*(\d{2})[\s-]*      # TY and the year
        ([0-9a-z]{4})[\s-]*        # eight characters in two groups; letters that look like digits are read as digits
        ([0-9a-z]{4})(?![0-9a-z])""",
    re.VERBOSE,
)
LAST_FOUR = re.compile(
    r"""(?<![0-9a-z])(\d{3}[\dx])   # four characters that stand alone
        (?![0-9a-z]|\s*[年元块号])   # and are no year, no amount and no number of a house""",
    re.VERBOSE,
)
MOST_REMINDERS = 2
ABOUT_THE_CASE = re.compile(
    r"办到哪|到哪一步|到哪步|进度|办件|编号|ty\d\d|帮我查|查一下|查下|我的.{0,8}(?:好了没|咋样|怎么样|办好没|下来没)|还没(?:好|办|下)",
    re.IGNORECASE,
)
"""Speaks of the caller's own case; a question without such a word may be about the rules."""
SOUNDS_LIKE_PROGRESS = re.compile(
    r"进展|办[好完妥成理]|[好成]了|咋样|怎么样|怎样|下来|批|审|状态|到哪|催|多久|等|时候|何时|动静|消息|收到|卡在|拖|慢|查|取|领"
)
"""Whoever has told his situation speaks of that, unless one of these words is about what an office does."""
HOW_TO_LOOK_UP = re.compile(
    r"(?:怎么|咋|如何|在哪|去哪|上哪|到哪(?!一?步)|哪里|哪儿|能|可以).{0,6}[查看]|在哪里?看|哪里看|点哪|显示"
)
"""Asks for the way to look progress up, not for the progress itself."""
ID_PLACEHOLDER = re.compile(r"〔身份证号\d+〕")
LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})


async def report_progress(ask: Ask, services: Services) -> ActionResult:
    """Begin, take the number or the proof, or ask again after an interruption.

    Raises NotMine for a message that holds neither.
    """
    talk = Talk(ask, services)
    asks_for_case = ABOUT_THE_CASE.search(ask.text) and not HOW_TO_LOOK_UP.search(ask.text)
    if talk.loop is None and not asks_for_case and (answer := answer_if_sure(talk)):
        return answer
    if (
        talk.loop != NAME
        and talk.private.phase is not None
        and not (asks_for_case or SOUNDS_LIKE_PROGRESS.search(ask.text))
    ):
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
    number, proof = case_number_in(ask.text), await _proof_in(talk)
    if number is None and proof is None and ask.intent != "ask_progress":
        raise NotMine
    talk.private.case_no = number or talk.private.case_no
    return await _go_on(talk, proof)


def _remind(talk: Talk) -> ActionResult:
    """Ask once more after an interruption; whoever goes on with other things is left alone in the end."""
    asked = _ask(talk)
    if talk.private.last and talk.private.last[-1].text == asked.text:
        return talk.result()
    talk.private.reminders += 1
    if talk.private.reminders <= MOST_REMINDERS:
        return talk.result(asked)
    talk.private.case_no, talk.private.reminders = None, 0
    talk.loop, talk.private.return_to = talk.private.return_to, None
    return talk.result()


async def begin(talk: Talk, case_no: str | None = None) -> ActionResult:
    """Tell the progress of a case that was proved before, or ask for what is missing."""
    number = case_no or case_number_in(talk.ask.text)
    bound = await talk.services.cases.bound_to(talk.ask.conversation)
    wanted = [one for one in bound if number in (None, one.case_no)]
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


def _take_up(talk: Talk, told: ActionResult) -> ActionResult:
    """What was told at once, then the open question of the questionnaire, which Rasa would not run again by itself
    because no rule of `ask_progress` ends in it."""
    again = questions.put_again(talk, *told.replies)
    return again.model_copy(update={"effects": told.effects, "pauses": True})


def case_number_in(text: str) -> str | None:
    """The case number in a text, written as it is stored: TY26-8F3K-M2QX. Blanks, hyphens and case do not matter."""
    found = CASE_NO.search(fold(text))
    if not found:
        return None
    year, first, second = found.groups()
    return f"TY{year}-{first.translate(LOOKALIKES)}-{second.translate(LOOKALIKES)}".upper()


async def _proof_in(talk: Talk) -> str | None:
    """The last four characters of the identity number: typed alone, or taken from a number that was masked."""
    masked = ID_PLACEHOLDER.search(talk.ask.text)
    if masked:
        value = await talk.services.secrets.open(talk.ask.conversation, masked.group())
        return value[-4:].upper() if value else None
    rest = CASE_NO.sub(" ", fold(talk.ask.text))
    found = LAST_FOUR.search(rest)
    return found.group(1).upper() if found else None


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
        return _finish(talk, talk.reply("notice", "case_locked", until=_moment(talk, outcome.until)))
    if outcome is None:
        wrong = Effect(kind="count_wrong_proof", data={"case_no": number})
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


def _finish(talk: Talk, reply: Reply, effects: tuple[Effect, ...] = ()) -> ActionResult:
    """Leave the loop; an interrupted questionnaire takes over again."""
    talk.private.case_no = None
    talk.loop, talk.private.return_to = talk.private.return_to, None
    return talk.result(reply, effects=effects)


def _tell(talk: Talk, case: CaseProgress, effects: tuple[Effect, ...] = ()) -> ActionResult:
    say = talk.library.phrase
    items = _in_guide_order(talk, case)
    lines = [_line(talk, case, item) for item in items]
    key = "progress_demo" if case.is_demo else "progress"
    text = say(key, case_no=case.case_no, items="\n".join(lines))
    data = {
        "case_no": case.case_no,
        "demo": case.is_demo,
        "items": [
            {
                "item": _item_name(talk, case, item),
                "department": talk.library.name_of("department", item.department),
                "status": talk.library.name_of("status", item.status),
                "since": item.since.isoformat(),
                "due": item.due.isoformat() if item.due else None,
                "overdue": item.overdue,
                "next_step": _next_step(talk, item),
            }
            for item in items
        ],
    }
    if talk.loop == NAME:
        return _finish(talk, Reply(kind="progress", text=text, data=data), effects)
    return talk.result(Reply(kind="progress", text=text, data=data), effects=effects)


def _line(talk: Talk, case: CaseProgress, item: CaseItem) -> str:
    say = talk.library.phrase
    line = say(
        "progress_line",
        item=_item_name(talk, case, item),
        status=talk.library.name_of("status", item.status),
        since=_day(talk, item.since),
        next_step=_next_step(talk, item),
    )
    if item.due and not item.overdue and not _is_final(talk, item):
        line += say("progress_due", due=_day(talk, item.due))
    return line


def _in_guide_order(talk: Talk, case: CaseProgress) -> list[CaseItem]:
    province = talk.library.province_for(case.region)
    order = list(province.items) if province else []
    return sorted(case.items, key=lambda item: order.index(item.item) if item.item in order else len(order))


def _moment(talk: Talk, at: datetime) -> str:
    """The time of day; with the day when it is not today."""
    clock = f"{at:%H:%M}"
    return clock if at.date() == talk.ask.now.date() else f"{_day(talk, at)} {clock}"


def _day(talk: Talk, day: date) -> str:
    return talk.library.phrase("day", month=day.month, day=day.day)


def _is_final(talk: Talk, item: CaseItem) -> bool:
    status = talk.library.entry("status", item.status)
    return isinstance(status, Status) and status.is_final


def _item_name(talk: Talk, case: CaseProgress, item: CaseItem) -> str:
    province = talk.library.province_for(case.region)
    known = province.items.get(item.item) if province else None
    return known.name if known else talk.library.name_of("item", item.item)


def _next_step(talk: Talk, item: CaseItem) -> str:
    """What the veteran does now: what the status says, or urge the office when it is late."""
    if item.overdue and item.due:
        return talk.library.phrase("progress_overdue", due=_day(talk, item.due))
    status = talk.library.entry("status", item.status)
    return status.next_step if isinstance(status, Status) else talk.library.phrase("status_unrecognised")


def _label(talk: Talk, case: CaseProgress) -> str:
    return talk.library.phrase("case_label", case_no=case.case_no, day=_day(talk, case.accepted_at))

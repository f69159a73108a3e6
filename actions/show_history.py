"""「都啥时候办的」: what departments reported of a case, each with its days."""

from __future__ import annotations

from actions.answer_question import asked_clearly
from actions.contract import Ask, Services
from actions.ports import CaseProgress
from actions.progress_items import case_data, day_said, note_said, shown_items
from actions.progress_overview import heading
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.statuses import status_of


async def show_history(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_case_history`. Without a proved case a question of the guide is answered as such;
    to any other message it says what is missing."""
    talk = Talk(ask, services)
    cases = await services.cases.bound_to(ask.conversation)
    if not cases:
        answer = None if talk.in_loop else asked_clearly(talk)
        if answer:
            return answer
        reply = talk.reply("clarify", "history_needs_case")
        return talk.result(
            reply if talk.in_loop else talk.offer(reply, (talk.library.phrase("label_progress"), "progress"))
        )
    shown = next((one for one in cases if one.case_no == talk.private.shown_case), cases[0])
    return talk.result(_history(talk, shown))


def _history(talk: Talk, case: CaseProgress) -> Reply:
    """Department by department in the order of their first reports, each with what it reported, oldest first."""
    say = talk.library.phrase
    talk.private.shown_case = case.case_no
    province = talk.library.province_for(case.region)
    lines: dict[str, list[str]] = {}
    for one in case.history:
        known = status_of(talk.library, one.status)
        fact = province.items.get(one.item) if province else None
        line = say(
            "history_line" if known else "history_line_own_word",
            day=day_said(talk, one.at.date()),
            item=fact.name if fact else talk.library.name_of("item", one.item),
            status=known.name if known else one.reported,
        )
        lines.setdefault(one.department, []).append(line + note_said(talk, one.note))
    parts = [heading(talk, case, "history")]
    parts += [say("history_accepted", day=day_said(talk, case.accepted_at.date()))]
    for department, reports in lines.items():
        parts += [say("history_department", department=talk.library.name_of("department", department)), *reports]
    parts += [] if lines else [say("history_empty")]
    return Reply(kind="progress", text="\n".join(parts), data=case_data(case, shown_items(talk, case)))

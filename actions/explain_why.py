"""「为什么问这个」: the consequence that makes the open question matter, with its section."""

from __future__ import annotations

from actions import questions
from actions.contract import Ask, Services
from actions.scope import region_choices
from actions.talk import Talk
from actions.what_next import main_menu
from bot.message import ActionResult


async def explain_why(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_why`."""
    talk = Talk(ask, services)
    question, province = questions.current(talk), talk.questionnaire_province
    if talk.loop == "report_progress":
        return talk.result(talk.reply("notice", "why_proof"))
    if talk.loop == "run_questionnaire" and talk.private.phase == "region":
        return talk.result(talk.reply("notice", "why_region"))
    if not talk.in_loop and any(one.does.startswith("region:") for one in talk.private.offered):
        return talk.result(talk.offer(talk.reply("notice", "why_region"), *region_choices(talk)))
    if talk.loop != "run_questionnaire" or question is None or province is None:
        return talk.result(talk.offer(talk.reply("fallback", "nothing_asked"), *main_menu(talk)))
    return talk.result(questions.notice(talk, question.why, province, question.id))

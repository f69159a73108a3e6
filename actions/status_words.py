"""Explains what is said of a case before he acts on it: what 补正 means, and what comes of taking it back (拿回)."""

from __future__ import annotations

import re

from actions import questions
from actions.answer_question import CLEARLY, answer_entry
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.model import Status
from knowledge.statuses import status_of
from knowledge.subject import Subject

LONGEST = 20
MEANING = re.compile(r"意思|什么叫|啥叫|叫什么|怎么理解|咋理解|是什么|是啥|啥子")
FILLERS = re.compile(
    r"人家|他们|部门|短信|意思|什么|理解|请问|那个|这个|怎么|啥子|上面|写着|显示|[是叫啥咋甚]|[的了个]|[说上写]|[吗呢嘛呀啊]|\W",
)
WITHDRAWS = re.compile(
    r"(?:撤回|拿回|撤销|撤掉|撤下|撤了|撤件|收回).{0,4}(?:申请|办件|申报)|(?:申请|办件|申报).{0,6}(?:撤|拿回|收回)|^\s*(?:我?(?:想|要))?(?:撤回|撤件|拿回)[。！!]?$"
)
NOT_THE_CASE = re.compile(r"同意|原件|材料|证件|户口本|身份证|钱|押金")
"""Takes back something else than the application."""
ASKED = {"withdrawn": "asked_of_withdrawal", "correction_needed": "asked_of_correction"}
"""Statuses that he brings about or mends himself, with the question under which the guide speaks of that."""


def status_explained(talk: Talk) -> ActionResult | None:
    """The meaning of a status that the message asks for, or what taking an application back does; else None.

    What the guide says of it comes behind that, and the open question of a questionnaire last.
    """
    is_wish = WITHDRAWS.search(talk.ask.text) and not NOT_THE_CASE.search(talk.ask.text)
    status = status_of(talk.library, "withdrawn") if is_wish else _asked_for(talk)
    if status is None or len(talk.ask.text) > LONGEST:
        return None
    key = "withdrawal_explained" if is_wish else "status_explained"
    told = [talk.reply("notice", key, status=status.name, say=status.say, next_step=status.next_step)]
    told += _of_the_guide(talk, status)
    return questions.put_again(talk, *told) if talk.loop == "run_questionnaire" else talk.result(*told)


def _asked_for(talk: Talk) -> Status | None:
    """The status whose meaning the message asks for, and nothing else."""
    if not MEANING.search(talk.ask.text):
        return None
    word = FILLERS.sub("", talk.ask.text)
    statuses = talk.library.catalogue.statuses
    return next((one for one in statuses if word and word in (one.name, *one.aliases)), None)


def _of_the_guide(talk: Talk, status: Status) -> list[Reply]:
    province = scope_of(talk).province
    if province is None or status.id not in ASKED:
        return []
    found = talk.knowledge.resolver(province).resolve(talk.library.phrase(ASKED[status.id]), Subject())
    if found.said is None or found.entry is None or found.found.chance < CLEARLY:
        return []
    return [answer_entry(talk, province, found.entry.id)]

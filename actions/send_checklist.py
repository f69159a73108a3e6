"""「打印清单」: the person's own list behind a link that nobody can guess, to be printed or kept on the telephone."""

from __future__ import annotations

import re
import secrets

from actions.checklist import checklist
from actions.contract import Ask, Services
from actions.known_dates import known_dates
from actions.report_paper import rest_asked
from actions.show_result import items_reply
from actions.slip import Slip
from actions.talk import Talk
from bot.message import ActionResult, Effect, Reply

TOKEN_BYTES = 32
LOOKS_LIKE_A_NUMBER = re.compile(r"(?:\d[-_]?){6}")
"""Masking may take such a part of a token for a number of a person."""
UNFINISHED = ("asking", "confirming", "changing")


async def send_checklist(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_checklist`. Without a list of his own it says what is missing."""
    return await send(Talk(ask, services))


async def send(talk: Talk) -> ActionResult:
    """Make the list and hand out its link."""
    province = talk.questionnaire_province
    situation = talk.own_situation(province) if province else None
    if province is None or situation is None:
        return talk.result(_nothing_to_print(talk))
    if situation.not_covered:
        return talk.result(items_reply(talk, province, situation))
    left = rest_asked(talk)
    slip = checklist(talk, province, situation, await known_dates(talk, province))
    token = _draw()
    kept = Effect(
        kind="keep_slip",
        data={"token": token, "content": slip.model_dump(mode="json"), "release": talk.library.release},
    )
    link = _link(talk, slip, token)
    return talk.result(*((left, link) if left else (link,)), effects=(kept,))


def _link(talk: Talk, slip: Slip, token: str) -> Reply:
    """Where the list is. A link stands on a line of its own, so that nothing is taken for a part of it."""
    say = talk.library.phrase
    path = f"/slip/{token}"
    url = talk.services.pages_url + path
    day = say("day", month=slip.good_until.month, day=slip.good_until.day)
    data = {"url": url, "path": path, "good_until": slip.good_until.isoformat()}
    text = say("checklist", link=url, day=day)
    if slip.dates:
        data |= {"calendar_url": f"{url}.ics", "calendar_path": f"{path}.ics"}
        text += "\n" + say("checklist_dates", link=f"{url}.ics")
    return Reply(kind="notice", text=text, data={"slip": data})


def _nothing_to_print(talk: Talk) -> Reply:
    """That the list follows from the answers; with the way there, and to the papers of everybody."""
    if talk.loop == "run_questionnaire":
        is_check = talk.private.phase == "confirming"
        return talk.reply("notice", "checklist_after_check" if is_check else "checklist_after_answers")
    reply = talk.reply("clarify", "checklist_needs_answers")
    if talk.in_loop:
        return reply
    say = talk.library.phrase
    start = say("label_resume" if talk.private.phase in UNFINISHED else "label_start")
    return talk.offer(reply, (start, "start"), (say("label_materials"), "materials"))


def _draw() -> str:
    """A new token of 32 random bytes, in the letters that an address may hold."""
    drawn = secrets.token_urlsafe(TOKEN_BYTES)
    return _draw() if LOOKS_LIKE_A_NUMBER.search(drawn) else drawn

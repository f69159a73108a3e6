"""A code by which a questionnaire is taken up on another channel or telephone: given out here, redeemed there."""

from __future__ import annotations

import re
import secrets

from actions import questions
from actions.contract import Ask, Services
from actions.ports import Locked
from actions.talk import Talk
from bot.message import ActionResult, Effect
from knowledge.regions import Region

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and 1 and without I, L, O and U, which are misheard and misread."""
CODE = re.compile(r"(?<![0-9A-Za-z-])([2-9A-HJ-NP-Za-hj-np-z]{4})[-－ 　]?([2-9A-HJ-NP-Za-hj-np-z]{4})(?![0-9A-Za-z-])")
TAKEN_ALONG = ("answers", "province", "phase", "asks", "listed", "speaker", "relation", "consent", "paper_states")
"""What a questionnaire is, of all that a conversation remembers."""


async def give_resume_code(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_resume_code`."""
    talk = Talk(ask, services)
    if talk.questionnaire_province is None or talk.region is None or not talk.private.answers:
        return talk.result(talk.reply("fallback", "nothing_to_take_along"))
    drawn = _draw()
    kept = {
        "region": talk.region.code,
        "private": talk.private.model_dump(mode="json", include=set(TAKEN_ALONG), exclude_defaults=True),
    }
    effect = Effect(kind="keep_resume_code", data={"code": drawn, "memory": kept})
    return talk.result(talk.reply("notice", "resume_code", code=f"{drawn[:4]}-{drawn[4:]}"), effects=(effect,))


def _draw() -> str:
    """A new code. It has a letter, so that no telephone number looks like one."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return _draw() if drawn.isdigit() else drawn


def resume_code_in(talk: Talk) -> str | None:
    """The code that a message consists of; the words 接续码 may stand beside it. A case is proved otherwise."""
    if talk.loop == "report_progress":
        return None
    found = CODE.search(talk.ask.text)
    if found is None or found.group().isdigit():
        return None
    rest = talk.ask.text[: found.start()] + talk.ask.text[found.end() :]
    names_it = any(word in rest for word in talk.words("words_for_resume_code"))
    return (found.group(1) + found.group(2)).upper() if names_it or not rest.strip(" 。，,.") else None


async def redeem(talk: Talk, code: str) -> ActionResult:
    """Take up what the code opens. Unknown, used and expired are said in the same words."""
    opened = await talk.services.resumes.open(talk.ask.conversation, code)
    if isinstance(opened, Locked):
        return talk.result(talk.reply("notice", "resume_code_locked", until=opened.until.strftime("%H:%M")))
    region = talk.library.regions.by_code(opened.region) if opened else None
    if opened is None or region is None:
        return talk.result(talk.reply("fallback", "wrong_resume_code"), effects=(Effect(kind="count_wrong_code"),))
    talk.private = talk.private.model_copy(update=_fitting(talk, opened.private))
    return _go_on(talk, region, Effect(kind="use_resume_code", data={"code": code}))


def _fitting(talk: Talk, kept: dict[str, object]) -> dict[str, object]:
    """The kept values in their types; what this release does not know falls away."""
    known = type(talk.private).model_validate({key: value for key, value in kept.items() if key in TAKEN_ALONG})
    return {key: getattr(known, key) for key in TAKEN_ALONG}


def _go_on(talk: Talk, region: Region, used: Effect) -> ActionResult:
    """The open question again, or the way to the finished list."""
    talk.keep_region(region)
    told = talk.reply("notice", "resume_code_taken", region=region.short_name)
    if talk.private.phase == "done":
        talk.loop = None
        choices = (("label_see_result", "result"), ("label_afresh", "afresh"))
        return talk.result(
            talk.offer(told, *[(talk.library.phrase(key), does) for key, does in choices]), effects=(used,)
        )
    talk.loop, talk.private.return_to = "run_questionnaire", None
    result = questions.put_again(talk, told)
    return result.model_copy(update={"effects": (*result.effects, used)})

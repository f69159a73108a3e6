"""The loop of the 情形选择: one generic action for every province. What comes next is asked of the knowledge."""

from __future__ import annotations

from actions import change_answer, questions
from actions.contract import Ask, NotMine, Services
from actions.scope import not_covered, region_choices, scope_of
from actions.show_result import show_result
from actions.talk import Talk
from bot.message import ActionResult
from knowledge import model
from knowledge.answer_matching import Match, fills, match_answer, match_others, says_no, says_yes
from knowledge.conditions import UNSURE
from knowledge.questionnaire import question_of, replay

NAME = "run_questionnaire"
ANSWERS = frozenset({"affirm", "deny", "unsure", "choose", "inform"})
"""Intents that answer a question; any other message is an answer only when it is nothing but one."""


async def run_questionnaire(ask: Ask, services: Services) -> ActionResult:
    """Start, take an answer, or put the open question again after an interruption.

    Raises NotMine for a message that is no answer: the rule of its intent replies, and the question comes back.
    """
    talk = Talk(ask, services)
    if talk.loop != NAME:
        return start(talk)
    if not ask.is_new_message:
        return questions.put_again(talk)
    phases = {"region": _take_region, "confirming": _take_confirmation, "changing": change_answer.take_which}
    return phases.get(talk.private.phase or "", _take_answer)(talk)


def start(talk: Talk, afresh: bool = False) -> ActionResult:
    """Begin, or go on where it was left. A finished one is shown again, or begun afresh on request."""
    talk.loop = NAME
    scope = scope_of(talk)
    if scope.region is not None and scope.province is None:
        talk.loop = None
        return talk.result(not_covered(talk, scope.region))
    if scope.province is None or scope.region is None:
        talk.private.phase = "region"
        return talk.result(talk.offer(talk.reply("question", "start_needs_region"), *region_choices(talk)))
    if scope.named:
        talk.keep_region(scope.region)
    if afresh or talk.private.province != scope.province.id:
        talk.private.province, talk.private.answers = scope.province.id, {}
    elif talk.private.phase == "done":
        return _offer_again(talk)
    elif talk.private.phase in ("asking", "confirming", "changing"):
        return questions.go_on(talk, talk.reply("notice", "resumed"))
    intro = talk.reply("notice", "questionnaire_intro", region=talk.library.region_of(scope.province).short_name)
    return questions.go_on(talk, intro)


def _offer_again(talk: Talk) -> ActionResult:
    talk.loop = None
    reply = talk.reply("clarify", "already_done")
    choices = (("label_see_result", "result"), ("label_afresh", "afresh"))
    return talk.result(talk.offer(reply, *[(talk.library.phrase(key), does) for key, does in choices]))


def _take_region(talk: Talk) -> ActionResult:
    offered = questions.offered(talk)
    if offered and offered.does.startswith("region:"):
        region = talk.library.regions.by_code(offered.does.removeprefix("region:"))
        if region:
            talk.keep_region(region)
            return start(talk)
    if scope_of(talk).named:
        return start(talk)
    raise NotMine


def _take_answer(talk: Talk) -> ActionResult:
    province = talk.questionnaire_province
    if province is None:
        return start(talk)
    asked = province.questionnaire
    current = questions.current(talk)
    if current is None:
        return questions.go_on(talk)
    text, intent = talk.ask.text, talk.ask.intent
    offered = questions.offered(talk)
    if offered and offered.does.startswith("answer:"):
        _, question_id, value = offered.does.split(":")
        return _record(talk, [Match(question_id, value, True)])
    matches = match_answer(current, text)
    if matches and matches[0].exact:
        return _record(talk, matches) if len(matches) == 1 else questions.ask_which(talk, current, matches)
    if intent == "go_back":
        return _back(talk, current)
    if intent == "change_answer":
        return change_answer.change(talk)
    if intent not in ANSWERS and not (matches and fills(matches[0], current, text)):
        raise NotMine
    if len(matches) > 1:
        return questions.ask_which(talk, current, matches)
    progress = replay(asked, talk.private.answers)
    answered = {question.id for question in progress.asked} | {current.id}
    others = match_others([one for one in asked.questions if one.id not in answered], text)
    if matches:
        return _record(talk, [*matches, *others])
    if intent == "unsure":
        return _record(talk, [Match(current.id, UNSURE, True), *others])
    corrected = change_answer.corrections(talk, progress.asked)
    if corrected:
        return change_answer.correct(talk, corrected)
    if others:
        return _record(talk, others)
    return questions.put_again(talk, talk.reply("notice", "answer_not_understood"))


def _record(talk: Talk, matches: list[Match]) -> ActionResult:
    """Keep the answers and go on. An 「不确定」 is answered with what it means and how to find out."""
    province = talk.questionnaire_province
    hints = []
    for match in matches:
        talk.private.answers[match.question] = match.value
        if match.value == UNSURE and province:
            hints.append(question_of(province.questionnaire, match.question).unsure)
    talk.private.asks = None
    talk.private.misses = 0
    if hints and province:
        return questions.go_on(talk, questions.notice(talk, hints[0], province, matches[0].question))
    return questions.go_on(talk)


def _back(talk: Talk, current: model.Question) -> ActionResult:
    """Put the question before this one again; its answer stays until it is replaced."""
    province = talk.questionnaire_province
    asked = [one.id for one in replay(province.questionnaire, talk.private.answers).asked] if province else []
    before = asked[: asked.index(current.id)] if current.id in asked else asked
    if not before:
        return questions.put_again(talk, talk.reply("notice", "nothing_before"))
    talk.private.asks = before[-1]
    talk.private.phase = "asking"
    return questions.put_again(talk)


def _take_confirmation(talk: Talk) -> ActionResult:
    offered = questions.offered(talk)
    if (offered and offered.does == "confirm") or says_yes(talk.ask.text) or talk.ask.intent == "affirm":
        talk.private.phase = "done"
        talk.loop = None
        return show_result(talk)
    if talk.ask.intent == "go_back":
        province = talk.questionnaire_province
        asked = replay(province.questionnaire, talk.private.answers).asked if province else ()
        talk.private.asks = asked[-1].id if asked else None
        talk.private.phase = "asking"
        return questions.put_again(talk)
    corrected = change_answer.corrections(talk, questions.asked(talk))
    if corrected and talk.ask.intent in (*ANSWERS, "change_answer"):
        return change_answer.correct(talk, corrected)
    if (offered and offered.does == "change") or says_no(talk.ask.text) or talk.ask.intent in ("deny", "change_answer"):
        return change_answer.change(talk)
    if talk.ask.intent in ANSWERS:
        return questions.put_again(talk, talk.reply("notice", "answer_not_understood"))
    raise NotMine

"""The loop of the 情形选择: one generic action for every province. What comes next is asked of the knowledge."""

from __future__ import annotations

from actions import beside_the_answers, change_answer, consent, mixed_answer, new_release, place_answer, questions
from actions.answer_question import answer_if_sure
from actions.contract import Ask, NotMine, Services
from actions.questions import ANSWERS
from actions.record_answer import noted, record
from actions.scope import Scope, keep_if_named, not_covered, scope_of
from actions.send_checklist import send
from actions.show_result import show_result
from actions.talk import Talk
from actions.told_at_start import BEGINS, told_at_start
from actions.waiting_question import answer_waiting
from bot.message import ActionResult, Reply
from knowledge import model
from knowledge.answer_clauses import confirms
from knowledge.answer_matching import Match, chosen_number, fills, match_answer, says_no, says_yes
from knowledge.answers_beside import match_others, still_said
from knowledge.conditions import UNSURE
from knowledge.library import ProvinceKnowledge
from knowledge.questionnaire import question_of, replay

NAME = "run_questionnaire"
SAYS_ENOUGH = 4
"""Shorter words answer no question that does not stand open, unless the message names it: 都不是."""
STANDS_OPEN = ("asking", "confirming", "changing")
"""Phases of a questionnaire that can be taken up again."""


async def run_questionnaire(ask: Ask, services: Services) -> ActionResult:
    """Start, take an answer, or put the open question again after an interruption.

    Raises NotMine for a message that is no answer: the rule of its intent replies, and the question comes back.
    """
    talk = Talk(ask, services)
    if talk.loop != NAME:
        return _asked_a_rule(talk) or start(talk)
    if not ask.is_new_message:
        knows_region = talk.private.phase == "region" and talk.province is not None
        return start(talk) if knows_region else questions.put_again(talk)
    forgotten = consent.refused(talk)
    if forgotten:
        return forgotten
    phases = {"region": _take_region, "confirming": _take_confirmation, "changing": change_answer.take_which}
    was = talk.private.phase
    try:
        result = phases.get(was or "", _take_answer)(talk)
    except NotMine:
        if ask.intent not in BEGINS:
            raise
        return start(talk)
    confirmed = was == "confirming" and talk.private.phase == "done"
    return await _with_slip(talk, result) if confirmed and ask.intent == "ask_checklist" else result


def _asked_a_rule(talk: Talk) -> ActionResult | None:
    """The answer to who asks what is written before he begins: 总共包了几样."""
    is_new = talk.private.phase is None and talk.says("words_for_a_rule")
    return answer_if_sure(talk) if is_new else None


async def _with_slip(talk: Talk, result: ActionResult) -> ActionResult:
    """The result, and the list to be printed that was asked for together with the confirmation."""
    slip = await send(talk)
    last = talk.result(*result.replies, *slip.replies)
    return last.model_copy(update={"effects": (*result.effects, *slip.effects)})


def start(talk: Talk, *before: Reply, afresh: bool = False) -> ActionResult:
    """Begin, or go on where it was left. A finished one is shown again, or begun afresh on request.

    before: replies to be said first.
    """
    talk.loop, talk.private.return_to = NAME, None
    scope = scope_of(talk)
    afresh = afresh or talk.says("words_for_afresh")
    if scope.region is not None and scope.province is None:
        if not scope.named and not afresh and talk.private.phase in STANDS_OPEN:
            return questions.put_again(talk, *before, talk.reply("notice", "resumed"))
        talk.loop = None
        keep_if_named(talk, scope)
        return talk.result(not_covered(talk, scope.region))
    if scope.province is None or scope.region is None:
        talk.private.phase = "region"
        return talk.result(questions.which_region(talk))
    keep_if_named(talk, scope)
    if afresh or talk.private.province != scope.province.id:
        talk.private.province, talk.private.answers = scope.province.id, {}
    elif talk.private.phase == "done":
        return _offer_again(talk)
    elif talk.private.phase in STANDS_OPEN:
        return questions.put_again(talk, *before, talk.reply("notice", "resumed"))
    talk.private.asks = None
    told = told_at_start(talk, scope.province)
    told += place_answer.known(talk, scope.province, told)
    talk.private.answers |= {match.question: match.value for match in told}
    return questions.go_on(talk, *before, _intro(talk, scope.province), *noted(talk, scope.province, told))


def _intro(talk: Talk, province: ProvinceKnowledge) -> Reply:
    """What is going to be asked and what is kept of it; for whom, when somebody asks for another."""
    intro = talk.reply("notice", "questionnaire_intro", region=talk.library.region_of(province).short_name)
    if talk.private.speaker == "self":
        return intro
    whose = talk.library.phrase("for_somebody_else", relation=talk.private.relation)
    return intro.model_copy(update={"text": intro.text + whose})


def _offer_again(talk: Talk) -> ActionResult:
    talk.loop = None
    reply = talk.reply("clarify", "already_done")
    choices = (("label_see_result", "result"), ("label_afresh", "afresh"))
    return talk.result(talk.offer(reply, *[(talk.library.phrase(key), does) for key, does in choices]))


def take_up(talk: Talk) -> ActionResult:
    """Take a choice of a question that was put before the questionnaire was interrupted."""
    talk.loop, talk.private.return_to = NAME, None
    phases = {"asking": _take_answer, "confirming": _take_confirmation, "changing": change_answer.take_which}
    try:
        return phases.get(talk.private.phase or "", start)(talk)
    except NotMine:
        return questions.put_again(talk)


def _take_region(talk: Talk) -> ActionResult:
    offered, scope = questions.offered(talk), scope_of(talk)
    if offered and offered.does.startswith("region:"):
        region = talk.library.regions.by_code(offered.does.removeprefix("region:"))
    elif scope.named and talk.ask.intent in (*ANSWERS, *BEGINS, "set_region"):
        region = scope.region
    else:
        raise NotMine
    if region is None or talk.library.province_for(region.code) is None:
        told = not_covered(talk, region) if region else talk.reply("notice", "answer_not_understood")
        return talk.result(told, questions.which_region(talk))
    talk.keep_region(region)
    answered = answer_waiting(talk, Scope(talk.library.province_for(region.code), region, True, ""))
    return start(talk, *answered)


def _take_answer(talk: Talk) -> ActionResult:
    province = talk.questionnaire_province
    if province is None:
        return start(talk)
    asked = province.questionnaire
    where = questions.progress(talk)
    current = new_release.put_before(talk, where) or questions.current(talk)
    text, intent, offered = talk.ask.text, talk.ask.intent, questions.offered(talk)
    if current is None or new_release.takes_it_away(talk, where, offered, intent in ANSWERS):
        return questions.go_on(talk)
    if offered and offered.does.startswith("answer:"):
        _, question_id, value = offered.does.split(":")
        return record(talk, province, [Match(question_id, value, True)], question_id)
    if intent == "say_simpler" and chosen_number(text) is None:
        at_once = beside_the_answers.list_at_once(talk, province)
        if at_once:
            return at_once
        raise NotMine  # 「听不懂」 holds 「不懂」, which would pass for 「不确定」.
    by_place = place_answer.heard(talk, province, current, is_open=True)
    matches = by_place or match_answer(current, text)
    if matches and matches[0].exact:
        if len(matches) > 1:
            return questions.ask_which(talk, current, matches)
        return record(talk, province, matches, current.id)
    progress = replay(asked, talk.private.answers)
    answered = {question.id for question in progress.asked} | {current.id}
    others = _others(talk, province, [one for one in asked.questions if one.id not in answered])
    mixed = mixed_answer.heard(talk, province, current, others, by_place)
    if mixed:
        return mixed
    at_once = beside_the_answers.list_at_once(talk, province)
    if at_once:
        return at_once
    if talk.says("words_for_result"):
        return questions.put_again(talk, talk.reply("notice", "not_answered_yet"))
    if intent == "go_back":
        return _back(talk, province, current)
    corrected = change_answer.corrections(talk, progress.asked)
    if intent == "change_answer":
        return record(talk, province, [*corrected, *others], "") if corrected else change_answer.change(talk)
    aside = None if matches or others else beside_the_answers.who_asks(talk)
    if aside:
        return aside
    tells = intent in ANSWERS or (intent == "set_region" and place_answer.is_here(talk, province))
    if not tells and not (matches and fills(matches[0], current, text, others)):
        raise NotMine
    if len(matches) > 1:
        return questions.ask_which(talk, current, matches)
    if matches and matches[0].value != UNSURE and not still_said(matches[0], current, others, text):
        matches = []
    if matches and matches[0].value == UNSURE and _is_about_another(talk, current):
        return questions.put_again(talk, talk.reply("notice", "answer_not_understood"))
    if matches:
        return record(talk, province, [*matches, *others], current.id)
    if intent == "unsure":
        return record(talk, province, [Match(current.id, UNSURE, True), *others], current.id)
    if corrected or others:
        return record(talk, province, [*corrected, *others], current.id)
    if intent == "set_region":
        raise NotMine
    return questions.put_again(talk, talk.reply("notice", "answer_not_understood"))


def _others(talk: Talk, province: ProvinceKnowledge, unanswered: list[model.Question]) -> list[Match]:
    """Answers in the message to questions that have not been put yet."""
    others = match_others(unanswered, talk.ask.text, province.questionnaire.questions)
    heard = {one.question for one in others}
    return others + [
        match for one in unanswered if one.id not in heard for match in place_answer.heard(talk, province, one)
    ]


def told_while_aside(talk: Talk) -> ActionResult | None:
    """Take the questionnaire up that was laid aside, or change the finished one, when the message tells an answer.

    None when it does not, asks anything, or says more than that. A finished one is only taken up by the opposite of
    what was answered.
    """
    province, where = talk.questionnaire_province, questions.progress(talk)
    if province is None or where is None or talk.private.phase in (None, "region"):
        return None
    every = province.questionnaire.questions
    told = match_others(every, talk.ask.text, every)
    new = [match for match in told if where.answers.get(match.question) != match.value]
    if talk.private.phase == "done":
        new = change_answer.corrections(talk, where.asked) or change_answer.second_thoughts(talk, where.asked)
    if len(new) > 1 and not new[0].words:
        among = tuple(question_of(province.questionnaire, match.question) for match in new)
        return talk.result(questions.which_to_change(_in_loop(talk), among))
    is_change = talk.says("words_for_a_change") and change_answer.tells_only(talk, new)
    enough = SAYS_ENOUGH - is_change
    if not any(match.words >= enough or _is_named(province, match, talk.ask.text) for match in new):
        is_thought = new and talk.says("words_for_second_thoughts")
        return change_answer.correct(_in_loop(talk), new) if is_thought else None
    if not is_change and not fills(
        new[0], question_of(province.questionnaire, new[0].question), talk.ask.text, new[1:]
    ):
        return None
    return record(_in_loop(talk), province, new, "")


def _in_loop(talk: Talk) -> Talk:
    talk.loop, talk.private.return_to = NAME, None
    return talk


def _is_named(province: ProvinceKnowledge, match: Match, text: str) -> bool:
    return any(topic in text for topic in question_of(province.questionnaire, match.question).topics)


def _is_about_another(talk: Talk, current: model.Question) -> bool:
    """Whether a doubtful sentence names another question and not this one: 「不知道销没销」 when the place is asked."""
    province = talk.questionnaire_province
    named = [
        question.id
        for question in (province.questionnaire.questions if province else ())
        if any(len(topic) > 1 and topic in talk.ask.text for topic in question.topics)
    ]
    return bool(named) and current.id not in named


def _back(talk: Talk, province: ProvinceKnowledge, current: model.Question) -> ActionResult:
    """Put the answered question that stands before this one again."""
    order = list(province.questionnaire.questions)
    before = [one for one in questions.asked(talk) if order.index(one) < order.index(current)]
    if not before:
        return questions.put_again(talk, talk.reply("notice", "nothing_before"))
    return change_answer.put(talk, before[-1].id)


def _take_confirmation(talk: Talk) -> ActionResult:
    offered = questions.offered(talk)
    is_yes = says_yes(talk.ask.text) or confirms(talk.ask.text)
    if questions.current(talk) is not None and (offered or is_yes):
        return questions.go_on(talk)
    if (offered and offered.does == "confirm") or is_yes or talk.says("words_for_result"):
        talk.private.phase, talk.private.offered = "done", []
        talk.loop = None
        return show_result(talk)
    if talk.says("words_for_afresh"):
        return start(talk)
    answered = questions.asked(talk)
    if talk.ask.intent == "go_back" and answered:
        return change_answer.put(talk, answered[-1].id)
    corrected = change_answer.corrections(talk, answered)
    is_told = talk.ask.intent in (*ANSWERS, "change_answer") or change_answer.tells_only(talk, corrected)
    if corrected and is_told:
        return change_answer.correct(talk, corrected)
    if (offered and offered.does == "change") or says_no(talk.ask.text) or talk.ask.intent in ("deny", "change_answer"):
        return change_answer.change(talk)
    aside = beside_the_answers.who_asks(talk)
    if aside:
        return aside
    if talk.ask.intent in ANSWERS:
        return questions.put_again(talk, talk.reply("notice", "answer_not_understood"))
    raise NotMine

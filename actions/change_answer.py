"""Changes one answer of the questionnaire and keeps the others; what the change brings or spares is told."""

from __future__ import annotations

from actions import place_answer, questions
from actions.answer_question import answer_if_sure
from actions.contract import Ask, NotMine, Services
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge import model
from knowledge.answer_clauses import confirms, is_question, without_tag
from knowledge.answer_matching import (
    CLAUSE_END,
    Match,
    chosen_number,
    match_answer,
    says_no,
    says_yes,
    without,
)
from knowledge.answers_beside import match_others
from knowledge.conditions import UNSURE
from knowledge.library import ProvinceKnowledge
from knowledge.questionnaire import label_of, question_of, replay
from knowledge.situation import Situation, assess
from knowledge.vocabulary import fold

LOOP = "run_questionnaire"
LONGEST_CHANGE = 12
"""A longer message that changes no answer is a story with a question in it (…地址要改), not a wish to change."""


async def change_answer(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `change_answer` outside the loop: the questionnaire is taken up again."""
    talk = Talk(ask, services)
    answered = questions.asked(talk)
    is_story = len(ask.text) > LONGEST_CHANGE and not talk.says("words_for_wrong")
    if not answered:
        answer = answer_if_sure(talk) if is_story else None
        return answer or talk.result(talk.reply("fallback", "nothing_to_change"))
    if is_story and not corrections(talk, answered) and not _named(talk, answered):
        answer = answer_if_sure(talk)
        if answer is not None:
            return answer
    talk.loop = LOOP
    return change(talk)


def change(talk: Talk) -> ActionResult:
    """Change what the message says; else put the question it names; else ask which answer is meant."""
    answered = questions.asked(talk)
    if not answered:
        return questions.put_again(talk, talk.reply("notice", "answer_not_understood"))
    corrected = corrections(talk, answered)
    if corrected:
        return correct(talk, corrected)
    named = _named(talk, answered)
    if len(named) == 1:
        meant = match_answer(named[0], talk.ask.text)
        if len(meant) > 1:
            talk.private.asks, talk.private.phase = named[0].id, "asking"
            return questions.ask_which(talk, named[0], meant)
        return put(talk, named[0].id)
    return talk.result(questions.which_to_change(talk, named or answered))


def _named(talk: Talk, answered: tuple[model.Question, ...]) -> tuple[model.Question, ...]:
    """The answered questions that the message names."""
    said = fold(talk.ask.text)
    return tuple(one for one in answered if any(fold(topic) in said for topic in one.topics))


def take_which(talk: Talk) -> ActionResult:
    """The reply to 「哪一条要改」: a number, a label, or words that name it or say the new answer.

    Raises NotMine for anything else, such as a question about policy.
    """
    offer = questions.offered(talk)
    if offer and offer.does.startswith("change:"):
        return put(talk, offer.does.removeprefix("change:"))
    if talk.ask.intent == "go_back" or says_no(talk.ask.text) or confirms(talk.ask.text):
        talk.private.phase = "asking"
        return questions.put_again(talk)
    if talk.ask.intent in (*questions.ANSWERS, "change_answer"):
        return change(talk)
    raise NotMine


def corrections(talk: Talk, answered: tuple[model.Question, ...]) -> list[Match]:
    """Answers in the message that contradict what was answered before."""
    text, province = without_tag(talk.ask.text), talk.questionnaire_province
    matches = match_others(answered, text, province.questionnaire.questions if province else ())
    matches = matches or _in_a_word(talk, answered) or _by_a_place(talk, answered)
    new = [one for one in matches if talk.private.answers.get(one.question) != one.value]
    thoughts = second_thoughts(talk, answered)
    return new or (thoughts if len(thoughts) == 1 else [])


def tells_only(talk: Talk, corrected: list[Match]) -> bool:
    """Whether a message asks nothing beside the new answers, so that it is a change whatever Rasa took it for."""
    return bool(corrected) and not is_question(without(without_tag(talk.ask.text), corrected))


def second_thoughts(talk: Talk, answered: tuple[model.Question, ...]) -> list[Match]:
    """What 「还是办吧」 may mean: the other answer of the questions that are named, else of every one that has it."""
    clauses = [one for one in CLAUSE_END.split(without_tag(talk.ask.text)) if one]
    again = talk.words("words_for_second_thoughts")
    thoughts = [one.split(word, 1)[1] for one in clauses for word in again if word in one]
    return [
        match
        for question in _named(talk, answered) or answered
        for thought in thoughts[:1]
        if thought and not says_yes(thought)
        for match in match_answer(question, thought)
        if match.exact and match.value not in (UNSURE, talk.private.answers.get(question.id))
    ]


def _by_a_place(talk: Talk, answered: tuple[model.Question, ...]) -> list[Match]:
    """The answer of a place: 不对，安置在福州."""
    province = talk.questionnaire_province
    return [match for one in answered for match in place_answer.heard(talk, province, one)] if province else []


def _in_a_word(talk: Talk, answered: tuple[model.Question, ...]) -> list[Match]:
    """An answer too short to be looked for everywhere (销了): to the question that is named, or to one left unsure.

    It is a clause of its own, no number and no bare yes or no, and means one answer alone.
    """
    unsure = tuple(one for one in answered if talk.private.answers.get(one.id) == UNSURE)
    clauses = [one for one in CLAUSE_END.split(talk.ask.text) if one and not (says_yes(one) or says_no(one))]
    found = [
        match
        for question in _named(talk, answered) or unsure
        for clause in clauses
        if chosen_number(clause) is None
        for match in match_answer(question, clause)
        if match.exact
    ]
    return found if len(found) == 1 else []


def correct(talk: Talk, corrected: list[Match], *more: Reply) -> ActionResult:
    """Replace the answers and go on, saying what changed, and `more`."""
    province = talk.questionnaire_province
    if province is None:
        return talk.result(talk.reply("fallback", "nothing_to_change"))
    before = dict(talk.private.answers)
    for match in corrected:
        talk.private.answers[match.question] = match.value
    talk.private.asks = None
    changed = "、".join(_changed(talk, province, match) for match in corrected)
    told = talk.reply("notice", "changed", changes=changed, difference=_difference(talk, province, before))
    return questions.go_on(talk, told, *more)


def put(talk: Talk, question_id: str) -> ActionResult:
    """Put an answered question again; its answer stays until it is replaced."""
    talk.private.asks = question_id
    talk.private.phase = "asking"
    return questions.put_again(talk)


def _changed(talk: Talk, province: ProvinceKnowledge, match: Match) -> str:
    question = question_of(province.questionnaire, match.question)
    return talk.library.phrase("changed_line", question=question.text, answer=label_of(question, match.value))


def _difference(talk: Talk, province: ProvinceKnowledge, before: dict[str, str]) -> str:
    """How items and papers changed; only said when both sets of answers are complete."""
    asked = province.questionnaire
    if replay(asked, before).next_question or replay(asked, talk.private.answers).next_question:
        return ""
    was, now = (_listed(assess(province, answers)) for answers in (before, talk.private.answers))
    say = talk.library.phrase
    names = {
        "more_now": [name if now[name] else say("perhaps", name=name) for name in now if name not in was],
        "less_now": [name for name in was if name not in now],
        "sure_now": [name for name in now if now[name] and was.get(name) is False],
        "perhaps_now": [name for name in now if not now[name] and was.get(name)],
    }
    return "".join(say(key, names="、".join(found)) for key, found in names.items() if found)


def _listed(situation: Situation) -> dict[str, bool]:
    """The names of items and papers, each with whether it is certain."""
    items = {one.item.name: one.certain for one in situation.items}
    return items | {one.paper.name: one.certain for one in situation.papers}

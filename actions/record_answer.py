"""Keeps answers of the questionnaire and goes on to what comes next."""

from __future__ import annotations

from actions import change_answer, place_answer, questions
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.answer_matching import Match
from knowledge.conditions import UNSURE
from knowledge.library import ProvinceKnowledge
from knowledge.questionnaire import label_of, question_of, replay


def record(talk: Talk, province: ProvinceKnowledge, matches: list[Match], put: str, *beside: Reply) -> ActionResult:
    """Keep the answers and go on. What was not just asked is told, so that a misunderstanding shows.

    An 「不确定」 is answered with what it means and how to find out. put: the question that stood open. beside: replies
    to what else the message says.
    """
    before = talk.private.answers
    changed = [match for match in matches if before.get(match.question, match.value) != match.value]
    told = noted(talk, province, [match for match in matches if match.question != put and match not in changed])
    for match in matches:
        if match.value == UNSURE:
            question = question_of(province.questionnaire, match.question)
            told.append(questions.notice(talk, question.unsure, province, question.id))
    talk.private.misses = 0
    talk.agree()
    told += [*place_answer.not_covered_here(talk, province, matches), *beside]
    talk.private.answers = {match.question: match.value for match in matches} | before
    told += noted(talk, province, _following(talk, province, before))
    if changed:
        return change_answer.correct(talk, changed, *told)
    talk.private.asks = None
    return questions.go_on(talk, *told)


def _following(talk: Talk, province: ProvinceKnowledge, before: dict[str, str]) -> list[Match]:
    """Answers that follow from what was just said and were never given."""
    known = replay(province.questionnaire, before).answers
    now = replay(province.questionnaire, talk.private.answers).answers
    new = [one for one in now if one not in known and one not in talk.private.answers]
    return [Match(one, now[one], False) for one in new]


def noted(talk: Talk, province: ProvinceKnowledge, unasked: list[Match]) -> list[Reply]:
    """What was understood without being asked."""
    said = "；".join(_said(talk, province, one) for one in unasked)
    return [talk.reply("notice", "noted", answers=said)] if unasked else []


def _said(talk: Talk, province: ProvinceKnowledge, match: Match) -> str:
    question = question_of(province.questionnaire, match.question)
    return talk.library.phrase("noted_line", question=question.text, answer=label_of(question, match.value))

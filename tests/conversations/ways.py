"""Finds the answers that lead to a question of a questionnaire."""

from __future__ import annotations

from knowledge import model
from knowledge.questionnaire import not_covered, replay


def way_to(asked: model.Questionnaire, question_id: str) -> list[tuple[model.Question, str]]:
    """The questions before this one in the order in which they are put, each with the option to take.

    Raises LookupError when no answers lead there.
    """
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        answers = waiting.pop()
        question = replay(asked, answers).next_question
        if question is None:
            continue
        if question.id == question_id:
            by_id = {one.id: one for one in asked.questions}
            return [(by_id[key], value) for key, value in answers.items()]
        further = [{**answers, question.id: option.id} for option in reversed(question.options)]
        waiting += [one for one in further if not not_covered(asked, one)]
    raise LookupError(question_id)


def number_of(question: model.Question, option_id: str) -> str:
    """What to send to take an option."""
    return str([option.id for option in question.options].index(option_id) + 1)

"""The 情形选择 as a pure function: the state is the answers by question id, and everything else is replayed from it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge import model
from knowledge.conditions import UNSURE, Answers, holds
from knowledge.library import ProvinceKnowledge


@dataclass(frozen=True)
class Progress:
    """Where a questionnaire stands. `next_question` is None when every question that matters is answered."""

    answers: dict[str, str]
    asked: tuple[model.Question, ...]
    next_question: model.Question | None
    remaining: int


def replay(asked: model.Questionnaire, answers: Answers) -> Progress:
    """Replay the answers from the first question on.

    Answers to questions that are not asked in this situation fall away, as do values that the question does not
    offer (an older release may have had them). What follows from answers counts as
    answered. `remaining` counts the open questions whose turn is certain or
    still possible with what is known. Nothing more is asked of somebody whom the guide does not cover.
    """
    kept: dict[str, str] = {}
    closed: set[str] = set()
    on_the_way: list[model.Question] = []
    open_questions: list[model.Question] = []
    for question in asked.questions:
        applies = holds(question.ask_when, kept)
        is_idle = question.skip_when is not None and holds(question.skip_when, kept)
        if applies is False or is_idle or (applies is None and _is_settled(question, closed)):
            closed.add(question.id)
            continue
        value = answers.get(question.id, _following(question, kept))
        if applies and value is not None and is_answer(question, value):
            kept[question.id] = value
            closed.add(question.id)
            on_the_way.append(question)
            if not_covered(asked, kept):
                return Progress(kept, tuple(on_the_way), None, 0)
        else:
            open_questions.append(question)
    next_question = next((question for question in open_questions if holds(question.ask_when, kept)), None)
    if next_question is None:
        open_questions = []
    return Progress(kept, tuple(on_the_way), next_question, len(open_questions))


def not_covered(asked: model.Questionnaire, answers: Answers) -> model.Outcome | None:
    """Why the guide does not cover somebody with these answers; None when it does or may."""
    return next((outcome for outcome in asked.not_covered if holds(outcome.when, answers)), None)


def is_answer(question: model.Question, value: str) -> bool:
    """Whether a value is one of the question's options or 「不确定」."""
    return value == UNSURE or any(option.id == value for option in question.options)


def label_of(question: model.Question, value: str) -> str:
    """What the person chose, in the words of the question."""
    return next((option.label for option in question.options if option.id == value), "不确定")


def question_of(asked: model.Questionnaire, question_id: str) -> model.Question:
    """The question with that id. Raises KeyError for an unknown one."""
    for question in asked.questions:
        if question.id == question_id:
            return question
    raise KeyError(question_id)


@dataclass(frozen=True)
class Because:
    """One answer that made an item or a paper apply, in the words of the question and the option."""

    question: str
    answer: str


def reasons(province: ProvinceKnowledge, question_ids: list[str], answers: Answers) -> tuple[Because, ...]:
    """The answers behind a condition, as they were asked and given."""
    found = []
    for question_id in question_ids:
        value = answers.get(question_id)
        if value is not None:
            question = question_of(province.questionnaire, question_id)
            found.append(Because(question.text, label_of(question, value)))
    return tuple(found)


def _following(question: model.Question, kept: Answers) -> str | None:
    """The answer that follows from those before."""
    sure = (option.id for option in question.options if option.follows_when and holds(option.follows_when, kept))
    return next(sure, None)


def _is_settled(question: model.Question, closed: set[str]) -> bool:
    """An undecided `ask_when` is settled when all that it looks at is closed: answered, some of it by 「不确定」, or
    never to be asked."""
    return question.ask_when is not None and closed.issuperset(question.ask_when.questions())

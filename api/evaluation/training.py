"""Which entries answer a question of the development set: what the ranking is trained on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from api.evaluation.questions import Question
from api.evaluation.score import cites, claims, holds, is_honest
from knowledge.answers import Said
from knowledge.reference import Reference
from knowledge.tuning import Case


def off_topic_cases(messages: Sequence[str], reference: Reference) -> Iterator[Case]:
    """Messages about something else, each put to one province in turn: nothing answers them."""
    provinces = list(reference.library.provinces)
    for number, message in enumerate(messages):
        yield Case(provinces[number % len(provinces)], message, frozenset())


def cases_of(questions: Mapping[str, Sequence[Question]], reference: Reference) -> Iterator[Case]:
    """The questions that stand alone, each with the entries whose answer holds the facts asked for."""
    for province, group in questions.items():
        resolver = reference.resolver(reference.library.provinces[province])
        said = {entry.id: resolver.said(entry) for entry in resolver.search.entries}
        for one in group:
            if one.two or one.before:
                continue
            fitting = frozenset(entry_id for entry_id, each in said.items() if _fits(one, each))
            nothing: frozenset[str] = frozenset()
            right, honest = (fitting, nothing) if one.answerable else (nothing, fitting)
            yield Case(province, one.said, right, honest)


def _fits(question: Question, said: Said) -> bool:
    if any(claims(said.say, fact) for fact in question.must_not):
        return False
    if not question.answerable:
        return said.complete != "complete" or is_honest(said.say)
    sections = [one.section for one in said.sources]
    return all(holds(said.say, fact) for fact in question.must) and cites(sections, question.section)

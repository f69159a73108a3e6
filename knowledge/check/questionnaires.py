"""Questions that change nothing, and answers that end in nothing."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge import model
from knowledge.check.changes import idle_questions, like_options
from knowledge.check.conditions import is_reachable
from knowledge.check.faults import Case, Fault, Faults
from knowledge.check.formulas import Formula
from knowledge.check.ways import End, Ways


def questions_for_nothing(case: Case) -> Faults:
    """Questions whose options all come to the same: no item, paper, certainty, tip or outcome changes anywhere."""
    numbers = {question.id: number for number, question in enumerate(case.province.questionnaire.questions)}
    for question in idle_questions(case.province, case.ways):
        place = ("questions", numbers[question.id])
        yield case.fault(case.path("questionnaire.yaml"), place, f"question '{question.id}' changes nothing")


def results_of_nothing(case: Case) -> Faults:
    """Answers that end without an item, or with neither a paper nor a word on papers."""
    path = case.path("questionnaire.yaml")
    for end in empty_results(case.ways, case.consequences.some_item()):
        yield case.fault(path, (), f"the answers {end.answers} end without any item ({end.count} ways alike)")
    for end in empty_results(case.ways, case.consequences.papers_or_word()):
        problem = "end without any paper, and an item of theirs has no aspect 'materials'"
        yield case.fault(path, (), f"the answers {end.answers} {problem} ({end.count} ways alike)")


def open_for_no_reason(case: Case) -> Faults:
    """Items and papers that stay possible although every question was answered: the open case must be named."""
    ways = Ways(case.province.questionnaire, unsure=False)
    for path, place, thing in case.documents:
        if isinstance(thing, model.Item | model.Paper) and is_reachable(ways, case.consequences.undecided(thing)):
            problem = "stays possible although all is answered; 'open' must say what the guide leaves open"
            yield case.fault(path, (*place, "when"), f"'{thing.id}' {problem}")


def alike(case: Case) -> Iterator[Fault]:
    """Hints, no faults: options between which no condition makes a difference may be the guide's own."""
    numbers = {question.id: number for number, question in enumerate(case.province.questionnaire.questions)}
    for question, options in like_options(case.province, case.ways):
        names = ", ".join(option.id for option in options)
        place = ("questions", numbers[question.id], "options")
        yield case.fault(case.path("questionnaire.yaml"), place, f"'{question.id}': {names} come to the same")


def empty_results(ways: Ways, wanted: Formula) -> Iterator[End]:
    """The ends of covered people at which something wanted is missing."""
    if wanted is not True:
        yield from (end for end in ways.ends(wanted, whole=True) if end.outcome is None and not end.values[0])

"""Finds what the schema alone cannot see: ids that lead nowhere, questions that change nothing, empty results.

All faults are listed at once, each with file and line.
"""

from __future__ import annotations

import difflib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge import model
from knowledge.conditions import UNSURE, Condition, holds
from knowledge.library import Library, ProvinceKnowledge
from knowledge.loader import DATA, Lines, read_library
from knowledge.questionnaire import not_covered, replay
from knowledge.situation import assess
from knowledge.yaml_lines import Place


def check(data: Path = DATA) -> list[str]:
    """All faults of a data folder, as `file:line: what is wrong`. Empty when it may be published."""
    library, faults, lines = read_library(data)
    if library is None:
        return faults
    for province in library.provinces.values():
        faults += _Checker(province, library, lines).faults()
    return faults


def empty_results(province: ProvinceKnowledge) -> Iterator[dict[str, str]]:
    """Complete answers, 「不确定」 among them, that would end without any item and without a word on where to go.

    Answers only grow, so a branch is left as soon as an item is certain in it, or stays possible with all that it
    depends on answered: of the millions of ways through Hainan's questions some hundreds need a look.
    """
    asked = province.questionnaire
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        answers = waiting.pop()
        if not_covered(asked, answers) or any(_is_shown(item.when, answers) for item in province.items.values()):
            continue
        question = replay(asked, answers).next_question
        if question is None:
            if not assess(province, answers).items:
                yield answers
            continue
        waiting += [{**answers, question.id: value} for value in (*(one.id for one in question.options), UNSURE)]


def is_reachable(asked: model.Questionnaire, condition: Condition | None) -> bool:
    """Whether some answers make a condition hold; only the questions that it can depend on are varied."""
    if condition is None:
        return True
    by_id = {question.id: question for question in asked.questions}
    wanted = set(condition.questions()) & set(by_id)
    waiting = list(wanted)
    while waiting:
        before = by_id[waiting.pop()].ask_when
        new = (set(before.questions()) if before else set()) & set(by_id) - wanted
        wanted |= new
        waiting += new
    return _can_hold(condition, {}, [question for question in asked.questions if question.id in wanted])


def _can_hold(condition: Condition, answers: dict[str, str], rest: list[model.Question]) -> bool:
    if holds(condition, answers):
        return True
    if not rest:
        return False
    question, others = rest[0], rest[1:]
    if not holds(question.ask_when, answers):
        return _can_hold(condition, answers, others)
    return any(_can_hold(condition, {**answers, question.id: one.id}, others) for one in question.options)


def _is_shown(condition: Condition | None, answers: dict[str, str]) -> bool:
    """Whether an item with this condition is in the result whatever is answered from here on."""
    value = holds(condition, answers)
    settled = condition is not None and all(one in answers for one in condition.questions())
    return value is True or (value is None and settled)


class _Checker:
    """The faults of one province."""

    def __init__(self, province: ProvinceKnowledge, library: Library, lines: Lines) -> None:
        self._province = province
        self._library = library
        self._lines = lines

    def faults(self) -> list[str]:
        """All of them, in the order of the files."""
        return [
            *self._head(),
            *self._items(),
            *self._papers(),
            *self._questions(),
            *self._references(),
            *self._results(),
        ]

    def _head(self) -> Iterator[str]:
        path = self._path("province.yaml")
        region = self._library.regions.by_code(self._province.head.region)
        if region is None or region.level != "province" or region.code != self._province.head.region:
            yield f"{self._lines.name(path, ('region',))}: '{self._province.head.region}' is no province's code"
        ids = Counter(key for key, _ in self._province.facts())
        for key in (key for key, count in ids.items() if count > 1):
            yield f"{self._lines.name(path)}: '{key}' is the id of two facts"

    def _items(self) -> Iterator[str]:
        for item in self._province.items.values():
            path = self._path(f"items/{item.id}.yaml")
            yield from self._unknown(path, ("id",), "item", [item.id, *((item.part_of,) if item.part_of else ())])
            yield from self._unknown(path, ("includes",), "item", item.includes)
            yield from self._unknown(path, ("department",), "department", [item.department])
            yield from self._missing(path, ("after",), "item", item.after, self._province.items)
            yield from self._condition(path, ("when",), item.when)
            yield from self._reachable(path, ("when",), item.when)
            if "overview" not in item.aspects:
                yield f"{self._lines.name(path, ('aspects',))}: an item needs the aspect 'overview'"
            if item.when and not item.possible_say:
                yield f"{self._lines.name(path, ('when',))}: an item with 'when' needs 'possible_say'"

    def _papers(self) -> Iterator[str]:
        path = self._path("papers.yaml")
        for number, paper in enumerate(self._province.papers.values()):
            place: Place = ("papers", number)
            yield from self._unknown(path, (*place, "id"), "paper", [paper.id])
            yield from self._missing(path, (*place, "for_items"), "item", paper.for_items, self._province.items)
            yield from self._missing(path, (*place, "or_instead"), "paper", paper.or_instead, self._province.papers)
            yield from self._condition(path, (*place, "when"), paper.when)
            yield from self._reachable(path, (*place, "when"), paper.when)
            if paper.when and not (paper.unless_say and paper.possible_say):
                yield f"{self._lines.name(path, place)}: a paper with 'when' needs 'unless_say' and 'possible_say'"
        for number, spared in enumerate(self._province.not_needed):
            yield from self._unknown(
                path, ("not_needed", number, "paper"), "paper", [spared.paper] if spared.paper else []
            )
            yield from self._condition(path, ("not_needed", number, "when"), spared.when)

    def _questions(self) -> Iterator[str]:
        path = self._path("questionnaire.yaml")
        asked = self._province.questionnaire
        before: set[str] = set()
        looked_at = self._looked_at()
        for number, question in enumerate(asked.questions):
            place: Place = ("questions", number)
            yield from self._condition(path, (*place, "ask_when"), question.ask_when, before)
            yield from self._reachable(path, (*place, "ask_when"), question.ask_when)
            if question.id not in looked_at:
                yield f"{self._lines.name(path, place)}: question '{question.id}' changes nothing"
            before.add(question.id)
        for group in ("not_covered", "tips"):
            for number, outcome in enumerate(getattr(asked, group)):
                yield from self._condition(path, (group, number, "when"), outcome.when)
                yield from self._reachable(path, (group, number, "when"), outcome.when)

    def _references(self) -> Iterator[str]:
        groups: tuple[tuple[str, Iterable[model.Topic | model.Gap | model.Notice]], ...] = (
            ("topics", self._province.topics.values()),
            ("gaps", self._province.gaps.values()),
            ("notices", self._province.notices),
        )
        for name, facts in groups:
            path = self._path(f"{name}.yaml")
            for number, fact in enumerate(facts):
                yield from self._missing(path, (name, number, "items"), "item", fact.items, self._province.items)
        path = self._path("gaps.yaml")
        for number, gap in enumerate(self._province.gaps.values()):
            yield from self._unknown(path, ("gaps", number, "papers"), "paper", gap.papers)

    def _results(self) -> Iterator[str]:
        """Every way through the questionnaire ends in items with papers or in a sentence that says where to go."""
        path = self._path("questionnaire.yaml")
        for answers in empty_results(self._province):
            yield f"{self._lines.name(path)}: the answers {answers} end without any item"

    def _reachable(self, path: Path, place: Place, condition: Condition | None) -> Iterator[str]:
        if not is_reachable(self._province.questionnaire, condition):
            yield f"{self._lines.name(path, place)}: no answers lead here"

    def _looked_at(self) -> set[str]:
        province = self._province
        asked = province.questionnaire
        conditions = [
            *(item.when for item in province.items.values()),
            *(paper.when for paper in province.papers.values()),
            *(spared.when for spared in province.not_needed),
            *(question.ask_when for question in asked.questions),
            *(outcome.when for outcome in (*asked.not_covered, *asked.tips)),
        ]
        return set(itertools.chain.from_iterable(one.questions() for one in conditions if one))

    def _condition(
        self, path: Path, place: Place, condition: Condition | None, allowed: set[str] | None = None
    ) -> Iterator[str]:
        """Every question and option that a condition speaks of exists; `ask_when` looks back only."""
        known = {question.id: question for question in self._province.questionnaire.questions}
        for leaf in condition.comparisons() if condition else ():
            name = leaf.question or ""
            if name not in known or (allowed is not None and name not in allowed):
                yield f"{self._lines.name(path, place)}: question '{name}' is not {self._hint(name, known)}"
                continue
            options = {option.id for option in known[name].options}
            if leaf.at_least is not None and not all(option.isdigit() for option in options):
                yield f"{self._lines.name(path, place)}: 'at_least' needs options that are numbers, unlike '{name}'"
            for value in (leaf.equals, *(leaf.among or ())):
                if value is not None and value not in options:
                    hint = self._like(value, options)
                    yield f"{self._lines.name(path, place)}: '{name}' has no option '{value}'{hint}"

    def _unknown(self, path: Path, place: Place, kind: str, ids: Iterable[str]) -> Iterator[str]:
        for one in ids:
            if self._library.entry(kind, one) is None:
                yield f"{self._lines.name(path, place)}: {kind} '{one}' is not in the national list"

    def _missing(self, path: Path, place: Place, kind: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[str]:
        known = list(known)
        for one in ids:
            if one not in known:
                yield f"{self._lines.name(path, place)}: {kind} '{one}' is not defined here{self._like(one, known)}"

    @staticmethod
    def _like(word: str, known: Iterable[str]) -> str:
        close = difflib.get_close_matches(word, list(known), 1)
        return f"; did you mean '{close[0]}'?" if close else ""

    def _hint(self, name: str, known: Iterable[str]) -> str:
        return "asked before this one" if name in known else f"defined{self._like(name, known)}"

    def _path(self, name: str) -> Path:
        return self._province.folder / name

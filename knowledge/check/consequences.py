"""What the answers bring about, as formulas: which items and papers are shown, surely or perhaps, and what else.

The same rules as in `knowledge.situation`, said of all answers at once; a test proves that the two agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge import model
from knowledge.check.formulas import Formula, Language, all_of, some_of
from knowledge.library import ProvinceKnowledge


class Consequences:
    """The consequences of the answers to one province's questionnaire."""

    def __init__(self, province: ProvinceKnowledge, language: Language) -> None:
        self._province = province
        self._language = language

    def shown(self, fact: model.Item | model.Paper) -> Formula:
        """That an item or a paper is in the result, surely or perhaps."""
        own = some_of([self._language.may(fact.when), *self.left_open(fact)])
        return all_of([own, self.is_wanted(fact)])

    def certain(self, fact: model.Item | model.Paper) -> Formula:
        """That it is surely in the result."""
        own = [self._language.sure(fact.when), self._language.opposite(some_of(self.left_open(fact)))]
        return all_of([*own, self.is_wanted(fact, certainly=True)])

    def left_open(self, fact: model.Item | model.Paper) -> list[Formula]:
        """That the answers are a case which the guide leaves open, for each such case; without `when` it is for all
        whom the fact concerns."""
        return [self._language.sure(place.when or fact.when) for place in fact.open]

    def undecided(self, fact: model.Item | model.Paper) -> Formula:
        """That its own condition is neither true nor false, and no open case says why."""
        own = [self._language.may(fact.when), self._language.opposite(self._language.sure(fact.when))]
        return all_of([*own, self._language.opposite(some_of(self.left_open(fact))), self.is_wanted(fact)])

    def is_wanted(self, fact: model.Item | model.Paper, certainly: bool = False) -> Formula:
        """That an item of the result, a certain one or any, needs the paper; an item needs nothing else."""
        if isinstance(fact, model.Item):
            return True
        items = [self._province.items[one] for one in fact.for_items if one in self._province.items]
        return some_of(self.certain(item) if certainly else self.shown(item) for item in items)

    def some_item(self) -> Formula:
        """That there is an item in the result at all."""
        return some_of(self.shown(item) for item in self._province.items.values())

    def papers_or_word(self) -> Formula:
        """That there is a paper in the result, or that every item of it says itself what is to be brought."""
        papers = [self.shown(paper) for paper in self._province.papers.values()]
        silent = [item for item in self._province.items.values() if "materials" not in item.aspects]
        return some_of([*papers, self._language.opposite(some_of(self.shown(item) for item in silent))])

    def watched(self, fact: model.Item | model.Paper) -> tuple[Formula, ...]:
        """All that decides whether and with which reason an item or a paper is in the result."""
        return (self.shown(fact), self.certain(fact), self.undecided(fact), *self._doubts(fact))

    def all_of_them(self) -> Iterator[tuple[Formula, ...]]:
        """Everything in a result that may change with an answer, one thing at a time."""
        facts: list[model.Item | model.Paper] = [*self._province.items.values(), *self._province.papers.values()]
        for fact in facts:
            yield self.watched(fact)
        yield from ((self._language.sure(tip.when),) for tip in self._province.questionnaire.tips)
        yield from ((self._is_spared(paper),) for paper in self._province.papers.values() if paper.unless_say)
        for one in self._province.not_needed:
            brought = [self.shown(paper) for paper in self._province.papers.values() if paper.id == one.paper]
            yield (all_of([self._language.sure(one.when), self._language.opposite(some_of(brought))]),)

    def _doubts(self, fact: model.Item | model.Paper) -> Iterator[Formula]:
        """For each open case, that it is the one that is named: the first that holds, when the fact is shown at all."""
        cases = self.left_open(fact)
        for number, one in enumerate(cases):
            yield all_of([one, self._language.opposite(some_of(cases[:number])), self.shown(fact)])

    def _is_spared(self, paper: model.Paper) -> Formula:
        not_needed = self._language.opposite(self._language.may(paper.when))
        return all_of([not_needed, self.is_wanted(paper), self._language.opposite(self.shown(paper))])

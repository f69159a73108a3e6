"""What follows from the answers: which items apply, in what order, which papers, and why. What is open stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge import model
from knowledge.conditions import Answers, Condition, deciding_questions, holds
from knowledge.library import ProvinceKnowledge
from knowledge.questionnaire import Because, not_covered, reasons, replay


@dataclass(frozen=True)
class AppliedItem:
    """An item that applies (`certain`) or may apply, with the answers that brought it. doubt: why only perhaps.

    hangs: the answers behind it do not settle whether it applies.
    """

    item: model.Item
    certain: bool
    because: tuple[Because, ...]
    doubt: str | None = None
    hangs: bool = False


@dataclass(frozen=True)
class NeededPaper:
    """A paper to bring (`certain`) or perhaps to bring, for which of the applying items, and why.

    doubt: what is open about the paper itself; None as well when only the item that needs it is open.
    reason: why it is brought, for people with these answers. from_the_start: nothing is certain yet, but whatever
    applies in the end, it is wanted from the first item on.
    """

    paper: model.Paper
    certain: bool
    for_items: tuple[str, ...]
    because: tuple[Because, ...]
    doubt: str | None = None
    reason: str = ""
    from_the_start: bool = False


@dataclass(frozen=True)
class SparedPaper:
    """A paper that need not be brought, and the reason."""

    name: str
    reason: str
    fact: model.Paper | model.NotNeeded


@dataclass(frozen=True)
class Situation:
    """The result of a questionnaire."""

    answers: dict[str, str]
    not_covered: model.Outcome | None
    items: tuple[AppliedItem, ...]
    papers: tuple[NeededPaper, ...]
    spared: tuple[SparedPaper, ...]
    tips: tuple[model.Outcome, ...]
    warnings: tuple[model.Gap, ...] = ()
    """Where guides disagree about a paper of the list."""

    @property
    def to_bring(self) -> tuple[NeededPaper, ...]:
        """The papers that he brings or perhaps brings."""
        return tuple(one for one in self.papers if not one.paper.made_by_office)

    @property
    def made_by_office(self) -> tuple[NeededPaper, ...]:
        """The papers that the window or a system makes."""
        return tuple(one for one in self.papers if one.paper.made_by_office)


def assess(province: ProvinceKnowledge, answers: Answers) -> Situation:
    """Items in the order in which they are to be done, papers in the order of the guide's list."""
    kept = replay(province.questionnaire, answers).answers
    outside = not_covered(province.questionnaire, kept)
    if outside:
        return Situation(kept, outside, (), (), (), ())
    items = in_order([applied for item in province.items.values() if (applied := _apply(province, item, kept))])
    papers = [needed for paper in province.papers.values() if (needed := _need(province, paper, items, kept))]
    to_bring = {one.paper.id for one in papers}
    return Situation(
        answers=kept,
        not_covered=None,
        items=items,
        papers=tuple(papers),
        spared=_spare(province, to_bring, items, kept),
        tips=tuple(tip for tip in province.questionnaire.tips if holds(tip.when, kept)),
        warnings=province.list_warnings(to_bring),
    )


def in_order(applied: list[AppliedItem]) -> tuple[AppliedItem, ...]:
    """Every item after those that must be finished before it; otherwise the guide's order."""
    waiting = list(applied)
    done: list[AppliedItem] = []
    while waiting:
        open_ids = {one.item.id for one in waiting}
        ready = next((one for one in waiting if not open_ids & set(one.item.after)), waiting[0])
        waiting.remove(ready)
        done.append(ready)
    return tuple(done)


def _apply(province: ProvinceKnowledge, item: model.Item, answers: Answers) -> AppliedItem | None:
    decision = _decide(item, answers)
    if decision.value is False:
        return None
    because = reasons(province, deciding_questions(decision.by, answers), answers)
    return AppliedItem(item, decision.value is True, because, decision.doubt, holds(item.when, answers) is None)


def _need(
    province: ProvinceKnowledge, paper: model.Paper, items: tuple[AppliedItem, ...], answers: Answers
) -> NeededPaper | None:
    """A paper is certain when its own condition holds and at least one certain item needs it."""
    wanting = [one for one in items if one.item.id in paper.for_items]
    decision = _decide(paper, answers)
    if not wanting or decision.value is False:
        return None
    because = reasons(province, deciding_questions(decision.by, answers), answers)
    if not because:
        surest_first = sorted(wanting, key=lambda one: not one.certain)
        because = next((one.because for one in surest_first if one.because), ())
    certain = decision.value is True and any(one.certain for one in wanting)
    of_his_case = next((case.say for case in paper.cases if holds(case.when, answers)), None)
    doubt = of_his_case if of_his_case and decision.doubt == paper.possible_say else decision.doubt
    ids = tuple(one.item.id for one in wanting)
    starts = decision.value is True and not any(one.certain for one in items) and items[0] in wanting
    return NeededPaper(paper, certain, ids, because, doubt, of_his_case or paper.when_say, starts)


def only_for(needed: NeededPaper, instead: Iterable[model.Paper]) -> tuple[str, ...]:
    """The items for which other papers do as well as this one; empty when they do for all that it is needed for."""
    alike = tuple(item for item in needed.for_items if all(item in paper.for_items for paper in instead))
    return () if alike == needed.for_items else alike


@dataclass(frozen=True)
class _Decision:
    """Whether an item or a paper applies, None when it is open; the condition that says so; and what is open."""

    value: bool | None
    by: Condition | None
    doubt: str | None = None


def _decide(fact: model.Item | model.Paper, answers: Answers) -> _Decision:
    """What the guide leaves open stays open, whatever else the answers would decide."""
    value = holds(fact.when, answers)
    left_open = next((one for one in fact.open if one.when is None or holds(one.when, answers)), None)
    if left_open and (left_open.when is not None or value):
        return _Decision(None, left_open.when or fact.when, left_open.say)
    if left_open and value is None:
        return _Decision(None, fact.when, left_open.say)
    return _Decision(value, fact.when, fact.possible_say if value is None else None)


def _spare(
    province: ProvinceKnowledge, needed: set[str], items: tuple[AppliedItem, ...], answers: Answers
) -> tuple[SparedPaper, ...]:
    """What people would bring in vain: named by the guide, or a paper of its list whose condition does not hold."""
    applying = {one.item.id for one in items}
    spared = [
        SparedPaper(paper.name, paper.unless_say, paper)
        for paper in province.papers.values()
        if paper.id not in needed
        and paper.unless_say
        and applying & set(paper.for_items)
        and holds(paper.when, answers) is False
    ]
    named = [
        SparedPaper(one.name, one.reason, one)
        for one in province.not_needed
        if one.paper not in needed and holds(one.when, answers)
    ]
    return (*spared, *named)

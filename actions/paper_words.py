"""A paper in words for one person: why he brings it, what it must look like, and whether it is asked of him."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from actions.talk import Talk
from knowledge import model
from knowledge.answers import Said
from knowledge.conditions import Answers, holds
from knowledge.library import ProvinceKnowledge
from knowledge.questionnaire import replay
from knowledge.situation import NeededPaper, Situation
from knowledge.subject import subject_of


def reason(talk: Talk, one: NeededPaper) -> str:
    """Why a paper is brought; of one that is only possible, what is open: about itself, or about its items."""
    if one.certain or one.doubt:
        return one.doubt or one.reason
    if one.from_the_start:
        return talk.library.phrase("paper_from_the_start", reason=one.reason)
    items = "、".join(talk.library.name_of("item", item) for item in one.for_items)
    return talk.library.phrase("paper_of_possible_items", items=items)


def lines(talk: Talk, province: ProvinceKnowledge, papers: Iterable[NeededPaper]) -> list[tuple[model.Paper, ...]]:
    """The papers of a list, those of which any one is enough together; to a 义务兵 the one of his name comes first."""
    groups = province.alternatives(one.paper for one in papers)
    if not talk.private.is_conscript:
        return groups
    return [tuple(sorted(group, key=lambda paper: not paper.for_conscripts)) for group in groups]


def details(talk: Talk, paper: model.Paper) -> str:
    """Whether the original or a copy is wanted, how many, and what it must look like; empty where it is not stated."""
    say = talk.library.phrase
    form = say(f"short_form_{paper.form}") if paper.form != "unstated" else ""
    form = "" if form and form in paper.name else form
    count = say("form_count", count=paper.copies) if paper.copies else ""
    return "，".join(part for part in (form, count, paper.spec) if part)


def not_yet_warned(talk: Talk, gaps: Iterable[model.Gap]) -> list[str]:
    """What is said with a list of open places that no list has told of before."""
    new = [gap for gap in gaps if gap.brief and gap.id not in talk.private.warned]
    talk.private.warned = (*talk.private.warned, *(gap.id for gap in new))
    return [gap.brief for gap in new if gap.brief]


def for_him(talk: Talk, province: ProvinceKnowledge, said: Said, question: str = "") -> Said:
    """The answer to whether a paper is brought, by his own answers as far as they decide it; the rule for all is then
    kept for 「更多」. Any other answer stays as it is. question: a message of one question, in his words."""
    begun = talk.questionnaire_province
    asked = _asked_paper(talk, province, said, question)
    if asked is None or begun is None or begun.id != province.id:
        return said
    situation = talk.own_situation(province)
    if situation is not None and not situation.not_covered:
        own = _by_result(talk, situation, asked)
    else:
        own = _by_answers(talk, asked, replay(province.questionnaire, talk.private.answers).answers)
    if own is None:
        return said
    return replace(said, say=own, more="\n".join(part for part in (said.say, said.more) if part), simple=own)


def _asked_paper(talk: Talk, province: ProvinceKnowledge, said: Said, question: str) -> model.Paper | None:
    """The paper that an answer is about, or the only one of which the message asks whether it is brought."""
    for paper in province.papers.values():
        if said.ids[:1] == (f"{province.id}.paper.{paper.id}",) and paper.say in said.say:
            return paper
    named = subject_of(talk.knowledge.vocabulary.find(question))
    if len(named.papers) != 1 or not {"necessity", "materials"} & set(named.aspects):
        return None
    return province.papers.get(named.papers[0])


def _by_result(talk: Talk, situation: Situation, paper: model.Paper) -> str | None:
    say = talk.library.phrase
    one = next((one for one in situation.papers if one.paper.id == paper.id), None)
    if one is None:
        if paper.unless_say and paper.when is not None and holds(paper.when, situation.answers) is False:
            return say("own_paper_spared", paper=paper.name, reason=paper.unless_say)
        if {one.item.id for one in situation.items} & set(paper.for_items):
            return None
        items = "、".join(talk.library.name_of("item", item) for item in paper.for_items)
        return say("own_paper_unused", paper=paper.name, items=items)
    if one.certain:
        return None if paper.when is None else _needed(talk, paper, one.reason)
    if one.from_the_start:
        return say("own_paper_from_the_start", paper=paper.name, reason=one.reason)
    return say("own_paper_possible", paper=paper.name, reason=_all_that_is_open(talk, situation, one))


def _all_that_is_open(talk: Talk, situation: Situation, one: NeededPaper) -> str:
    """What is open about the paper, or about the items that it is for."""
    wanting = [item for item in situation.items if item.item.id in one.for_items]
    doubts = [item.doubt for item in wanting if item.doubt and not one.doubt][:1]
    return "；".join(dict.fromkeys([reason(talk, one), *doubts]))


def _by_answers(talk: Talk, paper: model.Paper, answers: Answers) -> str | None:
    """While the questionnaire goes on: only what the answers given so far decide."""
    if paper.when is None or not answers:
        return None
    say = talk.library.phrase
    left_open = next((place.say for place in paper.open if place.when and holds(place.when, answers)), None)
    of_his_case = next((case.say for case in paper.cases if holds(case.when, answers)), None)
    value = holds(paper.when, answers)
    if left_open or (value is None and of_his_case):
        return say("own_paper_possible", paper=paper.name, reason=left_open or of_his_case)
    if value is False and paper.unless_say:
        return say("own_paper_spared", paper=paper.name, reason=paper.unless_say)
    return _needed(talk, paper, of_his_case or paper.when_say) if value else None


def _needed(talk: Talk, paper: model.Paper, why: str) -> str:
    form = details(talk, paper)
    name = f"{paper.name}（{form}）" if form else paper.name
    return talk.library.phrase("own_paper_needed", paper=name, reason=why)

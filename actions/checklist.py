"""Makes the printed list out of the result: items to tick, papers to tick, and what a reader needs at the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from actions import paper_words
from actions.show_result import has_order, made_by_office, surest_first
from actions.slip import Slip, SlipDate, SlipGuide, SlipItem, SlipPaper, SlipSpared
from actions.talk import Talk
from knowledge import model
from knowledge.library import ProvinceKnowledge
from knowledge.situation import AppliedItem, NeededPaper, Situation, only_for

GOOD_FOR = timedelta(days=30)
OFTEN = 3
"""What stands with so many items or papers is said once for all of them."""


def checklist(talk: Talk, province: ProvinceKnowledge, situation: Situation, dates: tuple[SlipDate, ...] = ()) -> Slip:
    """The list of this person as of now. Nothing in it says who he is."""
    shown = surest_first(situation)
    place = _said_often(_place(one.item) for one in shown)
    note = _said_of_most([one.paper.note for one in situation.to_bring])
    return Slip(
        region=talk.library.region_of(province).short_name,
        made_at=talk.ask.now,
        good_until=talk.ask.now.date() + GOOD_FOR,
        has_order=has_order(shown),
        place=place,
        limits=_limits(talk, province, shown),
        items=tuple(_item(talk, number, one, place) for number, one in enumerate(shown, 1)),
        papers=tuple(_papers(talk, province, situation, shown, note)),
        note=note,
        made_by_office=tuple(made_by_office(talk, one) for one in situation.made_by_office),
        sections=_in_a_row(one.paper.source[0].section for one in situation.papers),
        warnings=tuple(gap.brief for gap in situation.warnings if gap.brief),
        spared=_spared(situation),
        tips=tuple(tip.say for tip in situation.tips),
        dates=dates,
        ask_whom=province.head.ask_whom,
        guides=_guides(province, situation),
    )


def _item(talk: Talk, number: int, one: AppliedItem, place: str | None) -> SlipItem:
    item = one.item
    where = _place(item)
    is_named = item.name.endswith(talk.library.phrase("guidance"))
    return SlipItem(
        number=number,
        name=item.name,
        how="" if is_named else talk.library.phrase(f"slip_how_{item.how}"),
        is_automatic=item.how == "automatic",
        is_in_person=item.how == "in_person",
        doubt=None if one.certain else one.doubt or item.when_say,
        step=item.next_step,
        where=None if where == place else where,
        limit=_limit(item),
        limit_short=_figures(talk, item),
        department=talk.library.name_of("department", item.department),
        forgotten=item.forgotten.say if item.forgotten else None,
        section=item.source[0].section,
    )


def _place(item: model.Item) -> str | None:
    return item.aspects["where"].say if "where" in item.aspects else None


def _limit(item: model.Item) -> str | None:
    """What the guide says of the time, as far as it names one for this item."""
    return item.aspects["time_limit"].say if item.time_limits and "time_limit" in item.aspects else None


def _figures(talk: Talk, item: model.Item) -> str | None:
    """The time limits in figures. None when one of them has no figure, or a start or an end that must be said."""
    several = len(item.time_limits) > 1
    said = []
    for limit in item.time_limits:
        if limit.is_earliest or not (limit.on_the_spot or limit.working_days):
            return None
        key = "slip_on_the_spot" if limit.on_the_spot else "slip_days"
        figure = talk.library.phrase(key, count=limit.working_days)
        said.append(talk.library.phrase("slip_of_several", label=limit.label, figure=figure) if several else figure)
    return "，".join(said) or None


def _limits(talk: Talk, province: ProvinceKnowledge, shown: list[AppliedItem]) -> tuple[str, ...]:
    """The time limits of the whole service, and what it means that an item has none of its own."""
    say = talk.library.phrase
    whole = [_whole(talk, limit) for limit in province.head.time_limits if limit.working_days]
    without = sum(_limit(one.item) is None for one in shown)
    if without == len(shown):
        return (*whole, say("slip_each_unstated" if whole else "slip_none_stated"))
    return (*whole, *((say("slip_some_unstated"),) if without else ()))


def _whole(talk: Talk, limit: model.TimeLimit) -> str:
    say = talk.library.phrase
    start = say("slip_starts", event=limit.starts.say) if limit.starts else say("slip_start_unstated")
    spans = say("slip_excludes", spans="、".join(limit.excludes)) if limit.excludes else ""
    return say("slip_whole_limit", label=limit.label, count=limit.working_days, start=start) + spans


def _papers(
    talk: Talk, province: ProvinceKnowledge, situation: Situation, shown: list[AppliedItem], note: str | None
) -> Iterable[SlipPaper]:
    """One line a paper; those of which any one is enough share the line of the first."""
    numbers = {one.item.id: number for number, one in enumerate(shown, 1)}
    needed = {one.paper.id: one for one in situation.to_bring}
    for first, *others in paper_words.lines(talk, province, situation.to_bring):
        yield _paper(talk, needed[first.id], _instead(talk, needed[first.id], others), numbers, note)


def _instead(talk: Talk, one: NeededPaper, others: list[model.Paper]) -> tuple[str, ...]:
    """The papers that do as well; with the items where they do for only some of those that need this one."""
    items = "、".join(talk.library.name_of("item", item) for item in only_for(one, others))
    say = talk.library.phrase
    return tuple(say("instead_only_for", paper=other.name, items=items) if items else other.name for other in others)


def _paper(
    talk: Talk, one: NeededPaper, instead: tuple[str, ...], numbers: Mapping[str, int], note: str | None
) -> SlipPaper:
    paper = one.paper
    wanting = sorted(numbers[item] for item in one.for_items)
    return SlipPaper(
        name=paper.name,
        details=paper_words.details(talk, paper),
        certain=one.certain,
        reason=paper_words.reason(talk, one),
        items=tuple(wanting) if len(wanting) <= OFTEN else (),
        instead=instead,
        note=None if paper.note == note else paper.note,
        state=talk.private.paper_states.get(paper.id),
        section=paper.source[0].section,
    )


def _in_a_row(sections: Iterable[str]) -> str:
    """Sections one after another; the annex that stands before a blank is named once for those that follow."""
    said, annex = [], ""
    for section in dict.fromkeys(sections):
        before, blank, place = section.rpartition(" ")
        said.append(place if blank and before == annex else section)
        annex = before
    return "、".join(said)


def _spared(situation: Situation) -> tuple[SlipSpared, ...]:
    """What need not be brought; papers with the same reason and place together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in situation.spared:
        groups.setdefault((one.reason, one.fact.source[0].section), []).append(one.name)
    return tuple(
        SlipSpared(names=tuple(names), reason=reason, section=section) for (reason, section), names in groups.items()
    )


def _said_often(texts: Iterable[str | None]) -> str | None:
    """The text that most of them have, when it is worth saying it once for all."""
    counted = Counter(text for text in texts if text)
    text, times = max(counted.items(), key=lambda one: one[1], default=(None, 0))
    return text if times >= OFTEN else None


def _said_of_most(texts: Sequence[str | None]) -> str | None:
    """The same, when it holds for more than half: else it would be read as holding for the others as well."""
    text = _said_often(texts)
    return text if texts.count(text) * 2 > len(texts) else None


def _guides(province: ProvinceKnowledge, situation: Situation) -> tuple[SlipGuide, ...]:
    """The documents that items and papers are taken from, and the city's own that passes one of them on."""
    sources = [source for one in situation.items for source in one.item.source]
    sources += [source for one in situation.papers for source in one.paper.source]
    cited = dict.fromkeys(one.guide for one in sources)
    if province.city is not None and province.city.forwards in cited:
        cited[province.city.guide.id] = None
    found = [province.guide(guide) for guide in cited]
    return tuple(SlipGuide(title=one.title, doc_no=one.doc_no, valid_from=one.valid_from) for one in found)

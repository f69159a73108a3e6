"""The result of the questionnaire: which items, in what order, and which papers, each with its reason and section.

The first message is short enough for a phone. How to go about each item, what is easily forgotten and why a paper need
not be brought follow on 「更多」, or for one item by its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions import paper_words, replies, result_data
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.library import ProvinceKnowledge
from knowledge.model import Outcome, Paper, Source
from knowledge.situation import AppliedItem, NeededPaper, Situation, assess, only_for

BRACKET = "（"
"""A label with something in brackets says itself what its time leaves out."""


def show_result(talk: Talk) -> ActionResult:
    """Items and papers of the confirmed answers."""
    province = talk.questionnaire_province
    if province is None:
        return talk.result(talk.reply("fallback", "no_result_yet"))
    situation = assess(province, talk.private.answers)
    if situation.not_covered:
        return talk.result(items_reply(talk, province, situation))
    papers = papers_reply(talk, province, situation)
    held_back = talk.private.told
    items = items_reply(talk, province, situation)
    ids = [f"{province.id}.item.{one.item.id}" for one in situation.items]
    ids += [f"{province.id}.paper.{one.paper.id}" for one in situation.papers]
    more = "\n".join(one.more for one in (*talk.private.told, *held_back) if one.more)
    sources = [*_of_items(situation), *_of_papers(province, situation)]
    talk.keep_answer(province, sources, ids, more, _simple(talk, province, situation))
    return talk.result(items, papers)


def items_reply(talk: Talk, province: ProvinceKnowledge, situation: Situation) -> Reply:
    """The items in the order in which they are to be done; why there are none for somebody who is not covered."""
    if situation.not_covered:
        return _not_covered(talk, province, situation.not_covered)
    say = talk.library.phrase
    shown = surest_first(situation)
    open_to_all = _open_to_all(situation)
    lines = _item_lines(talk, shown, open_to_all)
    begins = first_step(talk, province, situation)
    own_tips = [tip.say for tip in situation.tips if _is_in_front(tip)]
    region = talk.library.region_of(province).short_name
    count = sum(one.certain for one in situation.items)
    key = "result" if count == len(lines) else "result_with_possible" if count else "result_possible"
    whole = say("not_settled", questions="”、“".join(open_to_all)) + "，" if open_to_all else ""
    order = say("in_this_order") if has_order(shown) else ""
    text = say(
        key, region=region, count=count, possible=len(lines) - count, order=order, items="\n".join(lines), whole=whole
    )
    to_print = () if talk.in_loop else (say("result_to_print", number=len(lines) + 1),)
    goes_on = say("result_goes_on") if talk.in_loop else say("result_goes_on_brief", number=len(lines) + 1)
    likes = [tip.say for tip in situation.tips if _is_in_front(tip) and not tip.in_front]
    brief = "\n".join([text, *(likes or begins[:1]), goes_on])
    text = "\n".join([text, *begins, *own_tips, say("result_goes_on"), *to_print])
    sources = _of_items(situation)
    ids = [f"{province.id}.item.{one.item.id}" for one in situation.items]
    talk.keep_answer(province, sources, ids, _more_of_items(talk, situation), _simple(talk, province, situation))
    talk.private.listed = tuple(one.item.id for one in shown)
    data = {"items": [result_data.item(talk, province, one) for one in situation.items], "region": region}
    cited = replies.citations(province, sources)
    reply = Reply(kind="result", text=text, brief=brief, citations=cited, data=data)
    choices = [(one.item.name, f"item:{province.id}.{one.item.id}") for one in shown]
    choices.append((say("label_checklist"), "checklist"))
    if talk.in_loop:
        return reply
    talk.private.beneath = []
    return talk.offer(reply, *choices, shown=False)


def first_step(talk: Talk, province: ProvinceKnowledge, situation: Situation) -> list[str]:
    """How everything begins, and how long the whole takes where the guide says so."""
    say = talk.library.phrase
    steps = [say("first_step", say=tip.say) for tip in situation.tips if tip.begins]
    for limit in province.head.time_limits:
        if limit.working_days:
            is_said = not limit.excludes or BRACKET in limit.label
            spans = "" if is_said else say("whole_time_without", spans="、".join(limit.excludes))
            steps.append(say("whole_time", label=limit.label, count=limit.working_days, spans=spans))
    return steps


def _simple(talk: Talk, province: ProvinceKnowledge, situation: Situation) -> str:
    return "\n".join(first_step(talk, province, situation))


def _is_in_front(tip: Outcome) -> bool:
    """Whether a tip stands in the first message: it is for people like him. How everything begins is said apart."""
    return not tip.begins and (tip.in_front or tip.when is not None)


def surest_first(situation: Situation) -> list[AppliedItem]:
    """The items as they are listed for people: first what is certain, each in the order in which it is done."""
    return sorted(situation.items, key=lambda one: not one.certain)


def has_order(shown: list[AppliedItem]) -> bool:
    """Whether the guide puts one of the items after another."""
    ids = {one.item.id for one in shown}
    return any(ids & set(one.item.after) for one in shown)


def papers_reply(talk: Talk, province: ProvinceKnowledge, situation: Situation) -> Reply:
    """The papers, each with its reason, and what need not be brought."""
    say = talk.library.phrase
    lines = _paper_lines(talk, province, situation.to_bring)
    short_lines = _paper_lines(talk, province, situation.to_bring, "_brief")
    count = sure_count(province, situation)
    possible = len(lines) - count
    key = ("papers_with_possible" if possible else "papers") if count else "papers_possible"
    text, brief = (
        say(key, count=count, possible=possible, papers="\n".join(one)) if one else say("no_papers_listed")
        for one in (lines, short_lines)
    )
    more, rest = None, [made_by_office(talk, one) for one in situation.made_by_office]
    rest += paper_words.not_yet_warned(talk, situation.warnings)
    brief_rest = list(rest)
    if situation.spared:
        rest.append(say("spared_names", names="、".join(one.name for one in situation.spared)))
        spared = [say("spared_line", name=one.name, reason=one.reason) for one in situation.spared]
        more = say("spared", papers="\n".join(spared))
    sources = _of_papers(province, situation)
    ids = [f"{province.id}.paper.{one.paper.id}" for one in situation.papers]
    talk.keep_answer(province, sources, ids, more)
    data = {
        "materials": [result_data.paper(talk, province, one) for one in situation.papers],
        "not_needed": [result_data.spared(province, one) for one in situation.spared],
    }
    text = "\n".join([text, *rest])
    brief = "\n".join([brief, *brief_rest, *([say("papers_go_on_brief")] if lines else [])])
    cited = replies.citations(province, sources)
    return Reply(kind="materials", text=text, brief=brief, citations=cited, data=data)


def _more_of_items(talk: Talk, situation: Situation) -> str:
    """How to go about each item, what is easily forgotten, and what holds for everybody."""
    say = talk.library.phrase
    steps = [
        say("result_step", number=number, item=one.item.name, step=one.item.next_step)
        for number, one in enumerate(surest_first(situation), 1)
    ]
    forgotten = [
        say("forgotten_line", item=one.item.name, cost=one.item.forgotten.say)
        for one in situation.items
        if one.item.forgotten
    ]
    parts = [*steps, *((say("forgotten"), *forgotten) if forgotten else ())]
    return "\n".join([*parts, *(tip.say for tip in situation.tips if not tip.begins and not _is_in_front(tip))])


def _of_items(situation: Situation) -> list[Source]:
    sources = [one.item.source[0] for one in situation.items]
    return sources + [source for tip in situation.tips for source in tip.source]


def _of_papers(province: ProvinceKnowledge, situation: Situation) -> list[Source]:
    sources = [one.paper.source[0] for one in situation.papers]
    sources += [one.fact.source[0] for one in situation.spared]
    sources += [source for gap in situation.warnings for source in gap.source]
    return sources or list(province.questionnaire.source)


def _not_covered(talk: Talk, province: ProvinceKnowledge, outcome: Outcome) -> Reply:
    talk.keep_answer(province, outcome.source, [f"{province.id}.outcome.{outcome.id}"])
    text = outcome.say + (talk.library.phrase("who_knows", ask=outcome.ask) if outcome.ask else "")
    data: dict[str, Any] = {"items": []}
    return Reply(kind="result", text=text, citations=replies.citations(province, outcome.source), data=data)


def made_by_office(talk: Talk, one: NeededPaper) -> str:
    """That a paper is made by the window or a system."""
    return talk.library.phrase("paper_made_by_office", paper=one.paper.name, reason=one.reason)


def sure_count(province: ProvinceKnowledge, situation: Situation) -> int:
    """How many papers are surely brought; those of which any one is enough count as one."""
    sure = {one.paper.id for one in situation.to_bring if one.certain}
    groups = province.alternatives(one.paper for one in situation.to_bring)
    return sum(any(paper.id in sure for paper in group) for group in groups)


def _item_lines(talk: Talk, shown: list[AppliedItem], open_to_all: Sequence[str]) -> list[str]:
    """One line an item. Where one bears its doubt, all that are only possible are marked: no other looks certain."""
    say = talk.library.phrase
    doubts = ["" if one.certain else _doubt(talk, one, open_to_all) for one in shown]
    lines = []
    for number, (one, doubt) in enumerate(zip(shown, doubts, strict=True), 1):
        how = "" if one.item.name.endswith(say("guidance")) else say(f"how_{one.item.how}")
        mark = say("possibly", reason=doubt) if doubt else say("possibly_as_said")
        is_marked = any(doubts) and not one.certain
        lines.append(say("result_line", number=number, item=one.item.name, how=how) + (mark if is_marked else ""))
    return lines


def _doubt(talk: Talk, one: AppliedItem, open_to_all: Sequence[str]) -> str:
    """Why an item is only possible: the very questions that are not settled, and what the guide itself leaves open.

    open_to_all: questions that were said before the list.
    """
    own = [question for question in _not_settled(one) if question not in open_to_all]
    reasons = [talk.library.phrase("not_settled", questions="”、“".join(own))] if own else []
    if one.doubt and (not one.hangs or one.doubt != one.item.possible_say):
        reasons.append(one.doubt)
    return "；".join(reasons)


def _not_settled(one: AppliedItem) -> list[str]:
    """The questions on which it hangs whether an item applies; none when the answers settle it."""
    return [because.question.rstrip("？?") for because in one.because] if one.hangs else []


def _open_to_all(situation: Situation) -> list[str]:
    """The questions on which every item hangs: they are said once, before the list."""
    first, *others = [_not_settled(one) for one in situation.items] or [[]]
    return [question for question in first if all(question in one for one in others)]


def _paper_lines(talk: Talk, province: ProvinceKnowledge, papers: tuple[NeededPaper, ...], form: str = "") -> list[str]:
    """One line a paper; those of which any one is enough share the line of the first."""
    needed = {one.paper.id: one for one in papers}
    groups = paper_words.lines(talk, province, papers)
    return [
        _paper_line(talk, number, needed[first.id], others, form) for number, (first, *others) in enumerate(groups, 1)
    ]


def _paper_line(talk: Talk, number: int, one: NeededPaper, others: list[Paper], form: str) -> str:
    say = talk.library.phrase
    paper, details = one.paper, paper_words.details(talk, one.paper)
    name = f"{paper.name}（{details}）" if details else paper.name
    key = ("paper_line" if one.certain or one.from_the_start else "paper_line_possible") + form
    state = talk.private.paper_states.get(paper.id)
    name += say(f"mark_{state}") if state else ""
    line = say(key, number=number, paper=name, reason=paper_words.reason(talk, one))
    if not others:
        return line
    key = "any_one_is_enough_for" if only_for(one, others) else "any_one_is_enough"
    items = "、".join(talk.library.name_of("item", item) for item in only_for(one, others))
    return line + say(key, items=items, papers="、".join(other.name for other in others))

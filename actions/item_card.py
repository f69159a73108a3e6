"""One item of the person's own list: how he goes about it, then where, with what, why, and what forgetting it costs."""

from __future__ import annotations

from collections.abc import Sequence

from actions import paper_words, replies
from actions.talk import Talk
from bot.message import Reply
from knowledge import model
from knowledge.library import ProvinceKnowledge
from knowledge.listing import read
from knowledge.numbered import numbered, numbered_paper
from knowledge.situation import AppliedItem

FIRST: Sequence[model.Aspect] = ("time_limit",)
ORDINAL = "第"
THEN: Sequence[model.Aspect] = ("where", "result")


def item_card(talk: Talk, province: ProvinceKnowledge, item_id: str) -> Reply:
    """The item as it is for this person; as it is for everybody when he has no list of this province."""
    item = province.items.get(item_id)
    if item is None:
        return talk.reply("fallback", "choice_gone")
    say = talk.library.phrase
    first = [item.next_step, *_aspects(item, FIRST)]
    region = talk.library.region_of(province).short_name
    text = say("item_card", region=region, item=item.name, say="".join(first)) + say("there_is_more")
    sources = [*item.source, *(source for name in (*FIRST, *THEN) for source in _source(item, name))]
    ids = [f"{province.id}.item.{item.id}"]
    ids += [f"{province.id}.item.{item.id}.{name}" for name in (*FIRST, *THEN) if name in item.aspects]
    talk.private.items, talk.private.papers, talk.private.aspects = (item.id,), (), ()
    talk.keep_answer(province, sources, ids, _more(talk, province, item))
    data = {"completeness": "complete", "region": region, "knowledge_ids": ids}
    return Reply(kind="answer", text=text, citations=replies.citations(province, sources), data=data)


def in_other_words(talk: Talk) -> str | None:
    """A message that names an item by its number in the list (第3项去哪办), or a paper of his own list (第3样), with
    its name in that place."""
    paper = _paper_in_other_words(talk)
    said, listed = numbered(talk.ask.text), talk.private.listed
    if paper or said is None or not 1 <= said.number <= len(listed):
        return paper
    name = talk.library.name_of("item", listed[said.number - 1])
    return talk.ask.text[: said.start] + name + talk.ask.text[said.end :]


def _paper_in_other_words(talk: Talk) -> str | None:
    said, province = numbered_paper(talk.ask.text), talk.questionnaire_province
    situation = talk.own_situation(province) if province else None
    if said is None or province is None or situation is None:
        return None
    groups = paper_words.lines(talk, province, situation.to_bring)
    if not 1 <= said.number <= len(groups):
        return None
    return talk.ask.text[: said.start] + groups[said.number - 1][0].name + talk.ask.text[said.end :]


def named_alone(talk: Talk) -> Reply | None:
    """The card of an item that is named by its number in a message that asks for no side of it: 第2个是不是那个."""
    said, listed = numbered(talk.ask.text), talk.private.listed
    province = talk.questionnaire_province if talk.private.phase == "done" else talk.province
    if said is None or province is None or not 1 <= said.number <= len(listed):
        return None
    rest = talk.ask.text[: said.start] + talk.ask.text[said.end :]
    asks_side = any(one.kind in ("aspect", "paper") for one in talk.knowledge.vocabulary.find(rest))
    item_id = listed[said.number - 1]
    return None if asks_side or item_id not in province.items else item_card(talk, province, item_id)


def no_such_item(talk: Talk) -> Reply | None:
    """That no list was shown, or none so long, to who asks for an item by its number: 第2件怎么办. Else None.

    The message says nothing but the number and a side; one that asks for the order (第一件办什么) names no list.
    """
    said, listed = numbered(talk.ask.text), talk.private.listed
    if said is None or talk.ask.text[said.start] != ORDINAL or 1 <= said.number <= len(listed):
        return None
    clause = read(talk.ask.text[: said.start] + talk.ask.text[said.end :], talk.knowledge.vocabulary)
    if not clause.is_plain or clause.names or not clause.sides or clause.sides & {"order", "overview", "who"}:
        return None
    say = talk.library.phrase
    key = "list_is_shorter" if listed else "no_list_shown"
    reply = talk.reply("clarify", key, count=len(listed))
    if talk.in_loop:
        return reply
    return talk.offer(reply, (say("label_start"), "start"), (say("label_all_items"), "items"))


def _more(talk: Talk, province: ProvinceKnowledge, item: model.Item) -> str:
    say = talk.library.phrase
    parts = _aspects(item, THEN)
    own = talk.own_situation(province)
    papers = [one.paper.name for one in own.papers if one.certain and item.id in one.for_items] if own else []
    papers = papers or [paper.name for paper in province.papers_for(item.id) if paper.when is None]
    if papers:
        parts.append(say("item_papers", item=item.name, papers="、".join(papers)))
    applied = next((one for one in own.items if one.item.id == item.id), None) if own else None
    if applied:
        parts.append(_why(talk, applied))
    if item.forgotten:
        parts.append(say("if_forgotten", cost=item.forgotten.say))
    return "\n".join(parts)


def _why(talk: Talk, applied: AppliedItem) -> str:
    reason = applied.doubt or applied.item.when_say
    answers = "；".join(
        talk.library.phrase("noted_line", question=one.question, answer=one.answer) for one in applied.because
    )
    text = talk.library.phrase("because", reason=reason)
    return text + (talk.library.phrase("because_of_answers", answers=answers) if answers else "")


def _aspects(item: model.Item, names: Sequence[model.Aspect]) -> list[str]:
    return [item.aspects[name].say for name in names if name in item.aspects]


def _source(item: model.Item, name: model.Aspect) -> tuple[model.Source, ...]:
    return item.aspects[name].source if name in item.aspects else ()

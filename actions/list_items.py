"""Which items there are: the person's own when the questionnaire is done, else those of the province."""

from __future__ import annotations

from actions import replies
from actions.contract import Ask, Services
from actions.general_list import general_list
from actions.show_result import items_reply
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.library import ProvinceKnowledge


async def list_items(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_items`. A question that names an item is answered as a question."""
    return general_list(Talk(ask, services), "items", items_of, topics_first=True)


def items_of(talk: Talk, province: ProvinceKnowledge) -> Reply:
    """The person's own items when the questionnaire of this province is done, else all of them."""
    own = talk.own_situation(province)
    return items_reply(talk, province, own) if own else all_items(talk, province)


def all_items(talk: Talk, province: ProvinceKnowledge) -> Reply:
    """The province's items in the guide's order, and the way to find out which of them are the person's."""
    names = "；".join(f"{number}. {item.name}" for number, item in enumerate(province.items.values(), 1))
    region = talk.library.region_of(province).short_name
    text = talk.library.phrase("all_items", region=region, count=len(province.items), items=names)
    sources = list(dict.fromkeys(item.source[0] for item in province.items.values()))
    ids = [f"{province.id}.item.{item}" for item in province.items]
    talk.keep_answer(province, sources, ids)
    data = {"completeness": "complete", "region": region, "knowledge_ids": ids}
    reply = Reply(kind="answer", text=text, citations=replies.citations(province, sources), data=data)
    talk.private.listed = tuple(province.items)
    if talk.in_loop:
        return reply
    offered = talk.offer(reply, (talk.library.phrase("label_start"), "start"))
    talk.list_beneath(*((item.name, f"item:{province.id}.{item.id}") for item in province.items.values()))
    return offered

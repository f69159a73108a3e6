"""What the conversation remembers of news that was sent without being asked, as if it had been the last answer."""

from __future__ import annotations

from actions.memory import Private, Told
from bot.message import Memory, Reply
from knowledge.library import ProvinceKnowledge


def remember_news(
    memory: Memory, reply: Reply, case_no: str, item: str | None, province: ProvinceKnowledge | None
) -> Memory:
    """The memory in which 「再说一遍」「依据是什么」「更多」 and 「那要带什么」 mean the news.

    Choices that were offered before stay. Whoever sends the news puts this into the conversation's state and raises
    its epoch, as with `rate_case.rating_offer`; not while a loop runs, whose question stays the last thing said.
    """
    private = Private.model_validate(memory.private)
    kept = [
        {"province": province.id, "guide": one.guide, "section": one.section} for one in reply.citations if province
    ]
    meant = province.items_meant(item) if province and item else []
    changed = {"last": [reply], "told": [Told(sources=kept, case=case_no)], "shown_case": case_no}
    if len(meant) == 1:
        changed |= {"items": (meant[0].id,), "papers": (), "aspects": ()}
    private = private.model_copy(update=changed)
    return memory.model_copy(update={"private": private.model_dump(mode="json", exclude_defaults=True)})

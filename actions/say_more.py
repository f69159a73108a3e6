"""「更多」: the rest of the last answer."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.show_source import last_sources
from actions.talk import Talk
from bot.message import ActionResult, Reply


async def say_more(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `say_more`."""
    return more(Talk(ask, services))


def more(talk: Talk) -> ActionResult:
    """The part of the last answer that was held back, with its sources."""
    if not talk.private.more:
        return talk.result(talk.reply("smalltalk", "no_more"))
    text, talk.private.more = talk.private.more, None
    return talk.result(Reply(kind="answer", text=text, citations=last_sources(talk), data=_data(talk)))


def _data(talk: Talk) -> dict[str, object]:
    province = talk.library.provinces.get(talk.private.sources[0]["province"]) if talk.private.sources else None
    region = talk.library.region_of(province).short_name if province else None
    return {"completeness": "complete", "region": region, "knowledge_ids": []}

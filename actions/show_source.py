"""「依据是什么」: the documents and sections behind the last answer."""

from __future__ import annotations

from actions import replies
from actions.answer_question import answer_if_sure
from actions.contract import Ask, Services
from actions.memory import Told
from actions.original_words import read_out
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Citation, Reply
from knowledge.model import Source


async def show_source(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_source`. Who names a place asks for the documents of that place.

    Who wants to read the guide's own words gets them where the office has brought them in, and else their place.
    """
    talk = Talk(ask, services)
    answer = answer_if_sure(talk) if scope_of(talk).named else None
    if answer is not None:
        return answer
    sources = last_sources(talk)
    if not sources:
        return talk.result(talk.reply("fallback", "no_source_yet"))
    wants_words = talk.says("words_for_original")
    if wants_words and (text := await read_out(talk)):
        return talk.result(Reply(kind="notice", text=text, citations=sources))
    lines = "\n".join(_by_document(talk, sources))
    reply = talk.reply("notice", "original_not_here" if wants_words else "sources", sources=lines)
    return talk.result(reply.model_copy(update={"citations": sources}))


def last_sources(talk: Talk) -> tuple[Citation, ...]:
    """The citations of the last answers, as far as this release still has their guides."""
    return tuple(dict.fromkeys(citation for one in talk.private.told for citation in _citations(talk, one)))


def told_again(talk: Talk, told: Told, text: str) -> Reply:
    """An answer in other words: with its sources, its ids, and the province that it was for.

    Of several answers each says what it is about.
    """
    province = talk.library.provinces.get(told.sources[0]["province"]) if told.sources else None
    region = talk.library.region_of(province).short_name if province else None
    data = {"completeness": "complete", "region": region, "knowledge_ids": list(told.knowledge_ids)}
    if told.title and len(talk.private.told) > 1:
        text = talk.library.phrase("of_several", region=region, title=told.title, say=text)
    return Reply(kind="answer", text=text, citations=_citations(talk, told), data=data)


def _citations(talk: Talk, told: Told) -> tuple[Citation, ...]:
    found = []
    for kept in told.sources:
        province = talk.library.provinces.get(kept["province"])
        if province and province.has_guide(kept["guide"]):
            found.append(replies.citation(province, Source(guide=kept["guide"], section=kept["section"])))
    return tuple(dict.fromkeys(found))


def _by_document(talk: Talk, sources: tuple[Citation, ...]) -> list[str]:
    """One line a document, with all its sections."""
    sections: dict[tuple[str, str | None], list[str]] = {}
    for one in sources:
        sections.setdefault((one.title, one.doc_no), []).append(one.section)
    return [
        talk.library.phrase(
            "source_line" if number else "source_line_without_number",
            title=title,
            number=number or "",
            section="、".join(dict.fromkeys(found)),
        )
        for (title, number), found in sections.items()
    ]

"""「依据是什么」: the documents and sections behind the last answer."""

from __future__ import annotations

from actions import replies
from actions.answer_question import answer_if_sure
from actions.contract import Ask, Services
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Citation, Reply
from knowledge.model import Source


async def show_source(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_source`. Who names a place asks for the documents of that place."""
    talk = Talk(ask, services)
    answer = answer_if_sure(talk) if scope_of(talk).named else None
    if answer is not None:
        return answer
    sources = last_sources(talk)
    if not sources:
        return talk.result(talk.reply("fallback", "no_source_yet"))
    reply = talk.reply("notice", "sources", sources="\n".join(_by_document(talk, sources)))
    return talk.result(reply.model_copy(update={"citations": sources}))


def last_sources(talk: Talk) -> tuple[Citation, ...]:
    """The citations of the last answer, as far as this release still has its guides."""
    found = []
    for kept in talk.private.sources:
        province = talk.library.provinces.get(kept["province"])
        if province and province.has_guide(kept["guide"]):
            found.append(replies.citation(province, Source(guide=kept["guide"], section=kept["section"])))
    return tuple(dict.fromkeys(found))


def last_answer_again(talk: Talk, text: str) -> Reply:
    """The last answer in other words: with its sources, its ids, and the province that it was for."""
    province = talk.library.provinces.get(talk.private.sources[0]["province"]) if talk.private.sources else None
    region = talk.library.region_of(province).short_name if province else None
    data = {"completeness": "complete", "region": region, "knowledge_ids": list(talk.private.knowledge_ids)}
    return Reply(kind="answer", text=text, citations=last_sources(talk), data=data)


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

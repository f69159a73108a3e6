"""A reply for lines without buttons and links: choices become numbered lines, the source a last line."""

from __future__ import annotations

from bot.message import Citation, Reply
from bot.wording import Wording

SECTIONS_NAMED = 3
"""A source line names so many sections of a document; a list of papers has one for each."""


def standing_alone(reply: Reply, wording: Wording) -> Reply:
    """The reply with a text that can be read aloud or sent as a text message by itself."""
    lines = [reply.text, *(wording.say("choice_line", number=one.number, label=one.label) for one in reply.choices)]
    if reply.citations and reply.kind in ("answer", "result", "materials"):
        lines.append(wording.say("source_line", sources=_sources(reply.citations, wording)))
    return reply.model_copy(update={"text": "\n".join(lines)})


def _sources(citations: tuple[Citation, ...], wording: Wording) -> str:
    """Each document once with its sections."""
    sections: dict[str, list[str]] = {}
    for one in citations:
        sections.setdefault(one.doc_no or one.title, []).append(one.section)
    return "；".join(f"{document} {_named(found, wording)}" for document, found in sections.items())


def _named(sections: list[str], wording: Wording) -> str:
    named = "、".join(sections[:SECTIONS_NAMED])
    rest = len(sections) - SECTIONS_NAMED
    return wording.say("sections_more", sections=named, count=len(sections)) if rest > 0 else named

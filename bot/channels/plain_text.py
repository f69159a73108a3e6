"""A reply for lines without buttons and links: choices become numbered lines, the source a last line."""

from __future__ import annotations

from dataclasses import dataclass

from bot.message import Citation, Reply
from bot.wording import Wording

SECTIONS_NAMED = 3
"""A source line names so many sections of a document; a list of papers has one for each."""


@dataclass(frozen=True)
class Plain:
    """What a reply says: its text, the line that names its source, and a line for each choice."""

    text: str
    source: str | None
    choices: tuple[str, ...]

    @property
    def whole(self) -> str:
        """All of it. The choices stand last, because they are what is answered."""
        return "\n".join([self.text, *([self.source] if self.source else []), *self.choices])


def standing_alone(reply: Reply, wording: Wording) -> Reply:
    """The reply with a text that can be read aloud or sent as a text message by itself."""
    return reply if reply.form else reply.model_copy(update={"text": plain(reply, wording).whole})


def plain(reply: Reply, wording: Wording, sections_named: int = SECTIONS_NAMED) -> Plain:
    """The reply in lines. Of each document it names so many sections and counts the rest."""
    source = None
    if reply.citations and reply.kind in ("answer", "result", "materials"):
        source = wording.say("source_line", sources=_sources(reply.citations, wording, sections_named))
    choices = (wording.say("choice_line", number=one.number, label=one.label) for one in reply.choices)
    return Plain(reply.text, source, tuple(choices))


def _sources(citations: tuple[Citation, ...], wording: Wording, most: int) -> str:
    """Each document once with its sections."""
    sections: dict[str, list[str]] = {}
    for one in citations:
        sections.setdefault(one.doc_no or one.title, []).append(one.section)
    return "；".join(f"{document} {_named(found, wording, most)}" for document, found in sections.items())


def _named(sections: list[str], wording: Wording, most: int) -> str:
    named = "、".join(sections[:most])
    rest = len(sections) - most
    return wording.say("sections_more", sections=named, count=len(sections)) if rest > 0 else named

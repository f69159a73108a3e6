"""A reply for lines without buttons and links: choices become numbered lines, the source a last line."""

from __future__ import annotations

from dataclasses import dataclass

from bot.message import Citation, Reply
from bot.wording import Wording

SECTIONS_NAMED = 3
"""The source line names so many sections of a document; a list of papers has one for each."""


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


def plain(reply: Reply, wording: Wording, brief: bool = False) -> Plain:
    """The reply in lines. brief: the source line names the first place alone and counts the others."""
    source = None
    if reply.citations and reply.kind in ("answer", "result", "materials", "progress"):
        sections = _by_document(reply.citations)
        named = _first(sections, wording) if brief else _each(sections, wording)
        source = wording.say("source_line", sources=named)
    choices = (wording.say("choice_line", number=one.number, label=one.label) for one in reply.choices)
    return Plain(reply.text, source, tuple(choices))


def _by_document(citations: tuple[Citation, ...]) -> dict[str, list[str]]:
    """The sections of each document, in the order in which they are cited."""
    sections: dict[str, list[str]] = {}
    for one in citations:
        sections.setdefault(one.doc_no or one.title, []).append(one.section)
    return sections


def _each(sections: dict[str, list[str]], wording: Wording) -> str:
    """Each document once with its sections, some of them named and the rest counted."""
    return "；".join(
        f"{document} {_counted(found[:SECTIONS_NAMED], len(found), wording)}" for document, found in sections.items()
    )


def _first(sections: dict[str, list[str]], wording: Wording) -> str:
    document, found = next(iter(sections.items()))
    return f"{document} {_counted(found[:1], sum(map(len, sections.values())), wording)}"


def _counted(named: list[str], count: int, wording: Wording) -> str:
    joined = "、".join(named)
    return wording.say("sections_more", sections=joined, count=count) if count > len(named) else joined

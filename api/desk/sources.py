"""What a reply rests on, as staff read it."""

from __future__ import annotations

from bot.message import Reply


def sources_of(reply: Reply) -> tuple[str, ...]:
    """The documents and sections, each once, in the order in which the reply cites them."""
    return tuple(dict.fromkeys(f"{one.doc_no or one.title} {one.section}" for one in reply.citations))

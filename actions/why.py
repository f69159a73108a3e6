"""How a question came to its reply, in the form that is kept for staff."""

from __future__ import annotations

from bot.message import Candidate, Reply, Why
from knowledge.resolve import Resolution

DIGITS = 4


def with_why(reply: Reply, question: str, resolution: Resolution) -> Reply:
    """The reply with what was compared for it. question: the masked words that were resolved."""
    found = resolution.found
    candidates = tuple(Candidate(id=hit.entry.id, share=round(hit.share, DIGITS)) for hit in found.hits)
    told = Why(
        question=question,
        chance=round(found.chance, DIGITS),
        by_meaning=found.by_meaning,
        candidates=candidates,
        signals=found.best.parts if found.best else {},
    )
    return reply.model_copy(update={"why": told})

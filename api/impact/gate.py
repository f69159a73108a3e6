"""The gate before publishing: what was answered right and would no longer be, as sentences for the approver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.changes.records import ChangeSet
from api.changes.workbench import Draft
from api.impact.looks import Looks, kept_of
from api.impact.workers import LookFailed
from bot.wording import Wording

MOST_SENTENCES = 20


class ImpactGate:
    """Asked by `Changes.approve`. Looks by itself where nobody has looked at just this set."""

    def __init__(self, looks: Looks, words: Wording) -> None:
        self._looks = looks
        self._words = words

    async def __call__(self, change_set: ChangeSet, draft: Draft) -> Sequence[str]:
        """What would be wrong; when it cannot be found out, that."""
        if not draft.is_sound:
            return ()
        seen = await self._looks.of(change_set.id)
        result = seen.result if seen and seen.is_of(change_set, draft.base.number) else None
        if result is None or "failed" in result:
            try:
                result = kept_of(await self._looks.gate(draft))
            except LookFailed:
                return (self._words.say("impact.gate.failed"),)
        return objections(result, self._words)


def is_broken(one: Mapping[str, Any]) -> bool:
    """Whether a question or persona of the gate was right and would no longer be."""
    return one["was_right"] and not one["is_right"]


def objections(result: Mapping[str, Any], words: Wording) -> Sequence[str]:
    """A sentence for each, and one for those beyond."""
    found = [words.say("impact.gate.question", question=one["said"]) for one in result["gate"] if is_broken(one)]
    found += [words.say("impact.gate.persona", name=one["name"]) for one in result["personas"] if is_broken(one)]
    if len(found) > MOST_SENTENCES:
        rest = words.say("impact.gate.more", count=len(found) - MOST_SENTENCES)
        return [*found[:MOST_SENTENCES], rest]
    return found

"""What a question is about, by the ids of what it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.vocabulary import SAID, Mention


@dataclass(frozen=True)
class Subject:
    """What a question is about: ids of the knowledge, as said now or taken over from before."""

    items: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether an item or a paper is named at all."""
        return bool(self.items or self.papers)


def subject_of(mentions: Sequence[Mention]) -> Subject:
    """The ids that were said, strongest first; what is only hinted at counts when nothing of its kind was said."""

    def of(kind: str) -> tuple[str, ...]:
        found = sorted((one for one in mentions if one.kind == kind), key=lambda one: -one.strength)
        said = [one.id for one in found if one.is_said] or [one.id for one in found]
        return tuple(dict.fromkeys(said))

    return Subject(of("item"), of("paper"), of("aspect"), of("term"), of("outside"))


def carried(subject: Subject, mentions: Sequence[Mention]) -> list[Mention]:
    """The subject of before, as weaker mentions of this question."""
    said = {(one.kind, one.id) for one in mentions}
    carried = [Mention("item", one, 0, 0, SAID) for one in subject.items]
    carried += [Mention("paper", one, 0, 0, SAID) for one in subject.papers]
    if not any(one.kind == "aspect" for one in mentions):
        carried += [Mention("aspect", one, 0, 0, 0.6) for one in subject.aspects]
    return [one for one in carried if (one.kind, one.id) not in said]

"""What the guides of several provinces say of the same side of the same thing, each for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge import answers, model
from knowledge.answers import Said
from knowledge.entries import Entry
from knowledge.library import Library, ProvinceKnowledge
from knowledge.resolve import Resolution, Resolver
from knowledge.subject import Subject

OF_THE_WHOLE = "time_limit"
"""The side of which guides speak for the service as a whole."""


@dataclass(frozen=True)
class Matter:
    """What is compared: a side of an item or a paper; of the service as a whole when no id is given."""

    kind: Literal["item", "paper", "whole"]
    id: str
    aspect: str


def said_by(
    province: ProvinceKnowledge, matter: Matter, words: str, resolver: Resolver, library: Library
) -> Said | None:
    """What one province's guide says, or that it does not say it; None when it does not even speak of the thing.

    The answer is the one that a caller of this province gets; nothing of another side or thing is taken for it.
    words: the question in the caller's words, without places.
    """
    items = province.items_meant(matter.id) if matter.kind == "item" else []
    entries = [resolver.entry(f"{province.id}.item.{item.id}.{matter.aspect}") for item in items]
    found = [entry for entry in entries if entry]
    if found:
        return _together([resolver.said(entry) for entry in found], found)
    paper = province.papers.get(matter.id) if matter.kind == "paper" else None
    if paper is not None and matter.aspect == "form":
        return answers.form_of(paper, province, library)
    for question in (words, _asked(matter, library)):
        resolved = resolver.resolve(question, Subject())
        if _is_about(resolved, matter, is_offered=bool(items)):
            return resolved.said
    aspect = library.entry("aspect", matter.aspect)
    if items and isinstance(aspect, model.AspectEntry):
        return answers.unstated(items[0], aspect, province, library)
    return None


def _asked(matter: Matter, library: Library) -> str:
    """The plain question after the matter."""
    side = library.name_of("aspect", matter.aspect)
    if matter.kind == "whole":
        return library.phrase("whole_service_asked", aspect=side)
    name = library.name_of(matter.kind, matter.id)
    if matter.kind == "paper" and matter.aspect in ("materials", "necessity"):
        return library.phrase("title_paper", paper=name)
    return f"{name}{side}"


def _is_about(found: Resolution, matter: Matter, is_offered: bool) -> bool:
    """Whether an answer is about this side of this thing.

    is_offered: the province has the item. Then a topic without a side is another matter; where it has not, the topic
    says so.
    """
    entry = found.entry
    if found.said is None:
        return False
    if entry is None:
        named = found.subject.items if matter.kind == "item" else found.subject.papers
        return matter.kind != "whole" and matter.id in named
    if matter.aspect not in entry.aspects and (entry.aspects or is_offered):
        return False
    if matter.kind == "whole":
        return entry.kind in ("topic", "gap") and not (entry.items or entry.papers)
    return matter.id in (entry.items if matter.kind == "item" else entry.papers)


def _together(said: list[Said], entries: list[Entry]) -> Said:
    """One answer; of an item that the province splits, each part with its title."""
    if len(said) == 1:
        return said[0]
    complete: tuple[model.Completeness, ...] = ("complete", "partial", "none")
    return Said(
        say="".join(f"{entry.title}——{one.say}" for entry, one in zip(entries, said, strict=True)),
        more="\n".join(one.more for one in said if one.more) or None,
        simple=None,
        complete=max((one.complete for one in said), key=complete.index),
        ids=tuple(dict.fromkeys(key for one in said for key in one.ids)),
        sources=tuple(dict.fromkeys(source for one in said for source in one.sources)),
    )

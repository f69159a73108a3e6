"""What the knowledge keeps of how people speak: every way of an answer, and every way of asking for an entry."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.answer_matching import bare, ways_of
from knowledge.entries import entries_of
from knowledge.library import Library


def is_kept(text: str, library: Library) -> bool:
    """Whether a whole message is one of the wordings kept, whatever its width, case and punctuation."""
    said = bare(text)
    return bool(said) and any(len(one) >= len(said) and bare(one) == said for one in wordings(library))


def wordings(library: Library) -> Iterator[str]:
    """All of them, those of answers first; one may come several times."""
    for province in library.provinces.values():
        for question in province.questionnaire.questions:
            yield from question.unsure_means
            for option in question.options:
                yield from ways_of(option)
    for layer in library.layers():
        for entry in entries_of(layer, library):
            yield from entry.phrasings

"""What the comparison of a question and its subject say of each other: what they mean, miss, or go on with."""

from __future__ import annotations

from knowledge.entries import Entry
from knowledge.fragment import continues
from knowledge.search import Found, Hit
from knowledge.subject import Subject

OWN_WORDS = 0.9
"""From this likeness on a question is asked in the words kept with an entry, whatever aspect it seems to name."""
OF_ALL = ("一共", "总共", "全部", "所有", "整个", "这些", "一件事")
"""Words that speak of the service as a whole, whatever was spoken of before."""
ALIKE = 0.25
"""A side asked of the service as a whole is answered by an entry that is this like the question."""
CLEAR = 0.8
"""From this chance on an entry like the question is meant, though a matter that no guide covers is named, too."""


def is_own_words(found: Found) -> bool:
    """Whether a question is one of the phrasings kept with an entry, and with no other as well."""
    return bool(
        found.best
        and found.best.likeness >= OWN_WORDS
        and all(hit.likeness < found.best.likeness for hit in found.hits[1:])
    )


def is_clear(found: Found) -> bool:
    """Whether the best entry is hardly in doubt and asked for in words like its own."""
    return bool(found.best and found.chance >= CLEAR and found.best.likeness >= ALIKE)


def follows_up(question: str, subject: Subject, before: Subject) -> bool:
    """Whether a question without a subject of its own goes on with the one before: 「要几天」「那去哪呢」."""
    goes_on = bool(subject.aspects) or continues(question)
    of_all = any(word in question for word in OF_ALL)
    return before.is_named and not subject.is_named and goes_on and not of_all


def concerns(entry: Entry, subject: Subject) -> bool:
    """Whether an entry is about one of the things that are named."""
    return bool(set(entry.items) & set(subject.items) or set(entry.papers) & set(subject.papers))


def is_open(found: Found, before: Subject) -> bool:
    """Whether the best entry is a topic of what was spoken of, which a fragment asks for by itself: 「激活去哪弄」."""
    return bool(found.best and found.best.entry.kind in ("topic", "gap") and concerns(found.best.entry, before))


def is_of_another_matter(found: Found, before: Subject) -> bool:
    """Whether the best entry is surely meant and names things of its own, none of which was spoken of."""
    best = found.best
    if best is None or found.chance < CLEAR or best.entry.kind not in ("topic", "gap"):
        return False
    return bool(best.entry.items or best.entry.papers) and not concerns(best.entry, before)


def is_of(entry: Entry, subject: Subject) -> bool:
    """Whether an entry is about the side and about the thing that are named."""
    return bool(set(entry.aspects) & set(subject.aspects)) and concerns(entry, subject)


def misses(hit: Hit, subject: Subject) -> bool:
    """Whether an entry is about another side of the thing than the one named, or about another item or a mere part of
    the one named, and is not asked for in its own words."""
    entry = hit.entry
    other_side = bool(entry.aspects and subject.aspects) and not set(entry.aspects) & set(subject.aspects)
    of_one_item = entry.kind in ("aspect", "item_papers")
    other_item = of_one_item and bool(subject.items) and entry.key not in subject.items
    return (other_side or other_item) and hit.likeness < OWN_WORDS

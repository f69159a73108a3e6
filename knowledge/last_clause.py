"""Looks at the clause of a story that asks: with the whole story before it, its few words may count for little."""

from __future__ import annotations

from dataclasses import replace

from knowledge import answers
from knowledge.clauses import asks, clauses
from knowledge.opening import is_call, only_announces, without_opening
from knowledge.resolve import Resolution, Resolver
from knowledge.subject import Subject

IN_DOUBT = 0.6
"""Below this chance the whole message leaves open what is meant."""
CLEAR = 0.6
"""From this chance on the clause shows it, when it is clearer than the whole by the next number."""
CLEARER = 0.1
UNLIKELY = 0.4
"""Below this chance the clause alone is answered when both are too long and the whole is not written anywhere."""
SHORTEST = 4


def asking_clause(message: str) -> str | None:
    """The last clause that asks, without what only opens it; None when the message is that clause alone."""
    said = [one for one in clauses(message) if not (is_call(one[0]) or only_announces(one[0]))]
    asking = [without_opening(clause) for clause, is_marked in said if asks(clause, is_marked)]
    is_part = len(said) > 1 and bool(asking) and len(asking[-1]) >= SHORTEST
    return asking[-1] if is_part else None


def with_last_clause(question: str, found: Resolution, resolver: Resolver) -> Resolution:
    """What a question came to, and beside it what its asking clause clearly asks, when the whole leaves doubt.

    Nothing is added that is about another item or paper than the whole message.
    """
    clause = asking_clause(question)
    if clause is None or found.certain or found.outside or found.found.chance >= IN_DOUBT:
        return found
    alone = resolver.resolve(clause, Subject())
    entry, best = alone.entry, alone.found.best
    if alone.said is None or entry is None or best is None or best.entry != entry or entry == found.entry:
        return found
    is_clear = alone.found.chance >= max(CLEAR, found.found.chance + CLEARER) and resolver.search.knows(clause)
    things = {*found.subject.items, *found.subject.papers}
    is_other = bool(things) and bool(entry.items or entry.papers) and not things & {*entry.items, *entry.papers}
    if not is_clear or is_other or entry.aspects == ("overview",):
        return found
    if found.said is None:
        return replace(alone, found=found.found)
    first, second = resolver.said(found.entry) if found.entry else found.said, resolver.said(entry)
    if second.say in first.say or first.say in second.say:
        return found
    both = answers.together(first, second)
    if both == first and found.found.chance < UNLIKELY and first.complete == "none":
        return replace(alone, found=found.found)
    return replace(found, said=both)

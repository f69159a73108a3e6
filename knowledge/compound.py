"""Cuts a message into the questions that it holds: 「身份证要不要带，照片要几寸的，还有补助多少钱」 holds three.

Only words are looked at here. What cannot be parted with certainty stays one question: callers tell a story before
their question, and go on with what only makes it clearer (「…，还是…」「…，行吗」).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.bearing import OWN_WORDS
from knowledge.clauses import BEGINS_ANEW, asks, clauses
from knowledge.entries import Entry
from knowledge.listing import Clause, parts_of_clause, read
from knowledge.opening import is_call, only_announces, without_opening
from knowledge.premise import as_question, premise_in
from knowledge.resolve import Resolution, Resolver
from knowledge.subject import Subject
from knowledge.vocabulary import Vocabulary

_LEANS_ON_BEFORE = re.compile(
    r"^(?:还是|或者|是不是|不是|得是|要是|如果|不然|那|这|他|她|它|也|就|又)"
    r"|(?:弄|办|做|填|搞|转|交)(?:完|好|了)|以后|之后|然后|的话|这样|这个|那个"
)
"""A clause with these makes the question before it clearer rather than asking another."""
_WEIGHS_BEFORE = re.compile(r"还是|或者?|要是|如果|不然|得是|是不是|对不对")
_SHORTEST_ANEW = 3
"""So short a clause (行不行, 中不) only asks again whether it is so,"""
_ASKS_FOR_A_THING = re.compile(r"谁|哪|几|啥|什么|咋|怎么|多少|多久|好多|好久")
"""unless it asks for something: 「钱谁掏」."""
_LONGEST_PLAIN = 14
"""A side alone (在哪办) goes on with a question of its own only after a short one; after a story it belongs to it."""

_ALIKE = 0.5
"""From this likeness to a phrasing on, an answer that names no thing is what was asked for."""
_CLEAR = 0.6
"""From this chance on the words alone show what is meant."""
_CLEARER = 0.8
"""From this chance on they do so though one of them stands nowhere in the data."""
_LIKE = 0.25
_LIKELY = 0.4
"""From this chance on, and this share, a part is answered beside others that are clear."""
_WHAT_IT_IS = re.compile(r"是什么|是啥|是个啥|什么是|啥是|干嘛|干啥|干什么|介绍|回事|有什么用|有啥用|意思")


@dataclass(frozen=True)
class Part:
    """One question of a message, in the caller's words. is_premise: what he takes for granted rather than asks."""

    text: str
    is_premise: bool = False


@dataclass
class _Open:
    """The question that is being read: the story before it, its own clause, and what only makes it clearer."""

    story: list[str]
    clause: Clause
    after: list[str]


def cut(message: str, vocabulary: Vocabulary) -> tuple[Part, ...]:
    """The questions of a message in their order; empty when it holds one or none.

    What is taken for granted (「既然…」「听说…」) is a part of its own, also when it is the only one.
    """
    premises: list[Part] = []
    asked: list[_Open] = []
    story: list[str] = []
    was_marked = True
    for said, is_marked in clauses(message):
        premise = premise_in(said, vocabulary)
        if premise:
            premises.append(Part(as_question(premise.text), is_premise=True))
        if is_call(said) or only_announces(said):
            continue
        clause = read(BEGINS_ANEW.sub("", without_opening(premise.rest if premise else said)), vocabulary)
        is_begun = was_marked or bool(BEGINS_ANEW.match(said))
        was_marked = is_marked
        if not clause.text:
            continue
        if not asks(clause.text, is_marked):
            story.append(said)
        elif asked and not _is_another(clause, asked[-1].clause, is_begun):
            asked[-1].after += [*story, said]
            story = []
        else:
            asked.append(_Open(story, clause, []))
            story = []
    found = [*premises, *(Part(text) for one in asked for text in _texts(one, vocabulary))]
    found = list(dict.fromkeys(found))
    return tuple(found) if len(found) > 1 or premises else ()


def cut_boldly(message: str, vocabulary: Vocabulary) -> tuple[Part, ...]:
    """The same at every clause that asks, whatever it names: only for who looks whether each comes to what is meant.

    「户口几天弄好，弄完还得我自己去拿不」: no word shows that the second half asks something else. What only doubts or
    weighs the question before stays with it.
    """
    found: list[str] = []
    story: list[str] = []
    for said, is_marked in clauses(message):
        if is_call(said) or only_announces(said):
            continue
        clause = BEGINS_ANEW.sub("", without_opening(said))
        known = read(clause, vocabulary)
        only_again = len(clause) <= _SHORTEST_ANEW and not (known.names or known.sides or _names_a_thing(clause))
        goes_on = bool(found) and (only_again or bool(_WEIGHS_BEFORE.match(clause)))
        if not clause:
            continue
        if not asks(clause, is_marked) and not (found and known.is_continuing):
            story.append(said)
        elif goes_on:
            found[-1] = "，".join((found[-1], *story, said))
            story = []
        else:
            found.append("，".join((*story, clause)))
            story = []
    return tuple(Part(text) for text in found) if len(found) > 1 else ()


def answers_to(questions: Sequence[tuple[str, Resolver]], before: Subject) -> tuple[Resolution, ...]:
    """What each question comes to, one after the other: each goes on with the subject of those before it.

    questions: the words, and who answers them. Empty when one of them comes to nothing that is surely meant.
    """
    found: list[Resolution] = []
    for text, resolver in questions:
        one = resolver.resolve(text, before)
        if not _is_sure(text, one, resolver):
            return ()
        before = one.subject if one.subject.is_named else before
        found.append(one)
    return tuple(found)


def clear_answers(questions: Sequence[tuple[str, Resolver]], whole: str, before: Subject) -> tuple[Resolution, ...]:
    """The same for a bold cut: empty unless every part comes, by its words, to an entry that is hardly in doubt.

    One part may be unclear when the whole message comes to something that no other part does: then it means that.
    """
    found: list[Resolution | None] = []
    likely: list[Resolution | None] = []
    for text, resolver in questions:
        one = resolver.resolve(text, before)
        is_said = _is_clear(one) and not _is_general(text, one)
        found.append(one if is_said and _is_known(text, resolver) else None)
        likely.append(one if _is_likely(one) and resolver.search.knows(text) else None)
        before = one.subject if one.subject.is_named else before
    unclear = [place for place, one in enumerate(found) if one is None]
    if len(unclear) == 1 and len(found) > 1:
        place = unclear[0]
        of_whole = questions[place][1].resolve(whole, before)
        is_new = all(one is None or one.entry != of_whole.entry for one in found)
        is_known = questions[place][1].search.knows(whole)
        found[place] = of_whole if _is_clear(of_whole) and is_new and is_known else likely[place]
    return tuple(one for one in found if one) if all(found) else ()


def is_one_question(message: str, resolver: Resolver) -> bool:
    """Whether a whole message stands among the phrasings kept with an entry: then it is not cut."""
    return any(hit.likeness >= OWN_WORDS for hit in resolver.near(message, 1).hits)


def _is_sure(text: str, found: Resolution, resolver: Resolver) -> bool:
    """An answer by name and side, or to a phrasing; what a thing is in general only when that was asked."""
    if found.outside is not None:
        return True
    if found.said is None:
        return False
    if not (found.subject.is_named or found.certain):
        return any(hit.entry == found.entry and hit.likeness >= _ALIKE for hit in resolver.near(text, 1).hits)
    return not _is_general(text, found)


def _is_general(text: str, found: Resolution) -> bool:
    """Whether it is only said what a thing is, though that was not asked."""
    is_overview = found.entry is not None and found.entry.aspects == ("overview",)
    return is_overview and not found.certain and not _WHAT_IT_IS.search(text)


def _is_clear(found: Resolution) -> bool:
    """Whether the words come near to the entry that is said, and it is hardly in doubt."""
    best = found.found.best
    if found.said is None or found.certain:
        return found.certain
    is_unstated = found.entry is None and found.subject.is_named and bool(found.subject.aspects)
    return is_unstated or (best is not None and _is_of_matter(best.entry, found) and found.found.chance >= _CLEAR)


def _is_of_matter(best: Entry, found: Resolution) -> bool:
    """Whether what is said is what comes first, or another side of its item."""
    entry = found.entry
    return best == entry or (entry is not None and entry.kind == best.kind == "aspect" and entry.key == best.key)


def _is_known(text: str, resolver: Resolver) -> bool:
    """Whether all words are known, or the others leave hardly a doubt: 「联系地址打错了改得动吗」."""
    if resolver.search.knows(text):
        return True
    alone = resolver.near(text, 1)
    return alone.best is not None and alone.best.likeness >= _LIKE and alone.chance >= _CLEARER


def _is_likely(found: Resolution) -> bool:
    """Whether one entry is likelier than all others, though in doubt."""
    best, entry = found.found.best, found.entry
    if best is None or entry is None or best.entry != entry or entry.aspects == ("overview",):
        return False
    return found.found.chance >= _LIKELY and best.share >= _LIKELY and best.likeness >= _LIKE


def _names_a_thing(clause: str) -> bool:
    return bool(_ASKS_FOR_A_THING.search(clause))


def _texts(one: _Open, vocabulary: Vocabulary) -> Iterable[str]:
    """A clause that only lists is parted further; a story that names things belongs to the question whole."""
    names_before = [read(said, vocabulary) for said in one.story]
    if not one.after and all(before.is_name_alone or not before.is_named_outright for before in names_before):
        bare = [before.text for before in names_before if before.is_name_alone]
        listed = parts_of_clause(read("、".join((*bare, one.clause.text)), vocabulary), vocabulary)
        if listed:
            return listed
    return ["，".join((*one.story, one.clause.text, *one.after))]


def _is_another(clause: Clause, before: Clause, is_begun: bool) -> bool:
    """Whether a clause that asks is a question of its own after the one before.

    is_begun: a question mark stands before it, or a word that begins something new (还有, 另外).
    """
    if _LEANS_ON_BEFORE.search(clause.text) and not clause.is_continuing:
        return False
    if not (is_begun or before.names or before.sides):
        return False
    new_names = clause.names - before.names
    if new_names and (clause.is_named_outright or clause.sides or clause.is_continuing or is_begun):
        return True
    if not clause.sides - before.sides:
        return False
    is_side_alone = clause.is_plain and len(before.text) <= _LONGEST_PLAIN
    return is_begun or (bool(before.sides) and (bool(clause.names) or is_side_alone))

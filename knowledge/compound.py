"""Cuts a message into the questions that it holds: 「身份证要不要带，照片要几寸的，还有补助多少钱」 holds three.

Only words are looked at here. What cannot be parted with certainty stays one question: callers tell a story before
their question, and go on with what only makes it clearer (「…，还是…」「…，行吗」).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.listing import Clause, parts_of_clause, read
from knowledge.opening import is_call, only_announces, without_opening
from knowledge.premise import as_question, is_doubt, premise_in
from knowledge.resolve import OWN_WORDS, Resolution, Resolver, Subject
from knowledge.vocabulary import Vocabulary

_END = re.compile(r"[。！!；;，,\n…～~]+|[？?]+|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
"""Where a clause ends; a blank between Chinese characters parts them as well."""
_FURTHER = (
    r"(?:还有(?:一个|个|就是|一点)?|另外|再问(?:一下|下|一个|个)?|再就是|顺便(?:再)?问(?:一下|下|一句|个)?|对了|以及)"
)
_SAME_QUESTION = r"(?!没有|多久|多长|几|多少|什么|啥|哪|谁|吗|没|呢)"
"""After 还有 these go on with the same question: 还有多久, 还有哪些."""
_BEGINS_ANEW = re.compile(
    rf"""^(?:
        {_FURTHER}{_SAME_QUESTION}
        | 我?(?:还|再|也)(?:想|要)再?(?:问|知道|了解)(?:一下|下|个|一个)?
        | (?:第[一二三四]|其次|首先|[一二三四]是) [、，,.．]?
        | [①②③④] | \d[.、．)）]
    )[、，,：:]*""",
    re.VERBOSE,
)
_WITHIN = re.compile(rf"(?<=.)(?={_FURTHER}{_SAME_QUESTION}.{{3}})|(?<=.)(?=[①②③④])|(?<=\D)(?=\d[.、．](?!\d))")
"""Where a further question may begin without a mark before it."""
_ASKS = re.compile(
    r"""
      [吗嘛么] | 呢$ | (?:不|不呀|不啊|不哦|可以吧|行吧|中吧|成吧)$ | [了好完到来成](?:没|没有)$
    | 几 (?!年|百|千|万|乎|经|遍)                    # 几天, 几张
    | 多少 | 多久 | 多长 | 多大 | 好久 | 什么 | 啥 | 哪 | 怎么 | 怎样 | 咋 | 啷个 | 如何 | 谁
    | 是不是 | 是否 | 能否 | 可否 | 有没有 | 有没得 | 还是
    | (.)不\1 | (?:要|能|会|用|得|可以|需要)不(?:要|能|会|用|得|可以|需要)
    """,
    re.VERBOSE,
)
_ONLY_SEEMS_TO_ASK = re.compile(
    r"""
      (?:前|这|那|过|好|十|头)几 (?:天|年|个|次|回|月)?
    | (?:没|没有|不是|无所谓)(?:什么|啥) | (?:什么|啥|谁|哪里|哪儿|哪|怎么)(?:都|也)
    | 不怎么 | 多少有点 | 那个?(?:什么|啥) | (?:什么|啥)的 | 怎么说 | 不管(?:什么|怎么|哪|谁)
    | (?:没|着|正|在) .* 呢$                         # 还没报到呢
    """,
    re.VERBOSE,
)
_TELLS_OF_ASKING = re.compile(r"不知道|不晓得|不清楚|不明白|不懂|弄不清|搞不清|没搞懂|没人说|没说清|我问过|问了")
"""Who tells that he did not know asks by the way only; his question follows."""
_LEANS_ON_BEFORE = re.compile(
    r"^(?:还是|或者|是不是|不是|得是|要是|如果|不然|那|这|他|她|它|也|就|又)"
    r"|(?:弄|办|做|填|搞|转|交)(?:完|好|了)|以后|之后|然后|的话|这样|这个|那个"
)
"""A clause with these makes the question before it clearer rather than asking another."""
_WEIGHS_BEFORE = re.compile(r"还是|或者?|要是|如果|不然|得是|是不是|对不对")
_SHORTEST_ANEW = 3
"""So short a clause (行不行, 中不) only asks again whether it is so."""
_LONGEST_PLAIN = 14
"""A side alone (在哪办) goes on with a question of its own only after a short one; after a story it belongs to it."""

_ALIKE = 0.5
"""From this likeness to a phrasing on, an answer that names no thing is what was asked for."""
_CLEAR = 0.6
"""From this chance on the words alone show what is meant."""
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
    for said, is_marked in _clauses(message):
        premise = premise_in(said, vocabulary)
        if premise:
            premises.append(Part(as_question(premise.text), is_premise=True))
        if is_call(said) or only_announces(said):
            continue
        clause = read(_BEGINS_ANEW.sub("", without_opening(premise.rest if premise else said)), vocabulary)
        is_begun = was_marked or bool(_BEGINS_ANEW.match(said))
        was_marked = is_marked
        if not clause.text:
            continue
        if not _asks(clause.text, is_marked):
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
    for said, is_marked in _clauses(message):
        if is_call(said) or only_announces(said):
            continue
        clause = _BEGINS_ANEW.sub("", without_opening(said))
        known = read(clause, vocabulary)
        only_again = len(clause) <= _SHORTEST_ANEW and not (known.names or known.sides)
        goes_on = bool(found) and (only_again or bool(_WEIGHS_BEFORE.match(clause)))
        if not clause:
            continue
        if not _asks(clause, is_marked) and not (found and known.is_continuing):
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
    for text, resolver in questions:
        one = resolver.resolve(text, before)
        found.append(one if _is_clear(one) and resolver.search.knows(text) else None)
        before = one.subject if one.subject.is_named else before
    unclear = [place for place, one in enumerate(found) if one is None]
    if len(unclear) == 1 and len(found) > 1:
        of_whole = questions[unclear[0]][1].resolve(whole, before)
        is_new = all(one is None or one.entry != of_whole.entry for one in found)
        is_known = questions[unclear[0]][1].search.knows(whole)
        found[unclear[0]] = of_whole if _is_clear(of_whole) and is_new and is_known else None
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
    is_general = found.entry is not None and found.entry.aspects == ("overview",)
    return not is_general or bool(_WHAT_IT_IS.search(text))


def _is_clear(found: Resolution) -> bool:
    """Whether the words come near to the entry that is said, and it is hardly in doubt."""
    best = found.found.best
    if found.said is None or found.certain:
        return found.certain
    is_unstated = found.entry is None and found.subject.is_named and bool(found.subject.aspects)
    return is_unstated or (best is not None and best.entry == found.entry and found.found.chance >= _CLEAR)


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


def _clauses(message: str) -> list[tuple[str, bool]]:
    """The clauses without their marks, and whether a question mark ends each."""
    found: list[tuple[str, bool]] = []
    for start, end, mark in _spans(message):
        pieces = [piece.strip(" 、：:") for piece in _WITHIN.split(message[start:end])]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) > 1 and not all(_asks(_BEGINS_ANEW.sub("", piece), False) for piece in pieces):
            pieces = [message[start:end].strip()]
        is_marked = "?" in mark or "？" in mark
        if found and is_doubt("".join(pieces)):
            found[-1] = (f"{found[-1][0]}，{pieces[0]}", is_marked)
            continue
        found += [(piece, is_marked and piece is pieces[-1]) for piece in pieces]
    return found


def _spans(message: str) -> list[tuple[int, int, str]]:
    spans, start = [], 0
    for end in _END.finditer(message):
        spans.append((start, end.start(), end.group()))
        start = end.end()
    return [*spans, (start, len(message), "")]


def asks(clause: str) -> bool:
    """Whether the words of a clause ask something, without a mark."""
    return _asks(clause, is_marked=False)


def _asks(clause: str, is_marked: bool) -> bool:
    if is_marked:
        return True
    if _TELLS_OF_ASKING.search(clause):
        return False
    return bool(_ASKS.search(_ONLY_SEEMS_TO_ASK.sub("", clause)))

"""What somebody says of his own papers: 户口本有了, 介绍信丢了, 除了照片都有了. A pure function of the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.numerals import NUMERAL, value_of
from knowledge.vocabulary import Vocabulary

PaperState = Literal["have", "missing"]
_CLAUSES = re.compile(r"[，。；！？,;!?\s]+|但是?|可是|就是|不过")
_MISSING = (
    "没", "木有", "冇", "莫得", "丢", "不见", "找不", "弄掉", "掉了", "遗失", "缺", "差", "少", "不在", "未",
    "泡", "烂", "破", "坏", "过期", "撕", "补办", "不全", "搞落", "弄落", "整落", "搞掉",
)  # fmt: skip
_HAVE = (
    "有", "好了", "齐", "带着", "带来", "带上了", "拿到", "到手", "在手", "在我", "在这", "备了", "拍了", "照了",
    "开了", "办了", "填了", "印了", "都在", "找到", "完了", "找着", "找回", "找出",
)  # fmt: skip
_NOT_MISSING = re.compile(r"[没不]有?(?:丢|缺|掉|少|过期|搞落)|(?:的|也|都|还)在(?:的|呢|哩|咧)?$")
_ALL = ("都有", "都齐", "全有", "齐了", "都备", "都准备", "全都", "都带", "都好", "都拿到", "备齐")
_ALL_BUT = ("除了", "除", "就差", "只差", "只缺", "就缺", "只少", "就少", "还差", "还缺")
_ORDINAL = re.compile(rf"第\s*({NUMERAL})\s*(?:样|份|个|项|种)?")
_FIRST_FEW = re.compile(rf"前\s*({NUMERAL}|两)\s*(?:样|份|个|项|种)")


_LOST = ("丢", "不见", "找不", "弄掉", "掉了", "遗失", "泡", "烂", "撕", "弄坏", "搞落", "弄落", "整落", "搞掉", "过期")
_EXPIRED = "过期"
_FOUND = ("找着", "找到", "找回", "找出")
_ASKING = (
    "咋", "怎", "行不", "能不", "可以", "多少", "要", "办", "带", "呢", "？", "?", "谁", "哪", "什么", "吗", "有没有",
    "是不是",
)  # fmt: skip
_POINTING = re.compile(r"那\s*[张封个份本样]|的(?:还|也|都)?[在有没丢缺]|的是")
"""A paper told from the others of the list by a part of its name alone: 丢的是行政那张, 团员的在."""
_POINTERS = frozenset("那这张封个份本样的了也都还在有没 ")
_CARDS = re.compile(r"证[件书](?!照)")
SURE = 0.8
"""A word of less strength (证件) only points at a paper."""
NEAR = 2
"""The characters of a short name stand so near to each other in the full one: 党员 in 党（团）员."""


@dataclass(frozen=True)
class PaperTalk:
    """What was said, by the position of a paper in the list. `asks_rest`: nothing was said but 「还差什么」.

    unclear: what was said by a word that several papers of the list bear. expired: those of `states` that are out of
    date and not lost.
    """

    states: dict[int, PaperState] = field(default_factory=dict)
    asks_rest: bool = False
    unclear: tuple[Unclear, ...] = ()
    expired: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Unclear:
    """A word for several papers, their positions, and what was said. found: it was lost before (介绍信找着了)."""

    word: str
    positions: tuple[int, ...]
    state: PaperState
    found: bool


@dataclass(frozen=True)
class Listed:
    """A paper of a list. ids: the national ids by which people may mean it. label: its name there, with what it must
    look like; of several papers that a word may mean, those whose label holds its characters are meant (两寸照).
    aliases: what people call it; they tell it from the others where its label does not (党员那张)."""

    ids: tuple[str, ...]
    label: str = ""
    aliases: tuple[str, ...] = ()


def heard(text: str, papers: Sequence[Listed], vocabulary: Vocabulary) -> PaperTalk:
    """What the text says of the papers of a list. A number counts from one.

    「除了照片都有了」 speaks of all; a clause without a paper speaks of the paper of the clause before it.
    """
    states: dict[int, PaperState] = {}
    unclear: list[Unclear] = []
    expired: set[int] = set()
    before: list[int] = []
    for clause in filter(None, _CLAUSES.split(text)):
        named, several = _named(clause, papers, vocabulary)
        every = sorted({*named, *(position for positions in several.values() for position in positions)})
        if every and any(word in clause for word in _ALL_BUT):
            states = dict.fromkeys(range(len(papers)), "have") if _speaks_of_all(text) else states
            states |= dict.fromkeys(every, "missing")
        elif not (named or several) and any(word in clause for word in _ALL) and not _asks(clause):
            rest = [number for number in range(len(papers)) if states.get(number) != "missing"]
            states |= dict.fromkeys(rest, "have")
        elif (state := _state_of(clause)) and not _asks(clause):
            states |= dict.fromkeys(named or ([] if several else before), state)
            expired |= set(named) if state == "missing" and _EXPIRED in clause else set()
            found = any(word in clause for word in _FOUND)
            unclear += [Unclear(word, positions, state, found) for word, positions in several.items()]
        before = named or before
    return PaperTalk(states, not (states or unclear) and _asks_rest(text), tuple(unclear), frozenset(expired))


def asks_what_is_left(text: str) -> bool:
    """Whether 「还差什么」 stands in a message that says other things as well."""
    return any(_asks_rest(clause) and _asks(clause) for clause in filter(None, _CLAUSES.split(text)))


def only_tells(text: str) -> bool:
    """Whether a message tells of papers and asks nothing, but perhaps what is left."""
    clauses = [one for one in _CLAUSES.split(text) if one and not (_asks_rest(one) and _asks(one))]
    return bool(clauses) and not any(word in clause for clause in clauses for word in _ASKING)


def says_lost(text: str) -> bool:
    """Whether a text says that something is lost or spoilt: 介绍信丢了怎么办."""
    return any(word in text for word in _LOST)


def _speaks_of_all(text: str) -> bool:
    """「除了照片都有了」, 「就差照片了」: the others are there. 「还差照片」 says nothing of them."""
    return any(word in text for word in (*_ALL, "就差", "只差", "就缺", "只缺", "只少", "就少"))


def _state_of(clause: str) -> PaperState | None:
    if _NOT_MISSING.search(clause):
        return "have"
    if any(word in clause for word in _MISSING):
        return "missing"
    return "have" if any(word in clause for word in _HAVE) else None


def _asks(clause: str) -> bool:
    return any(
        word in clause for word in ("吗", "嘛", "要不要", "用不用", "是不是", "有没有", "谁", "哪", "什么", "啥")
    )


def _asks_rest(text: str) -> bool:
    return any(word in text for word in ("差", "缺", "少", "没准备", "没备", "没弄")) and _asks(text + "吗")


def _named(
    clause: str, papers: Sequence[Listed], vocabulary: Vocabulary
) -> tuple[list[int], dict[str, tuple[int, ...]]]:
    """The positions of the papers that a clause names by words or by their number; and the words that several bear."""
    few = _FIRST_FEW.search(clause)
    if few:
        return list(range(min(value_of(few.group(1)), len(papers)))), {}
    numbers = [value_of(found) - 1 for found in _ORDINAL.findall(clause)]
    in_list = [number for number in numbers if 0 <= number < len(papers)]
    if in_list:
        return in_list, {}
    meant: set[int] = set()
    several: dict[str, tuple[int, ...]] = {}
    words: dict[tuple[int, int], set[int]] = {}
    for mention in vocabulary.find(clause):
        if mention.kind == "paper":
            found = words.setdefault((mention.start, mention.end), set())
            found |= {position for position, paper in enumerate(papers) if mention.id in paper.ids}
            if mention.strength < SURE and _CARDS.search(clause[mention.start : mention.end]):
                found |= {position for position, paper in enumerate(papers) if _CARDS.search(paper.label)}
    for (start, end), by_word in words.items():
        word = clause[start:end]
        held = {position for position in by_word if _holds(papers[position].label, word)}
        held = by_word if _CARDS.fullmatch(word) else held or by_word
        fitting = _told_apart(clause.replace(word, " "), sorted(held), papers)
        meant |= set(fitting) if len(fitting) == 1 else set()
        several |= {word: tuple(fitting)} if len(fitting) > 1 else {}
    if not words and _POINTING.search(clause):
        pointed = _told_apart(clause, list(range(len(papers))), papers)
        meant |= set(pointed) if len(pointed) == 1 else set()
    return sorted(meant), several


def _told_apart(clause: str, positions: list[int], papers: Sequence[Listed]) -> list[int]:
    """Of several papers the one whose name alone holds two neighbouring characters of the clause; else all."""
    pairs = [clause[start : start + 2] for start in range(len(clause) - 1)]
    for pair in pairs:
        bearing = [one for one in positions if _holds_near(papers[one].label, pair)]
        if len(bearing) == 1:
            return bearing
    for pair in (pair for pair in pairs if not set(pair) & _POINTERS):
        called = [one for one in positions if any(pair in alias for alias in papers[one].aliases)]
        if len(called) == 1:
            return called
    return positions


def _holds_near(label: str, pair: str) -> bool:
    name = re.sub(r"\W", "", label)
    places = [place for place, character in enumerate(name) if character == pair[0]]
    return any(pair[1] in name[place + 1 : place + 1 + NEAR] for place in places)


def _holds(label: str, word: str) -> bool:
    """Whether the characters of a word stand in a label in their order: 两寸照 in 两寸证件照片."""
    rest = iter(label)
    return all(character in rest for character in word)

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
    "泡", "烂", "破", "坏", "过期", "撕", "补办", "不全",
)  # fmt: skip
_HAVE = (
    "有", "好了", "齐", "带着", "带来", "带上了", "拿到", "到手", "在手", "在我", "在这", "备了", "拍了", "照了",
    "开了", "办了", "填了", "印了", "都在", "找到", "完了",
)  # fmt: skip
_ALL = ("都有", "都齐", "全有", "齐了", "都备", "都准备", "全都", "都带", "都好", "都拿到", "备齐")
_ALL_BUT = ("除了", "除", "就差", "只差", "只缺", "就缺", "只少", "就少", "还差", "还缺")
_ORDINAL = re.compile(rf"第\s*({NUMERAL})\s*(?:样|份|个|项|种)?")
_FIRST_FEW = re.compile(rf"前\s*({NUMERAL}|两)\s*(?:样|份|个|项|种)")


_LOST = ("丢", "不见", "找不", "弄掉", "掉了", "遗失", "泡", "烂", "撕", "弄坏")


@dataclass(frozen=True)
class PaperTalk:
    """What was said, by the position of a paper in the list. `asks_rest`: nothing was said but 「还差什么」."""

    states: dict[int, PaperState] = field(default_factory=dict)
    asks_rest: bool = False


@dataclass(frozen=True)
class Listed:
    """A paper of a list. ids: the national ids by which people may mean it. label: its name there, with what it must
    look like; of several papers that a word may mean, those whose label holds its characters are meant (两寸照)."""

    ids: tuple[str, ...]
    label: str = ""


def heard(text: str, papers: Sequence[Listed], vocabulary: Vocabulary) -> PaperTalk:
    """What the text says of the papers of a list. A number counts from one.

    「除了照片都有了」 speaks of all; a clause without a paper speaks of the paper of the clause before it.
    """
    states: dict[int, PaperState] = {}
    before: list[int] = []
    for clause in filter(None, _CLAUSES.split(text)):
        named = _named(clause, papers, vocabulary)
        if named and any(word in clause for word in _ALL_BUT):
            states = dict.fromkeys(range(len(papers)), "have") if _speaks_of_all(text) else states
            states |= dict.fromkeys(named, "missing")
        elif not named and any(word in clause for word in _ALL) and not _asks(clause):
            rest = [number for number in range(len(papers)) if states.get(number) != "missing"]
            states |= dict.fromkeys(rest, "have")
        elif (state := _state_of(clause)) and not _asks(clause):
            states |= dict.fromkeys(named or before, state)
        before = named or before
    return PaperTalk(states, not states and _asks_rest(text))


def says_lost(text: str) -> bool:
    """Whether a text says that something is lost or spoilt: 介绍信丢了怎么办."""
    return any(word in text for word in _LOST)


def _speaks_of_all(text: str) -> bool:
    """「除了照片都有了」, 「就差照片了」: the others are there. 「还差照片」 says nothing of them."""
    return any(word in text for word in (*_ALL, "就差", "只差", "就缺", "只缺", "只少", "就少"))


def _state_of(clause: str) -> PaperState | None:
    if any(word in clause for word in _MISSING):
        return "missing"
    return "have" if any(word in clause for word in _HAVE) else None


def _asks(clause: str) -> bool:
    return any(
        word in clause for word in ("吗", "嘛", "要不要", "用不用", "是不是", "有没有", "谁", "哪", "什么", "啥")
    )


def _asks_rest(text: str) -> bool:
    return any(word in text for word in ("差", "缺", "少", "没准备", "没备", "没弄")) and _asks(text + "吗")


def _named(clause: str, papers: Sequence[Listed], vocabulary: Vocabulary) -> list[int]:
    """The positions of the papers that a clause names by words or by their number."""
    few = _FIRST_FEW.search(clause)
    if few:
        return list(range(min(value_of(few.group(1)), len(papers))))
    numbers = [value_of(found) - 1 for found in _ORDINAL.findall(clause)]
    meant: set[int] = set()
    for mention in vocabulary.find(clause):
        if mention.kind == "paper":
            word = clause[mention.start : mention.end]
            by_word = {position for position, paper in enumerate(papers) if mention.id in paper.ids}
            meant |= {position for position in by_word if _holds(papers[position].label, word)} or by_word
    return [number for number in numbers if 0 <= number < len(papers)] or sorted(meant)


def _holds(label: str, word: str) -> bool:
    """Whether the characters of a word stand in a label in their order: 两寸照 in 两寸证件照片."""
    rest = iter(label)
    return all(character in rest for character in word)

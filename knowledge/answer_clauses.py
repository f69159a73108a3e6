"""Reads an answer clause by clause, so that what stands beside it (a question, an insult, a story) takes nothing away.

「党员 你先说清楚要什么材料」 answers and asks; 「今年退的 户口前年走时没注销」 answers two questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pypinyin import lazy_pinyin

from knowledge import model
from knowledge.answer_matching import (
    CLAUSE_END,
    LEAST_OF_A_QUESTION,
    Match,
    asks,
    bare,
    match_answer,
    says_yes,
    ways_of,
    without,
)
from knowledge.answers_beside import names
from knowledge.conditions import UNSURE

_LEADING = re.compile(
    r"""^(?:那就|那|就是|就|[我他她]说是?|都?说了|说是|我就|[我他她]|嗯|恩|哦|哎|唉|额|呃|咦|算了|罢了|还是|得|选)+"""
)
_ACKNOWLEDGING = frozenset(
    {"好", "好的", "行", "可以", "中", "嗯", "嗯嗯", "恩", "ok", "要得", "得行", "没问题", "对", "有", "要"}
)
"""Before a question such a word may mean no more than that somebody listens: 好，那要带什么."""
_CORRECTING = re.compile(r"(?<!不用)(?<!莫)(?<!别)(?<!不)(?<!没)改|(?<!没)(?<!没有)错|不对|不是")
_TAKING_BACK = re.compile(r"不对(?:不对|头)?|不不+|错了|[说搞弄记填答选]错了")
_TAG = re.compile(
    r"[\s，,]*(?:中不中?|行不行?|行吗|行吧|得行不|可以吗|可以不|可不可以|好不好|好吗|要得不|成不)[？?。！!]*$"
)
_ASKS_BACK = re.compile(r"呢[？?]?$")
_DOUBTS = re.compile(r"是不是|算不算|有没有|要不要|办没办|销没销")
LONGEST_BY_SOUND = 8


@dataclass(frozen=True)
class Heard:
    """What a message says to the open question, and its clauses that say something else."""

    matches: tuple[Match, ...]
    answering: str
    rest: tuple[str, ...]

    @property
    def asking(self) -> str:
        """The clauses from the first that asks, with what leads up to it: 我想回学校念书，有没有补贴."""
        return "，".join(self.rest) if any(is_question(one) for one in self.rest) else ""


def is_question(clause: str) -> bool:
    """Whether a clause asks something, be it only 「那转业呢」."""
    return asks(clause) or bool(_ASKS_BACK.search(clause))


def read(question: model.Question, among: Sequence[model.Question], text: str, tells: bool) -> Heard:
    """The answers of the clauses to the open question, one for each meaning, and the rest.

    among: all questions. tells: the message was understood to tell something, so an answer may be part of a clause.
    A clause that names another question and not the open one is none of its answers.
    """
    clauses = [one for one in CLAUSE_END.split(text) if one]
    read_as = {clause: _in_clause(question, among, clause, tells) for clause in clauses}
    if len(clauses) > 1:  # 「不对」 before other words takes something back rather than answers.
        read_as |= {clause: [] for clause in clauses if _TAKING_BACK.fullmatch(_LEADING.sub("", bare(clause)))}
    rest = tuple(clause for clause in clauses if not read_as[clause])
    asking = any(is_question(clause) for clause in rest)
    meant: dict[str, Match] = {}
    for clause in clauses:
        if asking and bare(clause) in _ACKNOWLEDGING:
            continue
        for match in read_as[clause]:
            meant.setdefault(match.value, match)
    order = [*(option.id for option in question.options), UNSURE]
    matches = tuple(meant[value] for value in order if value in meant)
    return Heard(matches, "，".join(one for one in clauses if one not in rest), rest)


def _in_clause(question: model.Question, among: Sequence[model.Question], clause: str, tells: bool) -> list[Match]:
    for said in (clause, "" if is_question(clause) else _LEADING.sub("", bare(clause))):
        exact = match_answer(question, said) if said else []
        if exact and exact[0].exact and not (exact[0].value == UNSURE and asks(clause)):
            return exact
    if _is_foreign(question, among, clause):
        return []
    found = match_answer(question, clause) or by_sound(question, clause)
    if found and found[0].value == UNSURE:
        is_own = not asks(_DOUBTS.sub("", clause)) and (names(question, clause) or not asks(clause))
        return found if is_own else []
    if not found or is_question(without(clause, found)):
        return []
    if asks(clause) and found[0].words < LEAST_OF_A_QUESTION:
        return []  # 「要不要带」 holds 「不要」.
    weight = 2 * sum(one.words for one in found[:1])
    return found if tells or weight >= len(_LEADING.sub("", bare(clause))) else []


def _is_foreign(question: model.Question, among: Sequence[model.Question], clause: str) -> bool:
    return not names(question, clause) and any(names(one, clause) for one in among if one.id != question.id)


def confirms(text: str) -> bool:
    """Whether a clause plainly agrees and no clause corrects anything, whatever else is said: 行了行了，对，别问了."""
    clauses = [bare(one) for one in CLAUSE_END.split(text) if one]
    agreeing = [one for one in clauses if says_yes(one) and one not in _ACKNOWLEDGING - {"对"}]
    return bool(agreeing) and not any(_CORRECTING.search(one) for one in clauses)


def without_tag(text: str) -> str:
    """The text without a last word that only asks for consent: 社保卡先不办，中不."""
    return _TAG.sub("", text)


def denied(question: model.Question, text: str) -> list[str]:
    """The options that are left when the text rules some out: 不是按月领. All of them when it rules none out."""
    said = bare(text)
    out = {
        option.id
        for option in question.options
        for way in ways_of(option)
        if len(bare(way)) > 1 and re.search(rf"(?:不是|不算|没有|没){re.escape(bare(way))}", said)
    }
    return [option.id for option in question.options if option.id not in out]


def by_sound(question: model.Question, clause: str) -> list[Match]:
    """The answer of a short clause whose words only sound like those of an option: 团元."""
    said = bare(clause)
    if len(said) > LONGEST_BY_SOUND or asks(clause):
        return []
    heard = _sounds(said)
    meant: dict[str, Match] = {}
    for option in question.options:
        for way in map(bare, ways_of(option)):
            place = _place(_sounds(way), heard) if len(way) > 1 else None
            if place is not None:
                written = said[:place] + way + said[place + len(way) :]
                meant |= {one.value: one for one in match_answer(question, written)}
    return list(meant.values()) if len(meant) == 1 else []


def _place(wanted: tuple[str, ...], heard: tuple[str, ...]) -> int | None:
    places = range(len(heard) - len(wanted) + 1)
    return next((start for start in places if heard[start : start + len(wanted)] == wanted), None)


def _sounds(text: str) -> tuple[str, ...]:
    return tuple(map(_syllable, text))


@cache
def _syllable(character: str) -> str:
    return str(lazy_pinyin(character)[0])

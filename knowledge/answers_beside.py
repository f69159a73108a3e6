"""Understands in a message the answers to questions of the questionnaire other than the open one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge import model
from knowledge.answer_matching import (
    CLAUSE_END,
    NO,
    YES,
    Match,
    asks,
    bare,
    longest_said,
    match_answer,
    plain,
    ways_of,
)

SHORTEST_OF_ITS_OWN = 4
"""Shorter words that answer several questions (要申领, 不办) belong to the open one unless another is named beside."""
SHORTEST_NAME = 2
_ANSWERING = (
    "不",
    "没",
    "未",
    "要",
    "有",
    "是",
    "想",
    "办",
    "得",
    "需",
    "用",
    "可",
    "行",
    "好",
    "对",
    "嗯",
    "木",
    "冇",
)


def match_others(questions: Iterable[model.Question], text: str, among: Sequence[model.Question] = ()) -> list[Match]:
    """Answers to further questions in the same sentence: taken only when one option alone is clearly said.

    A word of two characters (党员) must be a clause of its own, and mean nothing for another question. A short word
    that answers another question as well (要申领) counts only in a clause that names this one. among: all questions.
    """
    questions = tuple(questions)
    among = among or questions
    found = []
    for question in questions:
        best = [one for one in longest_said(question, text, shortest=3) if _is_its_own(one, question, among, text)]
        best = best or _by_a_name(question, among, text) or said_with_its_name(question, among, text)
        if len(best) == 1:
            found += best
    return found


def _is_its_own(match: Match, question: model.Question, among: Sequence[model.Question], text: str) -> bool:
    """Whether words belong to this question: no other has them, or the clause says which one is meant."""
    if len(match.said) >= SHORTEST_OF_ITS_OWN:
        return True
    others = [one for one in among if one.id != question.id]
    if not any(match.said == bare(way) for one in others for option in one.options for way in ways_of(option)):
        return True
    clauses = [clause for clause in CLAUSE_END.split(text) if match.said in bare(clause)]
    return any(names(question, clause) for clause in clauses)


def names(question: model.Question, clause: str) -> bool:
    """Whether a clause names what a question is about. One character names nothing."""
    said = plain(clause)
    return any(len(topic) > 1 and plain(topic) in said for topic in question.topics)


def said_with_its_name(question: model.Question, among: Sequence[model.Question], text: str) -> list[Match]:
    """The options that a clause says beside the name of the question and nothing else: 社保卡这次不办.

    A bare yes or no beside a name may be half of a question (注销没有), so it counts for nothing.
    """
    meant: dict[str, Match] = {}
    for clause in CLAUSE_END.split(text):
        others = [one for one in among if one.id != question.id and names(one, clause)]
        if others or asks(clause) or not names(question, clause):
            continue
        said = bare(clause)
        for topic in sorted(question.topics, key=len, reverse=True):
            said = said.replace(bare(topic), "")
        said = _AROUND_A_CHANGE.sub("", said)
        ways = {
            "".join(_AROUND_A_CHANGE.split(bare(way))): option.id
            for option in question.options
            for way in ways_of(option)
        }
        if said in ways and said not in _TOO_BARE:
            meant[ways[said]] = Match(question.id, ways[said], False, len(bare(clause)), bare(clause))
    return list(meant.values())


_AROUND_A_CHANGE = re.compile(
    r"""那[一]?[条个项题]|这[一]?[条个项题次回]|改[成为]|改$|^改|^把|^我(?:说|想)?|^还是|^就|^那|也|先|[吧嘛]$"""
)
"""What stands around the new answer to a question that is named."""
_TOO_BARE = {"", *YES, *NO} - {"要", "不要", "不用"}


def _by_a_name(question: model.Question, questions: Sequence[model.Question], text: str) -> list[Match]:
    """The options that a clause of two characters names by a part of their label; none by a yes, a no or a doubt in
    other words (要办, 没销)."""
    clauses = {bare(clause) for clause in CLAUSE_END.split(text)}
    clauses = {one for one in clauses if len(one) == SHORTEST_NAME and not one.startswith(_ANSWERING)}
    meant = {
        (one.id, option.id): clauses & {bare(way) for way in ways_of(option) if way in option.label}
        for one in questions
        for option in one.options
    }
    said = {key: names for key, names in meant.items() if names}
    if {asked for asked, _ in said} != {question.id}:
        return []
    return [Match(question.id, value, False, SHORTEST_NAME, min(names)) for (_, value), names in said.items()]


def still_said(match: Match, question: model.Question, others: Iterable[Match], text: str) -> bool:
    """Whether an answer is still said when the words of longer answers to other questions are taken out of the text.

    「不是」 of 「不是原来的地方」 is not; 「自主就业」 of 「自主就业，今年九月退的」 is.
    """
    rest = plain(text)
    for other in others:
        if other.words > match.words and other.said:
            rest = rest.replace(other.said, "，")
    return rest == plain(text) or [one.value for one in match_answer(question, rest)] == [match.value]

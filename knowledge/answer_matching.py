"""Understands what somebody answers to a question of the questionnaire: a number, a label, or a sentence.

Longer words win over shorter ones, so that 「没注销」 is not taken for 「注销」.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge import model
from knowledge.conditions import UNSURE
from knowledge.vocabulary import fold

_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_NUMBER = re.compile(
    r"""^(?:我?(?:选|要|填|答)?(?:择|的是)?)?   # 选, 我选, 选择
        (?:第)?
        ([1-9一二两三四五六七八九])
        (?:个|项|条|号|种|样)?
        [.、。,，!！)）]*
        (?:吧|的|那个|哈|呗|了)?[.。!！]*$""",
    re.VERBOSE,
)
_UNSURE = (
    "不确定", "不清楚", "不知道", "不晓得", "记不得", "记不清", "不记得", "说不准", "拿不准", "搞不清",
    "弄不清", "没搞懂", "不太清楚", "不太确定", "忘了", "不懂", "晓不得", "说不好", "不好说",
)  # fmt: skip
_YES = (
    "是", "是的", "是滴", "对", "对的", "对头", "嗯", "嗯嗯", "恩", "有", "有的", "要", "办了", "办过了",
    "办好了", "没错", "可以", "好", "好的", "行", "中", "要得", "得行", "当然", "肯定", "是啊", "是呀", "是哩",
    "对对", "对啊", "yes", "ok", "确认",
)  # fmt: skip
_NO = (
    "不是", "不", "没有", "没", "木有", "冇", "冇得", "没得", "莫有", "没办", "还没", "还没有", "没呢",
    "没有呢", "不是的", "否", "不要", "不对", "不用", "没有啊", "不是啊", "没办过", "no",
)  # fmt: skip
SHORTEST_BY_LIKENESS = 5
ALIKE = 0.6
CLEARLY_MORE_ALIKE = 0.15
_ASKING = (
    "吗", "？", "?", "什么", "啥", "怎么", "咋", "多少", "几", "哪", "要不要", "是不是", "能不能", "为何", "谁", "多久",
)  # fmt: skip


@dataclass(frozen=True)
class Match:
    """An answer that was understood. `exact` when the whole message is nothing but the answer; `words` is how many
    characters of it said so."""

    question: str
    value: str
    exact: bool
    words: int = 0


def chosen_number(text: str) -> int | None:
    """The number of a message that is nothing but a number: 2, ２, ②, 选二, 第二个, 2. — otherwise None."""
    bare = text.strip()
    if len(bare) == 1 and bare in _CIRCLED:
        return _CIRCLED.index(bare) + 1
    found = _NUMBER.match(fold(bare).replace(" ", ""))
    if not found:
        return None
    digit = found.group(1)
    return 2 if digit == "两" else int(digit) if digit.isdigit() else _DIGITS.index(digit)


def match_answer(question: model.Question, text: str) -> list[Match]:
    """What the text may mean as an answer to the question: none, one, or several that it could mean alike.

    The option after the last one is 「不确定」.
    """
    number = chosen_number(text)
    if number is not None:
        values = [*(option.id for option in question.options), UNSURE]
        return [Match(question.id, values[number - 1], True)] if number <= len(values) else []
    said = _bare(text)
    exact = [option for option in question.options if said in {_bare(one) for one in _ways(option)}]
    if exact:
        return [Match(question.id, option.id, True) for option in exact]
    plain = _plain_yes_or_no(question, said)
    if plain:
        return [plain]
    best = _longest(question, said) or _nearest(question, said)
    if best:
        return best
    if any(one in said for one in _UNSURE):
        return [Match(question.id, UNSURE, len(said) <= 8)]
    return []


def match_others(questions: Iterable[model.Question], text: str) -> list[Match]:
    """Answers to further questions in the same sentence: taken only when one option alone is clearly said."""
    said = _bare(text)
    found = []
    for question in questions:
        best = _longest(question, said, shortest=3)
        if len(best) == 1:
            found += best
    return found


def _longest(question: model.Question, said: str, shortest: int = 2) -> list[Match]:
    """The options with the longest words inside the text; a shorter word inside a longer one found does not count."""
    lengths: dict[str, int] = {}
    for option in question.options:
        found = [len(_bare(one)) for one in _ways(option) if shortest <= len(_bare(one)) and _bare(one) in said]
        if found:
            lengths[option.id] = max(found)
    longest = max(lengths.values(), default=0)
    return [Match(question.id, value, False, length) for value, length in lengths.items() if length == longest]


def _nearest(question: model.Question, said: str) -> list[Match]:
    """The one option that a longer text is most like, by pairs of characters: a label said in part, or with slips."""
    if len(said) < SHORTEST_BY_LIKENESS:
        return []
    likeness = {option.id: max(_likeness(said, _bare(one)) for one in _ways(option)) for option in question.options}
    best, *others = sorted(likeness, key=lambda value: -likeness[value])
    clear = all(likeness[best] - likeness[other] >= CLEARLY_MORE_ALIKE for other in others)
    if likeness[best] < ALIKE or not clear:
        return []
    return [Match(question.id, best, False, round(likeness[best] * len(said)))]


def _likeness(one: str, other: str) -> float:
    """Dice over pairs of neighbouring characters, 0 to 1."""
    first, second = ({text[start : start + 2] for start in range(len(text) - 1)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def _plain_yes_or_no(question: model.Question, said: str) -> Match | None:
    """A bare yes or no answers a question whose options are `yes` and `no`."""
    options = {option.id for option in question.options}
    if "yes" in options and said in _YES:
        return Match(question.id, "yes", True)
    if "no" in options and said in _NO:
        return Match(question.id, "no", True)
    return None


def fills(match: Match, question: model.Question, text: str) -> bool:
    """Whether an answer makes up at least half of a message that asks nothing; words of the question do not count."""
    said = _bare(text)
    for topic in sorted(question.topics, key=len, reverse=True):
        said = said.replace(_bare(topic), "")
    return not any(word in text for word in _ASKING) and 2 * match.words >= len(said)


def says_yes(text: str) -> bool:
    """Whether a message is a bare yes."""
    return _bare(text) in _YES


def says_no(text: str) -> bool:
    """Whether a message is a bare no."""
    return _bare(text) in _NO


def _ways(option: model.Option) -> tuple[str, ...]:
    return (option.label, *option.means)


def _bare(text: str) -> str:
    """Only letters and digits, without the particles at the end that change nothing."""
    kept = "".join(character for character in fold(text) if character.isalnum())
    return kept.rstrip("啊呀吧哦噢喔呢哈嘛哩咯") or kept

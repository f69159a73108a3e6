"""Understands what somebody answers to a question of the questionnaire: a number, a label, or a sentence.

Longer words win over shorter ones, so that 「没注销」 is not taken for 「注销」.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge import model
from knowledge.conditions import UNSURE
from knowledge.numerals import NUMERAL, value_of
from knowledge.vocabulary import fold

_NUMBER = re.compile(
    rf"""(?:那就|就|我)?(?:选择?|要|填|答)?(?:的是|选项)?  # 选, 我选, 选择, 那就
        (?:第({NUMERAL})[个项条号种样]?
        |\(?({NUMERAL})[号项]?)  # without 第 两个 is both, 一样 the same
        (?:选项)?
        [.、。,!)]*
        (?:吧|的|那个|哈|呗|了)?[.。!]*""",
    re.VERBOSE,
)
_TWO_NUMBERS = re.compile(r"\d\s+\d")
_KEYCAP = str.maketrans("", "", "\ufe0f\u20e3 \u3000")
"""What turns a digit into a key to press, and blanks."""
DOUBTING = (
    "不确定", "不清楚", "不知道", "不晓得", "记不得", "记不清", "不记得", "说不准", "拿不准", "搞不清",
    "弄不清", "没搞懂", "不太清楚", "不太确定", "忘了", "不懂", "晓不得", "说不好", "不好说", "没弄清",
    "没搞清", "不太清",
)  # fmt: skip
YES = (
    "是", "是的", "是滴", "对", "对的", "对头", "嗯", "嗯嗯", "恩", "有", "有的", "要",
    "没错", "可以", "好", "好的", "行", "中", "要得", "得行", "当然", "肯定",
    "对对", "yes", "ok", "确认", "没问题", "没得问题",
    "都对", "对的都对", "就这样", "正确", "是这样", "是这样的", "没毛病",
)  # fmt: skip
NO = (
    "不是", "不", "没有", "没", "木有", "冇", "冇得", "没得", "莫有", "没办", "还没", "还没有",
    "不是的", "否", "不要", "不对", "不用", "没办过", "no",
)  # fmt: skip
_AGREEING = re.compile(r"(?:没错|是|对|嗯|恩|好|行|中|可以|要得|的|了|呢|看|吧|就这样){2,}")
"""Words of agreement one behind the other: 恩对, 对的看吧, 是的是的."""
_NOT_AGREEING = re.compile(r"[好行的了呢看吧]+")
"""行了, 好了 alone stop somebody rather than agree with him."""
_DENYING = ("不", "不是", "不算", "没", "没有", "没得", "未", "木有", "冇", "莫", "非")
CLAUSE_END = re.compile(r"[\s，。；！？,;!?]+")
"""What parts one clause of a message from the next."""
LEAST_OF_A_QUESTION = 4
"""So long an answer may hold a word that asks: 原来在哪落哪."""
SHORTEST_BY_LIKENESS = 5
ALIKE = 0.6
CLEARLY_MORE_ALIKE = 0.15
_SEEKING = ("吧", "呗", "啵", "噻", "嘛")
_ASKING = (
    "吗", "？", "?", "什么", "啥", "怎么", "咋", "多少", "几", "哪", "要不要", "是不是", "能不能", "为何", "谁", "多久",
    "了没", "有没有", "用不用", "行不行", "可不可以", "会不会", "是否", "得行不",
)  # fmt: skip


@dataclass(frozen=True)
class Match:
    """An answer that was understood. `exact` when the whole message is nothing but the answer; `words` is how many
    characters of it said so, `said` the words themselves where they stand in the message as they are."""

    question: str
    value: str
    exact: bool
    words: int = 0
    said: str = field(default="", compare=False)


def chosen_number(text: str) -> int | None:
    """The number of a message that is nothing but a number: 2, ２, ②, 选二, 第二个, 2., 第12项 — otherwise None."""
    if _TWO_NUMBERS.search(text):
        return None
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text.translate(_KEYCAP)))
    if not found:
        return None
    return value_of(found.group(1) or found.group(2))


def match_answer(question: model.Question, text: str) -> list[Match]:
    """What the text may mean as an answer to the question: none, one, or several that it could mean alike.

    The option after the last one is 「不确定」.
    """
    number = chosen_number(text)
    if number is not None:
        values = [*(option.id for option in question.options), UNSURE]
        return [Match(question.id, values[number - 1], True)] if number <= len(values) else []
    said = bare(text)
    exact = [option for option in question.options if said in {bare(one) for one in ways_of(option)}]
    if exact:
        return [Match(question.id, option.id, True) for option in exact]
    not_known = {bare(one) for one in question.unsure_means}
    if said in not_known:
        return [Match(question.id, UNSURE, True)]
    whole = _plain_yes_or_no(question, said)
    if whole:
        return [whole]
    best = longest_said(question, text) or _short_clause(question, text)
    if best:
        return best
    if any(one in said for one in (*DOUBTING, *not_known)):
        return [Match(question.id, UNSURE, len(said) <= 8)]
    return _nearest(question, said)


def longest_said(question: model.Question, text: str, shortest: int = 2) -> list[Match]:
    """The options with the longest words inside the text; a shorter word inside a longer one found does not count,
    nor does one that the text denies or is unsure of."""
    ways = {(option.id, bare(one)) for option in question.options for one in ways_of(option)}
    clauses = [bare(clause) for clause in (*CLAUSE_END.split(text), text)]
    sure = [clause for clause in clauses if not any(one in clause for one in DOUBTING)]
    said = set().union(*(_said(clause, {way for _, way in ways if len(way) >= shortest}) for clause in sure))
    longest = max(map(len, said), default=0)
    meant = {value: way for value, way in sorted(ways) if way in said and len(way) == longest}
    return [
        Match(question.id, option.id, False, longest, meant[option.id])
        for option in question.options
        if option.id in meant
    ]


def _short_clause(question: model.Question, text: str) -> list[Match]:
    """The options of which a clause is a way too short to be looked for inside others: 嗯，是; 我有."""
    clauses = {bare(clause).removeprefix("我") for clause in CLAUSE_END.split(text)}
    meant = [option for option in question.options if clauses & {bare(one) for one in ways_of(option)}]
    return [Match(question.id, option.id, False, 1) for option in meant]


def _said(clause: str, ways: set[str]) -> set[str]:
    """The ways that stand in a clause, without those that a word right before denies and what is part of them."""
    spans = [(found.span(), way) for way in ways for found in re.finditer(re.escape(way), clause)]
    denied = [span for span, _ in spans if clause[: span[0]].endswith(_DENYING)]
    return {way for (start, end), way in spans if not any(first <= start and end <= last for first, last in denied)}


def _nearest(question: model.Question, said: str) -> list[Match]:
    """The one option that a longer text is most like, by pairs of characters: a label said in part, or with slips."""
    if len(said) < SHORTEST_BY_LIKENESS:
        return []
    likeness = {
        option.id: max(_likeness(said, bare(one)) if _denies(one) is _denies(said) else 0.0 for one in ways_of(option))
        for option in question.options
    }
    best, *others = sorted(likeness, key=lambda value: -likeness[value])
    clear = all(likeness[best] - likeness[other] >= CLEARLY_MORE_ALIKE for other in others)
    if likeness[best] < ALIKE or not clear:
        return []
    return [Match(question.id, best, False, round(likeness[best] * len(said)))]


def _denies(text: str) -> bool:
    return any(word in text for word in _DENYING)


def _likeness(one: str, other: str) -> float:
    """Dice over pairs of neighbouring characters, 0 to 1."""
    first, second = ({text[start : start + 2] for start in range(len(text) - 1)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def _plain_yes_or_no(question: model.Question, said: str) -> Match | None:
    """A bare yes or no answers a question whose options are `yes` and `no`."""
    options = {option.id for option in question.options}
    if "yes" in options and _agrees(said):
        return Match(question.id, "yes", True)
    if "no" in options and said in NO:
        return Match(question.id, "no", True)
    return None


def fills(match: Match, question: model.Question, text: str, others: Sequence[Match] = ()) -> bool:
    """Whether an answer, with those to other questions, makes up at least half of a message that asks nothing.

    Words of the question do not count. The answers' own words ask nothing, whatever stands in them: 原来在哪落哪.
    """
    told = (match, *others)
    said = bare(text)
    for topic in sorted(question.topics, key=len, reverse=True):
        said = said.replace(bare(topic), "")
    if asks(text) and match.words < LEAST_OF_A_QUESTION:
        return False  # 「要不要带」 holds 「不要」.
    return not asks(without(text, told)) and 2 * sum(one.words for one in told) >= len(said)


def without(text: str, told: Iterable[Match]) -> str:
    """A text without the words of answers in it."""
    rest = plain(text)
    for one in sorted(told, key=lambda one: -len(one.said)):
        rest = rest.replace(one.said, "，") if one.said else rest
    return rest


def asks(text: str) -> bool:
    """Whether a text has a word that asks."""
    return any(word in text for word in _ASKING)


def seeks_an_answer(text: str) -> bool:
    """Whether a text asks, or tells something to hear that it is so: 「交一张就够了吧」."""
    return asks(text) or text.rstrip("。！？!?~ ").endswith(_SEEKING)


def says_yes(text: str) -> bool:
    """Whether a message is nothing but yes, be it said twice: 没问题，都对."""
    clauses = [bare(clause) for clause in CLAUSE_END.split(text) if clause]
    return bool(clauses) and all(_agrees(clause) for clause in clauses)


def _agrees(said: str) -> bool:
    return said in YES or bool(_AGREEING.fullmatch(said) and not _NOT_AGREEING.fullmatch(said))


def says_no(text: str) -> bool:
    """Whether a message is a bare no."""
    return bare(text) in NO


def ways_of(option: model.Option) -> tuple[str, ...]:
    """How people say an option: its label and what the guide's editor wrote beside it."""
    return (option.label, *option.means)


def bare(text: str) -> str:
    """Only letters and digits, without the particles at the end that change nothing."""
    kept = "".join(character for character in plain(text) if character.isalnum())
    return kept.rstrip("啊呀吧哦噢喔呢哈嘛哩咯撒噻嘞咧嗦呗") or kept


def plain(text: str) -> str:
    """The text in the form in which words are compared, with one word for oneself."""
    return fold(text).replace("俺", "我")

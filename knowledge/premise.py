"""Finds what a caller takes for granted, so that it is checked first: 「既然不用交身份证」「听说补助有五万对吧」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.listing import read
from knowledge.vocabulary import Vocabulary

_TELLERS = "战友|朋友|别人|人家|他们|有人|大家|邻居|村里人?|同事|网上|抖音上|家里人|群里|老乡|连里|班长"
_OFFICES = "窗口|派出所|武装部|社区|部队|服务中心|社保局|银行"
_SINCE = re.compile(r"^(?:那|可是|可|但是|但)?(?:你们)?既然(?:这样|说)?(?:都)?[，,：:]?")
_HEARSAY = re.compile(
    rf"""^(?:那|可是|可|但是|但|不过)?(?:
        (?:我|俺)?(?:是)?(?:听|听到|听见)(?:人|人家|别人|{_TELLERS}|谁)?(?:都)?(?:说|讲)(?:是|了|过)?(?!的)
        | (?:{_TELLERS})(?:都|也)?(?:跟我|和我|告诉我|给我)?(?:说|讲)(?:是|了)?(?!的)
        | 都说 | 据说 | 不是说(?:好)?
    )[，,：:]?""",
    re.VERBOSE,
)
_SAID_BY_OFFICE = re.compile(
    rf"^(?:{_OFFICES})(?:的?人)?(?:都|也)?(?:跟我|和我|告诉我|给我)?(?:说|讲)(?:是|了)?[，,：:]?"
)
_IS_IT_SO = re.compile(
    r"""[，,]?(?:
        对吧 | 对不对 | 对吗 | 没错吧 | 是吧 | (?:是)?真的(?:吗|吧|假的) | 真嘞假嘞 | 是真是假
        | 有这(?:回)?事吗 | 靠谱吗 | 属实吗
    )[啊呀哈]?$""",
    re.VERBOSE,
)
_DOUBT_ALONE = re.compile(
    r"^(?=.*[真对是事])(?:这|这个|那)?(?:到底)?(?:是不是|是)?(?:真的|真|对的?|这样|有这回事|有这事)?(?:吗|吧|不|假的|嘞假嘞)?[啊呀]?$"
)
_THEN = re.compile(r"(?<=.{3})[，,]?那(?:么|我|就|还|要|个)?(?=.{2})")
_NUMBER = r"\s*[\d一二两三四五六七八九十百千万半]+(?:来|多)?\s*"
_MONEY = re.compile(
    rf"(?:有|是|发|给|能领|能拿|领|拿|得|要交|交|要)?(?:了)?{_NUMBER}(?:万|千|百|块|元)(?:块|元)?(?:多)?(?:钱)?$"
)
_DAYS = re.compile(
    rf"(?:只|就|光|要|得|等|是)*{_NUMBER}个?(?:工作日|天|月|星期|礼拜)(?:就)?(?:能好|能办好|办好|办完|到账|下来)?$"
)
_SHORTEST = 3


@dataclass(frozen=True)
class Premise:
    """What is taken for granted, and what the same clause asks beside it."""

    text: str
    rest: str


def premise_in(clause: str, vocabulary: Vocabulary) -> Premise | None:
    """The premise of a clause; None when nothing is taken for granted, or nothing that a guide could speak of."""
    is_asked = _IS_IT_SO.search(clause)
    begun = _SINCE.match(clause) or _HEARSAY.match(clause) or (_SAID_BY_OFFICE.match(clause) if is_asked else None)
    if begun is None and is_asked is None:
        return None
    text = clause[begun.end() if begun else 0 : is_asked.start() if is_asked else len(clause)]
    then = _THEN.search(text) if begun else None
    premise = Premise(text[: then.start()], text[then.end() :]) if then else Premise(text, "")
    question = as_question(premise.text)
    said = read(question, vocabulary)
    is_stated = bool(said.sides) or any(one.kind == "paper" and one.strength == 1 for one in vocabulary.find(question))
    return premise if len(premise.text) >= _SHORTEST and said.names and is_stated else None


def is_doubt(clause: str) -> bool:
    """Whether a clause only asks if what was said before it is so: 「是不是真的」."""
    return bool(clause and (_DOUBT_ALONE.match(clause) or _IS_IT_SO.match(clause)))


def as_question(premise: str) -> str:
    """The premise as a question that a guide can answer: a sum asks how much, a span of time how long."""
    text = premise.strip(" ，,。吧吗啊呢")
    asked = _MONEY.sub("多少钱", text, count=1)
    return asked if asked != text else _DAYS.sub("要几天", text, count=1)

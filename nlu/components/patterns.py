"""Finds what follows a pattern instead of a list of words: case numbers, and the number of a choice."""

import re
from collections.abc import Iterator

from nlu.components.dictionary import Folded, Found, fold

CASE_NUMBER = re.compile(
    r"""
    (?<![0-9a-z])
    ty([0-9oil]{2})         # TY and the year
    [-_‐‑‒–—−ー]*
    ([0-9a-tv-z]{4})        # eight characters of Crockford's base32, where o is read as 0, and i and l as 1
    [-_‐‑‒–—−ー]*
    ([0-9a-tv-z]{4})
    (?![0-9a-z])
    """,
    re.VERBOSE,
)
LOOKALIKES = str.maketrans("oil", "011")

CHINESE_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
CHINESE_DIGITS |= {"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
DIGIT = r"(?:[0-9]{1,2}|十[一二三四五六七八九]?|[一二三四五六七八九十壹贰叁肆伍])"
# What may follow a number that counts choices. 条 is left out: 第 2 条 is a clause of a guide.
COUNTER = r"(?:个|项|种|号|类|题|行|格)"

ORDINAL_IN_TEXT = re.compile(
    rf"""
    第(?P<counted>{DIGIT}){COUNTER}                     # 第二个
    | (?:选项?|选择|按|回复?|输入|序号|编号|数字|答案?是?)第?(?P<chosen>{DIGIT})(?![0-9年月日号天周岁点万千百]) # 选2
    | (?P<last>最后(?:一|那|面那)?{COUNTER})            # 最后一个
    """,
    re.VERBOSE,
)
# A message that is a number and nothing else, or several of them: 2 / 2. / （二） / 1、3 / 第二吧
ONLY_ORDINALS = re.compile(
    rf"""
    ^[(（【「“"]?
    (?:就|要|我要|我选|选|那就)?第?
    (?P<all>{DIGIT}(?:{COUNTER})?(?:[,，、.和跟及+]第?{DIGIT}(?:{COUNTER})?)*)
    [)）】」”"]?
    [.。、,，!！)）]*(?:吧|呀|啊|呢|嘛|哈|呗)?[。.!！]*$
    """,
    re.VERBOSE,
)
LAST = "last"


def find_patterns(text: str) -> list[Found]:
    """Case numbers (value `TY26-8F3K-M2QX`) and numbers of choices (value `2`, or `last`) in the order of the text."""
    folded = fold(text)
    found = [*_case_numbers(folded), *_ordinals(folded)]
    return sorted(found, key=lambda one: one.start)


def _case_numbers(folded: Folded) -> Iterator[Found]:
    for match in CASE_NUMBER.finditer(folded.text):
        value = "-".join(
            ["ty" + match[1].translate(LOOKALIKES), *(part.translate(LOOKALIKES) for part in match.groups()[1:])]
        )
        yield Found(*folded.original(*match.span()), "case_number", value.upper())


def _ordinals(folded: Folded) -> Iterator[Found]:
    if only := ONLY_ORDINALS.match(folded.text):
        start = only.start("all")
        for match in re.finditer(DIGIT, only["all"]):
            yield Found(*folded.original(start + match.start(), start + match.end()), "ordinal", _number(match.group()))
        return
    for match in ORDINAL_IN_TEXT.finditer(folded.text):
        digits = match["counted"] or match["chosen"]
        yield Found(*folded.original(*match.span()), "ordinal", _number(digits) if digits else LAST)


def _number(digits: str) -> str:
    if digits.isdecimal():
        return str(int(digits))
    return str(sum(CHINESE_DIGITS[digit] for digit in digits))

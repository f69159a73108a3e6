"""Takes the last four characters of an identity number out of a message, by which somebody proves that a case is his.

They become 〔后四位1〕. Masked are four characters that are announced (后四位, 尾号), stand beside a case number, or
are awaited; elsewhere four digits are a year, an amount or the number of a house.
"""

from __future__ import annotations

import re

from bot.masking.kinds import Kind
from bot.masking.masker import Found, Masked

WAYS = ("零〇洞", "一幺", "二两", "三", "四", "五", "六", "七拐", "八", "九勾")
"""How each digit is said."""
_SPOKEN = str.maketrans(
    {way: str(digit) for digit, ways in enumerate(WAYS) for way in ways}
    | {chr(ord("０") + digit): str(digit) for digit in range(10)}
    | {"Ｘ": "X", "ｘ": "X", "x": "X", "叉": "X", "✕": "X", "×": "X"}
)
_NUMERALS = "".join(WAYS)
_DIGIT = rf"[0-9０-９{_NUMERALS}]"
_LAST = rf"[0-9０-９xXｘＸ叉✕×{_NUMERALS}]"
_BETWEEN = r"(?:[\s\-_.·—–−－]|横杠|横线|短横|短线|减号|杠|横|空格|空)*"
_CASE_NUMBER = re.compile(
    rf"(?<![a-z])[tＴｔ]{_BETWEEN}[yＹｙ]{_BETWEEN}(?:二十{_DIGIT}|{_DIGIT}{_BETWEEN}{_DIGIT})"
    rf"(?:{_BETWEEN}[0-9a-z０-９Ａ-Ｚａ-ｚ{_NUMERALS}]){{8}}|(?<![0-9a-z])\d\d[\s-]+[0-9a-z]{{4}}[\s-]+[0-9a-z]{{4}}",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"""(?:(?:最后|后|末|尾)[四4]位(?:数字|号码|数|号)?|尾号|尾数)  # what comes
        (?:就?是|为|：|:|，|,|\s)*
        (?P<four>{_DIGIT}\s?{_DIGIT}\s?{_DIGIT}\s?{_LAST})(?![0-9a-zA-Z])""",
    re.VERBOSE,
)
_WHOLE = re.compile(
    rf"[\s。.，,！!]*(?:就?是|我的是)?\s*(?P<four>(?:{_DIGIT}\s?){{3}}{_LAST})\s*(?:[。.，,！!]|吧|呢|啊|的)*"
)
_ALONE = re.compile(
    r"(?<![0-9A-Za-z０-９〔\-—])(?P<four>[0-9０-９]{3}[0-9０-９xXｘＸ])(?![0-9A-Za-z０-９〕\-—]|\s*[年元块号])"
)


def mask_last_four(text: str, is_awaited: bool) -> Masked:
    """The message without such a proof. is_awaited: it was just asked for."""
    case_number = _CASE_NUMBER.search(text)
    start, end = case_number.span() if case_number else (0, 0)
    rest = text[:start] + "\n" * (end - start) + text[end:]
    found = _ANNOUNCED.search(rest)
    if found is None and is_awaited:
        found = _WHOLE.fullmatch(rest)
    if found is None and (is_awaited or case_number):
        found = _ALONE.search(rest)
    if found is None:
        return Masked(text)
    value = re.sub(r"\s", "", found["four"]).translate(_SPOKEN)
    placeholder = f"〔{Kind.LAST_FOUR.value}1〕"
    masked = text[: found.start("four")] + placeholder + text[found.end("four") :]
    return Masked(masked, (Found(Kind.LAST_FOUR, placeholder, value),))

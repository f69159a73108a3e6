"""Finds a case number and its proof in what people type, or say on the telephone: 「TY二六杠八F三K杠M二QX」."""

from __future__ import annotations

import re

from knowledge.vocabulary import fold

WAYS = ("零〇洞", "一幺", "二两", "三", "四", "五", "六", "七拐", "八", "九勾")
"""How each digit is said; 洞幺拐勾 by soldiers."""
SPOKEN = str.maketrans({way: str(digit) for digit, ways in enumerate(WAYS) for way in ways})
LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})
"""Letters that no case number has are read as what they look or sound like."""
SYMBOL = f"[0-9a-z{''.join(WAYS)}]"
BETWEEN = r"(?:[\s\-_.·—–−－]|横杠|横线|短横|短线|减号|杠|横|空格|空)*"
YEAR = f"[0-9{''.join(WAYS)}]"
CASE_NO = re.compile(
    rf"""(?<![a-z])t{BETWEEN}y{BETWEEN}
        (二十{YEAR}|{YEAR}{BETWEEN}{YEAR}){BETWEEN}   # the year
        ({SYMBOL}(?:{BETWEEN}{SYMBOL}){{7}})(?![0-9a-z])  # eight characters""",
    re.VERBOSE,
)
WITHOUT_LETTERS = re.compile(rf"\D*?(?<![0-9a-z])(\d\d)[\s-]*({SYMBOL}{{4}}[\s-]+{SYMBOL}{{4}})(?![0-9a-z])\D*")
"""The number without TY at its front: only where a number was asked for."""
PLACEHOLDER = re.compile(r"〔(?:身份证号|后四位)\d+〕")
LAST_FOUR = re.compile(
    r"""(?<![0-9a-z])(\d{3}[\dx])   # four characters that stand alone
        (?![0-9a-z]|\s*[年元块号])   # and are no year, no amount and no number of a house""",
    re.VERBOSE,
)


def case_number_in(text: str, is_asked: bool = False) -> str | None:
    """The case number in a text, written as it is stored: TY26-8F3K-M2QX.

    Blanks, hyphens, case and spoken digits do not matter. is_asked: it may also lack the letters at its front.
    """
    folded = fold(text)
    found = CASE_NO.search(folded) or (WITHOUT_LETTERS.fullmatch(folded) if is_asked else None)
    if not found:
        return None
    year, drawn = (re.sub(BETWEEN, "", part).replace("二十", "2").translate(SPOKEN) for part in found.groups())
    drawn = drawn.translate(LOOKALIKES)
    return f"TY{year}-{drawn[:4]}-{drawn[4:]}".upper()


def placeholder_in(text: str) -> str | None:
    """What stands for the proof in a masked message: of a whole identity number, or of its last four characters."""
    found = PLACEHOLDER.search(text)
    return found.group() if found else None


def last_four_in(text: str) -> str | None:
    """The last four characters of an identity number, where they were left unmasked."""
    found = LAST_FOUR.search(CASE_NO.sub(" ", fold(text)))
    return found.group(1).upper() if found else None

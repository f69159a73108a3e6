"""A second, independent pair of eyes on personal numbers: shares no code with `bot`, so it cannot share its mistakes.

Used where masked text, logs, tables or dumps are searched for what must not be there.
"""

import re
import unicodedata

_SPOKEN = str.maketrans("零〇○洞一壹幺二贰两三叁四肆五伍六陆七柒拐八捌九玖勾叉×", "00001112223344556677788999XX")
_NOT_NUMBER = re.compile(r"[^0-9X]")
_DIGIT_RUN = re.compile(r"[0-9]+X?")
_JOINTS = re.compile(r"(?<=[0-9])[\s\-_./~·•・—–‐−]{1,4}(?=[0-9X])")


def plain(text: str) -> str:
    """The text with every way of writing a digit turned into ASCII and nothing hidden between digits."""
    shown = "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Mn", "Me", "Cs"})
    return unicodedata.normalize("NFKC", shown).upper().translate(_SPOKEN)


def squeeze(text: str) -> str:
    """Only the digits and X of a text, in order: a planted value that is still there is found in it."""
    return _NOT_NUMBER.sub("", plain(text))


def holds(text: str, value: str) -> bool:
    """Tells whether the digits of `value` are still in the text, however they are divided."""
    return value in squeeze(text)


def find_leaks(text: str) -> list[str]:
    """Whatever in the text could be an identity number, a mobile number or a bank card."""
    shown = plain(text)
    runs = {run for form in (shown, _JOINTS.sub("", shown)) for run in _DIGIT_RUN.findall(form)}
    return sorted(leak for run in runs for leak in _leaks_of(run))


def _leaks_of(run: str) -> list[str]:
    leaks = [run[at : at + 18] for at in range(len(run) - 17) if _is_identity_number(run[at : at + 18])]
    if re.fullmatch(r"(0?0?86|0)?1[3-9][0-9]{9}", run):
        leaks.append(run)
    if re.fullmatch(r"[3-69][0-9]{15,18}", run) and _luhn(run) == 0:
        leaks.append(run)
    return leaks


def _is_identity_number(text: str) -> bool:
    shape = re.fullmatch(r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]", text)
    if not shape:
        return False
    total = sum((10 if char == "X" else int(char)) * pow(2, 17 - at, 11) for at, char in enumerate(text))
    return total % 11 == 1


def _luhn(digits: str) -> int:
    total = 0
    for at, char in enumerate(reversed(digits)):
        number = int(char) * (2 if at % 2 else 1)
        total += number // 10 + number % 10
    return total % 10

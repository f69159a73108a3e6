"""Reads the digits of a message into groups, however people write them, and says how the groups hang together.

Every character of the message is first mapped to one character of the same place (so that positions stay), then one
pass finds the groups. Each step is linear in the length of the message: no pattern here can be made to run away.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.characters import ascii_form, is_blank, is_invisible

_HIDDEN = "\x00"
# How numbers are spoken: in figures, in capitals as banks write, on the military radio (洞幺两三四五六拐八勾).
_SPOKEN = {
    "0": "零〇○洞",
    "1": "一壹幺",
    "2": "二贰两",
    "3": "三叁",
    "4": "四肆",
    "5": "五伍",
    "6": "六陆",
    "7": "七柒拐",
    "8": "八捌",
    "9": "九玖勾",
}
# Spoken digits get a range of their own: 「一13812345678」 is a word and a number, not one longer number.
_SPOKEN_ZERO = 0xE000
_DASHES = "-‐‑‒–—―－﹣−_/／~～"
_DOTS = ".．·•・。"
_COMMAS = ",，、:：;；*＊|｜()（）"
_TENS = "xXｘＸ×✕✖хХχΧ叉"

_FIXED = {ord(char): chr(_SPOKEN_ZERO + int(digit)) for digit, chars in _SPOKEN.items() for char in chars}
_FIXED |= {
    ord(char): mark for mark, chars in {"-": _DASHES, ".": _DOTS, ",": _COMMAS, "X": _TENS}.items() for char in chars
}

# Circled and bracketed digits (①, ❶, ⑴, ⒈, ⓪) are figures here: a whole number can be written with them.
_FIXED |= {
    code: str(unicodedata.digit(chr(code)))
    for code in range(0x2460, 0x2800)
    if unicodedata.digit(chr(code), None) is not None and unicodedata.decimal(chr(code), None) is None
}

_GROUP = re.compile(
    r"""
      [0-9] (?: \x00*+ [0-9] )*+                            # figures, with hidden characters among them
    | [\uE000-\uE009] (?: \x00*+ [\uE000-\uE009] )*+        # spoken figures
    | (?<![A-Za-z]) X (?![A-Za-z])                          # the check character ten, not part of a word
    """,
    re.VERBOSE,
)
_CLOSE_GAP = re.compile(r"\ *+ (?: [-.] \ *+ ){0,3}+", re.VERBOSE)
_LOOSE_GAP = re.compile(r"[ ]*+ (?: [-.,] [ ]*+ ){1,3}+", re.VERBOSE)
_WIDEST_GAP = 40


class Gap(IntEnum):
    """How a group hangs together with the one before it, from closest to not at all."""

    NONE = 0
    """Nothing between them but a change from figures to spoken figures."""
    CLOSE = 1
    """Blanks, line ends, dashes, dots, slashes: people write numbers that way."""
    LOOSE = 2
    """Commas, colons, brackets: seldom one number, often two."""
    BREAK = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together in a message, or the check character X by itself."""

    digits: str
    """ASCII digits, or a single 'X'."""
    places: tuple[int, ...]
    """Where in the message each of them stands."""
    gap: Gap
    """How this group hangs together with the one before."""

    @property
    def start(self) -> int:
        """Where the group begins in the message."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Where the group ends in the message, exclusive."""
        return self.places[-1] + 1


def fold(text: str) -> str:
    """The text with every character mapped to one of the same meaning for numbers, at the same place."""
    return "".join(map(_fold_char, text))


def read_groups(folded: str) -> list[Group]:
    """All groups of digits of a folded text, in order."""
    return list(_groups(folded))


def _groups(folded: str) -> Iterator[Group]:
    end = 0
    for match in _GROUP.finditer(folded):
        written = match[0]
        digits = written.replace(_HIDDEN, "").translate(_TO_ASCII)
        if len(digits) == len(written):
            places = tuple(range(match.start(), match.end()))
        else:
            places = tuple(match.start() + offset for offset, char in enumerate(written) if char != _HIDDEN)
        yield Group(digits, places, _gap(folded[end : match.start()]) if end else Gap.BREAK)
        end = match.end()


def _gap(between: str) -> Gap:
    seen = between.replace(_HIDDEN, "")
    if not seen:
        return Gap.NONE
    if len(seen) > _WIDEST_GAP and not seen.isspace():
        return Gap.BREAK
    if _CLOSE_GAP.fullmatch(seen):
        return Gap.CLOSE
    return Gap.LOOSE if _LOOSE_GAP.fullmatch(seen) else Gap.BREAK


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    known = _FIXED.get(ord(char))
    if known is not None:
        return known
    if is_blank(char):
        return " "
    if is_invisible(char) or "\u0300" <= char <= "\u036f":
        return _HIDDEN
    plain = ascii_form(char)
    # Private characters of the sender must not pass for spoken digits.
    return "?" if "\ue000" <= plain <= "\uf8ff" else plain


_TO_ASCII = {_SPOKEN_ZERO + digit: str(digit) for digit in range(10)}

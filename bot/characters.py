"""What single characters mean in a message: digits of every script, blanks, and characters that nobody sees."""

import unicodedata
from functools import lru_cache

_LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Letters and marks by their category, blank by their picture: Hangul fillers, Braille blank, Khmer inherent vowels.
_INVISIBLE_LETTERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_KEYCAP = "\u20e3"


def is_line_break(char: str) -> bool:
    """Tells whether the character ends a line on some system."""
    return char in _LINE_BREAKS


def is_blank(char: str) -> bool:
    """Tells whether the character is a space of any width, a tab or the end of a line."""
    return char == "\t" or char in _LINE_BREAKS or unicodedata.category(char) == "Zs"


@lru_cache(maxsize=4096)
def is_invisible(char: str) -> bool:
    """Tells whether nobody sees the character: zero-width, bidi, controls, lone surrogates, selectors.

    Blanks are not invisible. The frame of a keycap emoji counts as invisible, so that 「1️⃣」 is the digit 1.
    """
    if char in _INVISIBLE_LETTERS or char == _KEYCAP:
        return True
    code = ord(char)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F or code == 0x034F:
        return True
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:  # Noncharacters, which no person can type.
        return True
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} and not is_blank(char)


@lru_cache(maxsize=4096)
def ascii_form(char: str) -> str:
    """The ASCII digit or Latin letter that the character stands for, else the character itself.

    Knows the decimal digits of every script (full-width, mathematical, Arabic-Indic) and full-width letters.
    Circled digits and Chinese numerals stay: they are words of their own.
    """
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if "\uff21" <= char <= "\uff3a" or "\uff41" <= char <= "\uff5a":
        return chr(ord(char) - 0xFEE0)
    return char

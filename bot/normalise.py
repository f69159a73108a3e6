"""Brings a message into the one form that all later steps read: visible characters, plain digits, calm spacing."""

import re
import unicodedata
from functools import lru_cache

from bot.characters import ascii_form, is_blank, is_invisible, is_line_break

LONGEST_TEXT = 2_000
"""The longest message in characters; the rest is cut off."""

# A number that the limit would cut in two is left out whole: half an identity number would escape masking.
_NUMBER_CHARACTERS = "0123456789Xx-. "
_LONGEST_NUMBER = 40


def normalise(text: str, limit: int = LONGEST_TEXT) -> str:
    """The message as a person sees it, at most `limit` characters long.

    Digits and Latin letters become ASCII, characters that nobody sees vanish, runs of blanks become one space, runs of
    empty lines become one. Chinese punctuation and 〔〕 stay as they were written, so this is not NFKC.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    plain = unicodedata.normalize("NFC", "".join(map(_plain, whole.replace("\r\n", "\n"))))
    lines = [re.sub(" +", " ", line).strip(" ") for line in plain.split("\n")]
    calm = re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return calm if len(calm) <= limit else _cut(calm, limit)


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """One character in its plain form; empty for a character that nobody sees."""
    if is_line_break(char):
        return "\n"
    if is_blank(char):
        return " "
    if is_invisible(char):
        return ""
    plain = ascii_form(char)
    if plain == char and _is_twin(char):
        return unicodedata.normalize("NFKC", char)
    return plain


def _is_twin(char: str) -> bool:
    """Tells whether the character is a second code point of an ordinary Chinese character (radicals, compatibility)."""
    return "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" or "\U0002f800" <= char <= "\U0002fa1f"


def _cut(text: str, limit: int) -> str:
    """The beginning of the text, without the beginning of a number."""
    kept = text[:limit]
    if text[limit] in _NUMBER_CHARACTERS:
        tail = kept[-_LONGEST_NUMBER:]
        kept = kept[:-_LONGEST_NUMBER] + tail.rstrip(_NUMBER_CHARACTERS)
    return kept.rstrip()

"""The identity number and the telephone number of an applicant, as they are stored."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from bot.masking.identity_number import check_character, is_valid, is_valid_old_form

BETWEEN = re.compile(r"[\s-]+")
MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
FIXED_LINE = re.compile(r"0[0-9]{9,11}")


def identity_number(written: str, today: date) -> str:
    """The 18 characters in capitals; an old number of 15 digits is widened. Whatever the birthplace.

    today: local date. Raises ValueError, which never repeats what was written.
    """
    number = _plain(written).upper()
    if is_valid_old_form(number):
        body = f"{number[:6]}19{number[6:]}"
        number = body + check_character(body)
    if not is_valid(number, today):
        raise ValueError("must be an identity number of 18 characters (GB 11643) or an old one of 15 digits")
    return number


def phone_number(written: str) -> str:
    """The digits without country code and separators. Raises ValueError, which never repeats what was written."""
    plain = _plain(written)
    if found := MOBILE.fullmatch(plain):
        return found[1]
    if FIXED_LINE.fullmatch(plain):
        return plain
    raise ValueError("must be a mobile number of 11 digits, or a fixed line with its area code")


def _plain(written: str) -> str:
    return BETWEEN.sub("", unicodedata.normalize("NFKC", written))

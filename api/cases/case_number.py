"""Case numbers: speakable, and with a part that cannot be guessed."""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: without I, L, O and U, which are misheard and misread."""
LOOKALIKES = str.maketrans("OIL", "011")
BETWEEN = re.compile(r"[\s-]+")
FORM = re.compile(rf"TY([0-9]{{2}})([{ALPHABET}]{{4}})([{ALPHABET}]{{4}})")


def new_case_number(year: int) -> str:
    """A number such as TY26-8F3K-M2QX: the year, then eight random characters (40 bits)."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"TY{year % 100:02d}-{drawn[:4]}-{drawn[4:]}"


def as_stored(written: str) -> str | None:
    """A case number as it is stored, whatever its width, case, blanks and hyphens; None for anything else."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", written)).upper()
    found = FORM.fullmatch(plain[:4] + plain[4:].translate(LOOKALIKES))
    return "TY{}-{}-{}".format(*found.groups()) if found else None

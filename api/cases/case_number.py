"""Case numbers: speakable, and with a part that cannot be guessed."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: without I, L, O and U, which are misheard and misread."""


def new_case_number(year: int) -> str:
    """A number such as TY26-8F3K-M2QX: the year, then eight random characters (40 bits)."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"TY{year % 100:02d}-{drawn[:4]}-{drawn[4:]}"

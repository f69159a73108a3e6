"""Passwords: argon2id with 64 MiB, about a tenth of a second of work."""

from __future__ import annotations

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

LEAST_CHARACTERS = 10
LEAST_DIGITS = 20
"""Where there are only digits: shorter ones are telephone numbers, birthdays and identity numbers."""
MOST_CHARACTERS = 200
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 4

# Of a random password that was thrown away. Compared with where there is no such account, so that both take as long.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$LDT6DjHZot0V9smaICPzuw$T/2S1ssNJwZxvYbGqT4wY5iz/fD86jNyiQf+22PCAGA"


class PasswordUnusable(Exception):
    """A password that is too easy to guess or too long; `key` names the sentence that says why."""

    def __init__(self, key: str, english: str) -> None:
        super().__init__(english)
        self.key = key


def check_password(password: str, login: str) -> None:
    """Raises PasswordUnusable."""
    if len(password) < LEAST_CHARACTERS:
        raise PasswordUnusable("password.too_short", f"a password has at least {LEAST_CHARACTERS} characters")
    if len(password) > MOST_CHARACTERS:
        raise PasswordUnusable("password.too_long", f"a password has at most {MOST_CHARACTERS} characters")
    if password.isdecimal() and len(password) < LEAST_DIGITS:
        raise PasswordUnusable("password.too_easy", f"a password of digits alone has at least {LEAST_DIGITS}")
    if len(set(password)) < LEAST_CHARACTERS // 2 or (login and login.casefold() in password.casefold()):
        raise PasswordUnusable("password.too_easy", "the password repeats itself or holds the login")


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return _hasher().hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Whether it is the password; takes as long when there is no account (None). Blocks for a tenth of a second."""
    matches = _hasher().verify(password, stored or NOBODY)
    return matches and stored is not None


def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES),))

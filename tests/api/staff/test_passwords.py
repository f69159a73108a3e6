"""Passwords: what they cost, and which are refused."""

from __future__ import annotations

import pytest

from api.staff.accounts import one_time_password
from api.staff.passwords import NOBODY, PasswordUnusable, check_password, hash_password, is_right

GOOD = "落日照大旗马鸣风萧萧"


def test_a_hash_is_argon2id_with_64_mib_and_its_own_salt() -> None:
    one, other = hash_password(GOOD), hash_password(GOOD)

    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != other
    assert is_right(GOOD, one)
    assert not is_right(GOOD + " ", one)


def test_nobody_takes_as_much_work_as_somebody_and_is_never_let_in() -> None:
    assert NOBODY.split("$")[1:4] == hash_password(GOOD).split("$")[1:4]
    assert not is_right(GOOD, None)


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("123456789", "password.too_short"),
        ("x" * 201, "password.too_long"),
        ("1212121212", "password.too_easy"),
        ("13800138000", "password.too_easy"),
        ("Zhang-2026-x", "password.too_easy"),
    ],
)
def test_weak_passwords_are_refused(password: str, key: str) -> None:
    with pytest.raises(PasswordUnusable) as error:
        check_password(password, "zhang")

    assert error.value.key == key


@pytest.mark.parametrize("password", [GOOD, "correct horse", "m-1234567890"])
def test_others_are_taken(password: str) -> None:
    check_password(password, "zhang")


def test_a_password_for_one_use_is_never_refused_and_never_the_same() -> None:
    made = {one_time_password("ab") for _ in range(500)} | {one_time_password("")}

    assert len(made) == 501
    assert not any("ab" in one for one in made)

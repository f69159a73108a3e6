from datetime import date

import pytest

from bot.masking.identity_number import (
    birth_date,
    check_character,
    is_valid,
    is_valid_old_form,
    looks_like_identity_number,
)
from tests.bot.number_spellings import COUNTIES, drawing, identity_number, old_identity_number, with_wrong_check

TODAY = date(2026, 3, 1)


def test_every_one_of_5000_valid_numbers_of_all_ages_and_counties_is_accepted():
    draw = drawing(1)
    numbers = [identity_number(draw) for _ in range(5_000)]
    assert len({number[:6] for number in numbers}) == len(COUNTIES) >= 50
    assert [number for number in numbers if not is_valid(number, TODAY)] == []


def test_a_wrong_check_character_is_refused():
    draw = drawing(2)
    numbers = [with_wrong_check(draw, identity_number(draw)) for _ in range(2_000)]
    assert [number for number in numbers if is_valid(number, TODAY)] == []


def test_any_two_neighbouring_digits_exchanged_are_noticed():
    number = identity_number(drawing(3))
    swapped = [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(17)]
    assert [other for other in swapped if other != number and is_valid(other, TODAY)] == []


def test_random_numbers_are_hardly_ever_accepted():
    draw = drawing(4)
    numbers = (f"{draw.randrange(10**18):018d}" for _ in range(50_000))
    assert sum(is_valid(number, TODAY) for number in numbers) <= 5


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),  # the example of GB 11643
        ("11010519491231002x", False),  # only the canonical form counts
        ("1101051949123100２X", False),
        ("11010519491231002", False),
        ("11010519491231002X0", False),
        ("", False),
        ("abcdefghijklmnopqr", False),
    ],
)
def test_only_the_canonical_form_is_valid(number, valid):
    assert is_valid(number, TODAY) is valid


@pytest.mark.parametrize(
    ("born", "valid"),
    [
        ("19000101", True),  # boundary: first day
        ("18991231", False),
        ("20260301", True),  # boundary: today
        ("20260302", False),
        ("20000229", True),
        ("19000229", False),
        ("19901301", False),
        ("19900100", False),
    ],
)
def test_the_birthday_is_a_day_from_1900_to_today(born, valid):
    body = "410105" + born + "123"
    assert is_valid(body + check_character(body), TODAY) is valid


def test_the_birthday_is_read():
    assert birth_date("11010519491231002X") == date(1949, 12, 31)
    assert birth_date("110105199902300021") is None


def test_old_numbers_are_accepted():
    draw = drawing(5)
    assert all(is_valid_old_form(old_identity_number(draw)) for _ in range(2_000))


@pytest.mark.parametrize("number", ["110105491331002", "010105491231002", "11010549123100", "11010549123100X", ""])
def test_what_is_no_old_number_is_refused(number):
    assert not is_valid_old_form(number)


def test_a_slip_in_the_check_character_still_looks_like_an_identity_number():
    assert looks_like_identity_number("381421199903212588")  # printed as a sample in a guide
    assert not looks_like_identity_number("000212000240000191")  # digits of a portal's serial number

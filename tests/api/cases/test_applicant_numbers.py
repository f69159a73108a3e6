"""Identity and telephone numbers of applicants: none refused because of age or birthplace, none taken with a slip."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from api.cases.applicant_numbers import identity_number, phone_number
from bot.masking.identity_number import check_character
from knowledge.regions import Regions

TODAY = date(2026, 11, 23)
# Counties that were abolished or renamed before many of those born there came of age.
ABOLISHED = ("110103", "110104", "310103", "320503", "330726", "350582", "410105", "420601", "510229", "460100")


def numbers(count: int) -> list[str]:
    """Valid numbers of people born from 1930 to 2008, in counties of today and abolished ones."""
    draw = random.Random(3)  # noqa: S311, a test
    today = [region.code for region in Regions.load() if region.level == "county"]
    counties = [*ABOLISHED, *draw.sample(today, 60)]
    first = date(1930, 1, 1)
    days = (date(2008, 12, 31) - first).days
    made = []
    for number in range(count):
        born = first + timedelta(days=draw.randrange(days + 1))
        body = f"{counties[number % len(counties)]}{born:%Y%m%d}{draw.randrange(1, 1000):03d}"
        made.append(body + check_character(body))
    return made


def test_none_of_5000_valid_numbers_is_refused() -> None:
    made = numbers(5_000)

    assert [number for number in made if identity_number(number, TODAY) != number] == []
    assert len({number[:6] for number in made}) >= 50


def test_old_numbers_are_widened_to_the_same_person() -> None:
    made = [number for number in numbers(5_000) if number[6:8] == "19"]

    assert [one for one in made if identity_number(one[:6] + one[8:17], TODAY) != one] == []


def test_a_slip_in_any_place_is_refused() -> None:
    number = "11010519491231002X"
    slips = [number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :] for place in range(17)]

    assert [slip for slip in slips if _is_taken(slip)] == []


def _is_taken(number: str) -> bool:
    try:
        identity_number(number, TODAY)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "written", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_width_case_and_blanks_do_not_matter(written: str) -> None:
    assert identity_number(written, TODAY) == "11010519491231002X"


@pytest.mark.parametrize("written", ["", "X", "110105194912310", "٣" * 18, "11010519491331002X", "0" * 18])
def test_what_is_no_number_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(ValueError, match="must be an identity number") as refused:
        identity_number(written, TODAY)
    assert not written or written not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("13800138000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("８６１３８００１３８０００", "13800138000"),
        ("0371-65901234", "037165901234"),
        ("010-65901234", "01065901234"),
    ],
)
def test_telephone_is_stored_in_digits(written: str, stored: str) -> None:
    assert phone_number(written) == stored


@pytest.mark.parametrize("written", ["", "12345", "12800138000", "138001380001", "65901234", "电话"])
def test_what_is_no_telephone_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="must be a mobile number"):
        phone_number(written)

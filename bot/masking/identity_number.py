"""Citizen identity numbers: what one looks like, and whether its check character is right.

Source: GB 11643-1999. The birthplace is not checked against any list: counties are abolished and renamed, and a list
would refuse the numbers of older people. Foreigners' permanent residence numbers of 2023 follow the same rule.
"""

from datetime import date

LENGTH = 18
OLD_LENGTH = 15
_FIRST_BIRTH_YEAR = 1900
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def is_valid(number: str, today: date) -> bool:
    """Tells whether the 18 characters form a number that can exist: born from 1900 to today, check character right.

    number: ASCII digits, the last one may be a capital X. Anything else is not valid.
    today: local date (Asia/Shanghai). A valid number need not be one that was ever given out.
    """
    if not has_right_check_character(number):
        return False
    born = birth_date(number)
    return born is not None and date(_FIRST_BIRTH_YEAR, 1, 1) <= born <= today


def is_valid_old_form(number: str) -> bool:
    """Tells whether the 15 digits form a number of the kind given out until 1999: born in 19xx, no check character."""
    return (
        len(number) == OLD_LENGTH and number.isascii() and number.isdigit() and _birth_of_old_form(number) is not None
    )


def has_right_check_character(number: str) -> bool:
    """Tells whether 17 digits are followed by the check character that they ask for."""
    body = number[:-1]
    if len(number) != LENGTH or not (body.isascii() and body.isdigit()) or body[0] == "0":
        return False
    return number[-1] == check_character(body)


def check_character(body: str) -> str:
    """The 18th character for the first 17 digits: the weighted sum modulo 11."""
    return _CHECK_CHARACTERS[sum(map(int.__mul__, _WEIGHTS, map(int, body))) % 11]


def birth_date(number: str) -> date | None:
    """The date of birth in a number of 18 characters; None when that is no day of the calendar."""
    return _day(int(number[6:10]), number[10:14])


def looks_like_identity_number(number: str) -> bool:
    """Tells whether 18 characters have a month and a day where they belong; the check character is not asked.

    Meant for masking, where a slip of the pen must not let a number through: the 31st of February will do.
    """
    month_and_day = number[10:14]
    return (
        number[0] != "0"
        and number[6:8] in {"18", "19", "20"}
        and "01" <= month_and_day[:2] <= "12"
        and "01" <= month_and_day[2:] <= "31"
    )


def _birth_of_old_form(number: str) -> date | None:
    if number[0] == "0":
        return None
    return _day(1900 + int(number[6:8]), number[8:12])


def _day(year: int, month_and_day: str) -> date | None:
    try:
        return date(year, int(month_and_day[:2]), int(month_and_day[2:]))
    except ValueError:
        return None

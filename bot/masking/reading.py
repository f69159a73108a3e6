"""Decides what a row of digits is: an identity number, a phone, a bank card, or none of the people's business.

The order of certainty is written into `Certainty`; where two readings share digits, the more certain one wins. What
must stay readable (years, dates, amounts, document and case numbers, short hotlines) is no reading at all.
"""

import re

from bot.masking.digit_groups import Gap, Group
from bot.masking.identity_number import LENGTH, has_right_check_character, is_valid_old_form, looks_like_identity_number
from bot.masking.kinds import Certainty, Kind, Reading, Setting, passes_luhn

_MOBILE = re.compile(r"(?:0086|086|86|0)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(
    r"""
    (?: 010 | 02[0-9] )      [2-9][0-9]{7}        # Beijing and the cities with three digits: always eight more
    | 0[3-9][0-9]{2}         [2-9][0-9]{6,7}      # all others: seven or eight
    """,
    re.VERBOSE,
)
_AREA_CODE = re.compile(r"010|02[0-9]|0[3-9][0-9]{2}")
_LOCAL_NUMBER = re.compile(r"[2-8][0-9]{6,7}")
_DATED = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_MOMENT = re.compile(_DATED.pattern + r"(?:[0-2][0-9][0-5][0-9](?:[0-5][0-9])?)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_HOTLINES = {"110", "114", "119", "120", "122", "12123", "12333", "12345", "12348", "12355", "12356", "12366", "12393"}
_MOBILE_GROUPS = {
    (3, 4, 4),
    (3, 8),
    (7, 4),
    (4, 3, 4),
    (4, 4, 3),
    (3, 3, 5),
    (3, 5, 3),
    (3, 3, 3, 2),
    (3, 2, 3, 3),
    (3, 2, 2, 2, 2),
    (5, 6),
    (6, 5),
    (4, 7),
    (5, 3, 3),
}
_FEW_GROUPS = 3
_CARD_LENGTHS = range(13, 20)
_USUAL_CARD_LENGTHS = (16, 19)
_ANNOUNCED_LENGTHS = range(10, 26)
_CARD_STARTS = "34569"


def read_certificate(digits: str, setting: Setting) -> Reading | None:
    """What digits are that a certificate of service is said to carry; too short to be told by themselves."""
    if setting.topic in {Kind.OFFICER, Kind.DISCHARGE} and setting.is_announced and len(digits) <= 12:
        return Reading(setting.topic, digits, Certainty.DEFAULT)
    return None


def read_single(digits: str, setting: Setting) -> Reading | None:
    """What digits written without any gap are."""
    if len(digits) == LENGTH or len(digits) == LENGTH - 1:
        identity = _single_identity(digits, setting)
        if identity is not None:
            return identity
    mobile = _MOBILE.fullmatch(digits)
    if mobile and not setting.is_amount:
        return Reading(Kind.MOBILE, mobile[1], Certainty.EXACT)
    if setting.in_code:
        return None
    if _LANDLINE.fullmatch(digits) and not setting.is_lettered:
        return Reading(Kind.LANDLINE, digits, Certainty.EXACT)
    if _is_local_number(digits, setting):
        return Reading(Kind.LANDLINE, digits, Certainty.DEFAULT)
    return _single_long_number(digits, setting)


def read_several(groups: list[Group], loosest: Gap, setting: Setting) -> Reading | None:
    """What several groups that hang together are, judged by structure alone; other groups may stand beside them."""
    digits = "".join(group.digits for group in groups)
    sizes = tuple(len(group.digits) for group in groups)
    if len(digits) == LENGTH and looks_like_identity_number(digits):
        if has_right_check_character(digits):
            return Reading(Kind.IDENTITY, digits, Certainty.CHECKED)
        if loosest <= Gap.CLOSE and not setting.in_code and not setting.is_case_number:
            return Reading(Kind.IDENTITY, digits, Certainty.BIRTHDAY)
    if setting.in_code or setting.is_amount or digits[-1] == "X":
        return None
    if _is_landline(groups, digits):
        return Reading(Kind.LANDLINE, digits, Certainty.TYPICAL_GROUPS)
    if loosest > Gap.CLOSE:
        return None
    if sizes in _MOBILE_GROUPS and (mobile := _MOBILE.fullmatch(digits)) and mobile[1] == digits:
        return Reading(Kind.MOBILE, digits, Certainty.TYPICAL_GROUPS)
    if _is_in_fours(sizes) and not setting.is_case_number and _can_be_card(groups, digits, setting):
        return Reading(Kind.CARD, digits, Certainty.CARD_GROUPS)
    return _read_few(groups, digits, setting) if len(groups) <= _FEW_GROUPS else None


def read_stretch(groups: list[Group], setting: Setting) -> Reading | None:
    """What groups are that make up everything between two breaks: such a whole may be divided in any way."""
    digits = "".join(group.digits for group in groups)
    if setting.in_code or setting.is_amount or setting.is_case_number:
        return None
    ordinary = _has_ordinary_group(groups)
    mobile = _MOBILE.fullmatch(digits)
    if mobile and (not ordinary or setting.topic in {Kind.MOBILE, Kind.LANDLINE}):
        return Reading(Kind.MOBILE, mobile[1], Certainty.ODD_GROUPS)
    if is_valid_old_form(digits) and (not ordinary or setting.topic is Kind.IDENTITY):
        return Reading(Kind.IDENTITY, digits, Certainty.ODD_GROUPS)
    if setting.topic is Kind.IDENTITY and len(digits) in {LENGTH - 1, LENGTH, LENGTH + 1}:
        return Reading(Kind.IDENTITY, digits, Certainty.ODD_GROUPS)
    if len(groups) == 2 and not ordinary and _is_local_number(digits, setting):
        return Reading(Kind.LANDLINE, digits, Certainty.ODD_GROUPS)
    if digits[-1] != "X" and len(digits) in _CARD_LENGTHS and not ordinary and _can_be_card(groups, digits, setting):
        return Reading(Kind.CARD, digits, Certainty.ODD_GROUPS)
    return None


def _read_few(groups: list[Group], digits: str, setting: Setting) -> Reading | None:
    """What very few groups are that only together have the shape of a number."""
    if setting.is_case_number or _has_ordinary_group(groups):
        return None
    if is_valid_old_form(digits):
        return Reading(Kind.IDENTITY, digits, Certainty.ODD_GROUPS)
    if len(digits) in _USUAL_CARD_LENGTHS and _can_be_card(groups, digits, setting):
        return Reading(Kind.CARD, digits, Certainty.ODD_GROUPS)
    return None


def split_run(digits: str) -> list[tuple[int, int, Reading]]:
    """Numbers that were written one after the other without any gap, as (from, to, reading) within the digits.

    Meant for rows longer than any single number. They are either made up of mobile and identity numbers throughout, or
    an identity number with a right check character stands somewhere in them.
    """
    pieces: dict[int, tuple[int, Reading]] = {}
    for start in range(len(digits) - 1, -1, -1):
        for size in (LENGTH, 11):
            end = start + size
            if end != len(digits) and end not in pieces:
                continue
            reading = _piece(digits[start:end])
            if reading is not None:
                pieces[start] = (end, reading)
                break
    found = []
    position = 0
    if 0 in pieces:
        while position < len(digits):
            end, reading = pieces[position]
            found.append((position, end, reading))
            position = end
        return found
    while position + LENGTH <= len(digits):
        window = digits[position : position + LENGTH]
        if looks_like_identity_number(window) and has_right_check_character(window):
            found.append((position, position + LENGTH, Reading(Kind.IDENTITY, window, Certainty.CHECKED)))
            position += LENGTH
        else:
            position += 1
    return found


def _is_local_number(digits: str, setting: Setting) -> bool:
    """Tells whether the digits are a number without area code; only the words before can say so."""
    if setting.topic is not Kind.LANDLINE or not setting.is_announced:
        return False
    return _LOCAL_NUMBER.fullmatch(digits) is not None and _DATED.fullmatch(digits) is None


def _piece(digits: str) -> Reading | None:
    if len(digits) == LENGTH and looks_like_identity_number(digits):
        return Reading(Kind.IDENTITY, digits, Certainty.EXACT)
    if len(digits) == 11 and _MOBILE.fullmatch(digits):
        return Reading(Kind.MOBILE, digits, Certainty.EXACT)
    return None


def _single_identity(digits: str, setting: Setting) -> Reading | None:
    """The identity number that 17 or 18 digits without a gap are; 17 are one with a digit forgotten."""
    if not looks_like_identity_number(digits):
        return None
    if has_right_check_character(digits):
        return Reading(Kind.IDENTITY, digits, Certainty.CHECKED)
    if setting.in_code or setting.is_case_number:
        return None
    if setting.topic is Kind.CARD and passes_luhn(digits):
        return None
    return Reading(Kind.IDENTITY, digits, Certainty.BIRTHDAY)


def _single_long_number(digits: str, setting: Setting) -> Reading | None:
    """What 13 digits and more without a gap are: masked unless something says that they are nobody's number."""
    announced = setting.is_announced and setting.topic in {Kind.CARD, Kind.IDENTITY}
    if len(digits) not in _CARD_LENGTHS and not (announced and len(digits) in _ANNOUNCED_LENGTHS):
        return None
    if (setting.is_case_number or setting.is_amount or _DATED.match(digits)) and not announced:
        return None
    if setting.is_lettered and not announced and (digits.endswith("X") or not passes_luhn(digits)):
        return None
    if setting.topic is not Kind.CARD and is_valid_old_form(digits):
        return Reading(Kind.IDENTITY, digits, Certainty.EXACT)
    is_card = setting.topic is Kind.CARD or _is_card_rather(digits, setting)
    return Reading(Kind.CARD if is_card else Kind.IDENTITY, digits, Certainty.DEFAULT)


def _is_card_rather(digits: str, setting: Setting) -> bool:
    if digits.endswith("X"):
        return False
    if setting.topic is Kind.IDENTITY:
        return len(digits) in _USUAL_CARD_LENGTHS and passes_luhn(digits)
    return len(digits) != LENGTH or passes_luhn(digits)


def _can_be_card(groups: list[Group], digits: str, setting: Setting) -> bool:
    """Tells whether grouped digits may be a card: announced as one, or begun and ended like one."""
    if setting.topic is Kind.CARD and setting.is_announced:
        return True
    years = sum(1 for group in groups if _YEAR.fullmatch(group.digits))
    if digits[0] not in _CARD_STARTS or years == len(groups) or (years > 1 and not passes_luhn(digits)):
        return False
    return _is_in_fours(tuple(len(group.digits) for group in groups)) or passes_luhn(digits)


def _has_ordinary_group(groups: list[Group]) -> bool:
    """Tells whether a year, a whole date or a hotline is among the groups: then they are hardly one number."""
    return any(
        _YEAR.fullmatch(group.digits) or _MOMENT.fullmatch(group.digits) or group.digits in _HOTLINES
        for group in groups
    )


def _is_in_fours(sizes: tuple[int, ...]) -> bool:
    return len(sizes) in {4, 5} and set(sizes[:-1]) == {4} and sizes[-1] <= 4 and sum(sizes) in range(15, 20)


def _is_landline(groups: list[Group], digits: str) -> bool:
    """Tells whether an area code stands alone in front of a local number of one to three groups."""
    return (
        len(groups) <= 4
        and all(len(group.digits) >= 2 for group in groups)
        and _AREA_CODE.fullmatch(groups[0].digits) is not None
        and all(group.gap <= Gap.CLOSE for group in groups[2:])
        and _LANDLINE.fullmatch(digits) is not None
    )

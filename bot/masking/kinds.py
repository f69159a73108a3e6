"""What a masked number can be, how sure a reading of digits is, and what may speak for or against it."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What a masked value is; the word is the one that stands in the placeholder."""

    IDENTITY = "身份证号"
    MOBILE = "手机号"
    LANDLINE = "电话"
    CARD = "银行卡号"
    OFFICER = "军官证号"
    DISCHARGE = "退役证号"
    LAST_FOUR = "后四位"
    """Of an identity number: what proves that a case is somebody's."""


class Certainty(IntEnum):
    """How sure a reading is; the higher one is taken first."""

    DEFAULT = 1
    ODD_GROUPS = 2
    TYPICAL_GROUPS = 3
    CARD_GROUPS = 4
    EXACT = 5
    BIRTHDAY = 6
    CHECKED = 7


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a row of digits and speaks for or against a reading."""

    topic: Kind | None = None
    """The kind of number that the words before announce."""
    is_announced: bool = False
    """Nothing stands between the announcement and the digits but 是 or a colon."""
    is_case_number: bool = False
    """The words before announce a case, a serial or a document number."""
    is_amount: bool = False
    """A unit of money follows."""
    in_code: bool = False
    """Letters stand between digits of the same word, as in the serial number of a portal."""
    is_lettered: bool = False
    """A letter touches the digits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a row of digits."""

    kind: Kind
    value: str
    certainty: Certainty


def passes_luhn(digits: str) -> bool:
    """Tells whether the last digit is the check digit that bank cards carry."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    plain = [int(digit) for digit in digits[-1::-2]]
    return (sum(plain) + sum(number - 9 if number > 9 else number for number in doubled)) % 10 == 0

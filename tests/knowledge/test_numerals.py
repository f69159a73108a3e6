import re

import pytest

from knowledge.numerals import NUMERAL, in_words, value_of


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("1", 1), ("16", 16), ("99", 99), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21)],
)
def test_a_numeral_has_its_value_however_it_is_written(numeral: str, value: int) -> None:
    assert re.fullmatch(NUMERAL, numeral)
    assert value_of(numeral) == value


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100"), (110, "110")],
)
def test_a_number_is_written_as_lists_count(number: int, written: str) -> None:
    assert in_words(number) == written


def test_two_of_something_has_its_value_but_numbers_nothing() -> None:
    assert value_of("两") == 2
    assert not re.fullmatch(NUMERAL, "两")


@pytest.mark.parametrize("text", ["", "0", "100", "零", "一二", "十十", "三二十"])
def test_what_is_no_number_from_one_to_ninety_nine_is_no_numeral(text: str) -> None:
    assert not re.fullmatch(NUMERAL, text)

"""Case numbers and the numbers of choices in what people write."""

import pytest

from nlu.components.patterns import find_patterns


def values(text: str) -> list[tuple[str, str]]:
    """Kind and value of everything found."""
    return [(one.entity, one.value) for one in find_patterns(text)]


@pytest.mark.parametrize(
    "text",
    [
        "TY26-8F3K-M2QX",
        "ty26 8f3k m2qx",
        "TY268F3KM2QX",
        "ＴＹ２６－８Ｆ３Ｋ－Ｍ２ＱＸ",
        "查一下TY26-8F3K-M2QX办到哪了",
        "TY26—8F3K—M2QX",
    ],
)
def test_case_number_is_read_in_any_spelling(text: str) -> None:
    assert values(text) == [("case_number", "TY26-8F3K-M2QX")]


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert values("TY26-OIL0-M2QX") == [("case_number", "TY26-0110-M2QX")]


@pytest.mark.parametrize(
    "text", ["TY26-8F3K", "TY26-8F3K-M2QX7", "XTY26-8F3K-M2QX", "TY26-8F3U-M2QX", "豫退役军人〔2024〕63号"]
)
def test_what_is_no_case_number_is_left(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", "2"),
        ("２", "2"),
        ("②", "2"),
        ("2.", "2"),
        ("（2）", "2"),
        ("二", "2"),
        ("第二个", "2"),
        ("我选第二个", "2"),
        ("选2", "2"),
        ("选项二", "2"),
        ("2号吧", "2"),
        ("就第二项吧。", "2"),
        ("回复2", "2"),
        ("十二", "12"),
        ("第 2 个", "2"),
        ("最后一个", "last"),
        ("应该是第二种情况", "2"),
    ],
)
def test_number_of_a_choice_is_read(text: str, number: str) -> None:
    assert values(text) == [("ordinal", number)]


@pytest.mark.parametrize("text", ["1、3", "1和3", "第一和第三个", "一，三", "1,3"])
def test_several_numbers_are_read(text: str) -> None:
    assert values(text) == [("ordinal", "1"), ("ordinal", "3")]


@pytest.mark.parametrize(
    "text",
    [
        "我2019年退伍",
        "当了2年兵",
        "第2条写的啥",
        "要18个工作日吗",
        "第一次来",
        "我今年56了",
        "一件事",
        "选20号去可以吗",
        "两寸照片",
    ],
)
def test_numbers_that_choose_nothing_are_left(text: str) -> None:
    assert values(text) == []

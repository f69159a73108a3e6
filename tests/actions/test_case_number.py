"""Case numbers and proofs as they are typed, dictated and misread."""

import pytest

from actions.case_number import case_number_in, last_four_in, placeholder_in


@pytest.mark.parametrize(
    "written",
    [
        "TY26-8F3K-M2QX",
        "ty26-8f3k-m2qx",
        "TY268F3KM2QX",
        "ty 26 8f3k m2qx",
        "T Y 2 6 8 F 3 K M 2 Q X",
        "ＴＹ２６－８Ｆ３Ｋ－Ｍ２ＱＸ",
        "TY26—8F3K—M2QX",
        "编号是TY26-8F3K-M2QX。",
        "TY26 - 8F3K - M2QX",
        "TY二六杠八F三K杠M二QX",
        "ty两六横杠八f三k横杠m两qx",
        "TY二十六，不对，是TY二十六 8F3K M2QX",
        "编号TY26_8F3K_M2QX后四位1234",
    ],
)
def test_number_is_found_in_every_spelling(written: str) -> None:
    assert case_number_in(written) == "TY26-8F3K-M2QX"


def test_letters_that_no_number_has_are_read_as_what_they_look_like() -> None:
    assert case_number_in("TY26-DEMO-IAUL") == "TY26-DEM0-1AV1"


def test_spoken_digits_are_read_as_digits() -> None:
    assert case_number_in("ty二六洞幺三拐ABCD") == "TY26-0137-ABCD"


@pytest.mark.parametrize(
    "written", ["TY26-8F3K", "TY26-8F3K-M2QXA", "26-8F3K-M2QX", "city 26 8f3k m2qx", "豫退役军人〔2024〕63号", ""]
)
def test_what_is_no_number_is_not_taken_for_one(written: str) -> None:
    assert case_number_in(written) is None


def test_number_lacks_its_letters_only_where_it_was_asked_for() -> None:
    assert case_number_in("是26-8F3K-M2QX", is_asked=True) == "TY26-8F3K-M2QX"


@pytest.mark.parametrize("written", ["我26号去的", "2026-11-16", "我是2024年退的", "13812345678"])
def test_other_figures_are_no_number_even_where_one_was_asked_for(written: str) -> None:
    assert case_number_in(written, is_asked=True) is None


def test_proof_beside_the_number_is_not_a_part_of_it() -> None:
    assert last_four_in("TY26-8F3K-1234 后四位 567x") == "567X"


def test_number_alone_holds_no_proof() -> None:
    assert last_four_in("TY26-1234-5678") is None


@pytest.mark.parametrize("placeholder", ["〔身份证号1〕", "〔后四位1〕"])
def test_what_stands_for_a_masked_proof_is_found(placeholder: str) -> None:
    assert placeholder_in(f"我的是{placeholder}") == placeholder

"""Words of the dictionary in what people write."""

import pytest

from nlu.components.dictionary import Dictionary, Found

DICTIONARY = Dictionary(
    [
        {"entity": "item", "value": "household", "words": ["户口登记", "上户口", "户口"]},
        {"entity": "item", "value": "identity_card", "words": ["身份证"]},
        {"entity": "paper", "value": "identity_card_paper", "words": ["身份证", "身份证原件"]},
        {"entity": "paper", "value": "cancellation", "words": ["户口注销证明"]},
        {"entity": "aspect", "value": "where", "words": ["在哪办", "哪"]},
        {"entity": "aspect", "value": "in_person", "words": ["哪办身"]},
    ]
)


def named(text: str) -> list[tuple[str, str]]:
    """Value and text of everything found."""
    return [(one.value, text[one.start : one.end]) for one in DICTIONARY.find(text)]


def test_longest_word_wins() -> None:
    assert named("户口注销证明要不要带") == [("cancellation", "户口注销证明")]


def test_word_of_two_entries_is_found_as_both() -> None:
    assert named("带身份证") == [("identity_card", "身份证"), ("identity_card_paper", "身份证")]


def test_aspects_are_found_across_other_words() -> None:
    assert ("where", "在哪办") in named("户口在哪办身份证")


def test_one_aspect_hides_another_that_overlaps_it() -> None:
    assert "in_person" not in [value for value, _ in named("在哪办身份证")]


@pytest.mark.parametrize("text", ["户口 注销 证明", "户\u200b口注销证明", "户口\n注销证明"])
def test_blanks_inside_a_word_do_not_hide_it(text: str) -> None:
    assert named(text) == [("cancellation", text)]


def test_place_counts_in_the_text_as_given() -> None:
    assert DICTIONARY.find("㈠ 上户口") == [Found(2, 5, "item", "household")]


@pytest.mark.parametrize("text", ["〔身份证号1〕", "我的号是〔身份证号12〕。"])
def test_words_in_a_placeholder_of_the_mask_mean_nothing(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["", "   ", "户", "谢谢"])
def test_text_without_a_word_has_none(text: str) -> None:
    assert named(text) == []

"""What the form of a question shows."""

from __future__ import annotations

import pytest

from knowledge.fragment import continues, is_fragment, says_nothing_else
from knowledge.vocabulary import Mention


@pytest.mark.parametrize(
    ("question", "goes_on"),
    [
        ("那身份证呢", True),
        ("身份证呢？", True),
        ("那要几天", True),
        ("身份证要不要带", False),
        ("呢子大衣能穿吗", False),
    ],
)
def test_a_question_that_begins_or_ends_so_goes_on(question: str, goes_on: bool) -> None:
    assert continues(question) is goes_on


@pytest.mark.parametrize(
    ("question", "is_short"),
    [
        ("要几天？？？", True),
        ("要带户口本吗", True),  # Six characters.
        ("要不要带户口本", False),  # Seven.
        ("那要不要带户口本", True),  # Eight that go on.
        ("那还要不要带户口本", False),  # Nine.
    ],
)
def test_so_short_a_question_needs_what_was_spoken_of_before(question: str, is_short: bool) -> None:
    assert is_fragment(question) is is_short


def named(question: str, *words: str) -> list[Mention]:
    return [Mention("item", word, question.index(word), question.index(word) + len(word), 1.0) for word in words]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("落户怎么办", ("落户", "怎么")),
        ("请问优待证呢？", ("优待证",)),
        ("落户这件事", ("落户",)),
        ("优待证", ("优待证",)),
    ],
)
def test_a_name_with_words_that_say_nothing_is_a_bare_name(question: str, words: tuple[str, ...]) -> None:
    assert says_nothing_else(question, named(question, *words))


@pytest.mark.parametrize(("question", "words"), [("优待证丢了", ("优待证",)), ("外省的落户", ("落户",)), ("火锅", ())])
def test_a_word_that_says_more_is_heard(question: str, words: tuple[str, ...]) -> None:
    assert not says_nothing_else(question, named(question, *words))


def test_a_clause_that_only_leads_over_says_nothing() -> None:
    question = "既然都这样了，那户口怎么办"
    mentions = [Mention("item", "household_registration", 8, 10, 1.0), Mention("aspect", "how", 10, 13, 1.0)]

    assert says_nothing_else(question, mentions)
    assert not says_nothing_else("既然交了钱，那户口怎么办", [Mention("aspect", "cost", 3, 5, 1.0)])

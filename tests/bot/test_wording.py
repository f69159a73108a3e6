"""The system's own sentences."""

from __future__ import annotations

import re

import pytest

from bot.wording import load_wording

WORDING = load_wording("12345")


@pytest.mark.parametrize("key", ["outage", "answer_follows", "no_source", "unreadable"])
def test_sentence_names_a_telephone_and_the_way_to_a_person(key: str) -> None:
    said = WORDING.say(key)

    assert "12345" in said
    assert "人工" in said


def test_crisis_names_all_three_numbers() -> None:
    said = WORDING.say("crisis")

    assert all(number in said for number in ("12356", "110", "120"))


@pytest.mark.parametrize("key", ["outage", "answer_follows", "no_source", "unreadable", "queue_left", "crisis"])
def test_sentence_is_plain_chinese(key: str) -> None:
    said = WORDING.say(key)

    assert not re.search("[A-Za-z,;?!你]", said)
    assert said.endswith("。")


def test_missing_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        WORDING.say("apology")

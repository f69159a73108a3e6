from __future__ import annotations

import re
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.loader import load_library
from knowledge.statuses import recognise, status_of


@cache
def library() -> Library:
    return load_library()


@pytest.mark.parametrize(
    ("reported", "status"),
    [
        ("受理", "accepted"),
        ("予以受理", "accepted"),
        ("不予受理", "not_accepted"),
        ("审核通过", "review_passed"),
        ("不通过", "review_failed"),
        ("制证中", "making_document"),
        ("收件", "received"),
        ("办结", "completed"),
        ("核实到账资金无误", "funds_verified"),
        ("已选择合作银行", "bank_chosen"),
        ("基层党组织审核通过", "party_branch_approved"),
        ("审档通过", "archive_checked"),
        ("accepted", "accepted"),
        ("making_card", "making_document"),
        ("ACCEPTED", "accepted"),
        ("　受理 ", "accepted"),
        ("ＡＣＣＥＰＴＥＤ", "accepted"),
        ("已导入党员E家", "party_data_imported"),
    ],
)
def test_a_code_of_a_department_is_known(reported: str, status: str) -> None:
    found = recognise(library(), reported)

    assert found is not None and found.id == status


@pytest.mark.parametrize(
    "reported",
    [
        "",
        " ",
        "受 理",
        "受理了吗",
        "已受理（网上）",
        "accept",
        "accepted!",
        "通过了",
        "07",
        "200",
        "unrecognised",
        "不",
        "理",
    ],
)
def test_what_no_entry_lists_is_not_guessed(reported: str) -> None:
    assert recognise(library(), reported) is None


@given(st.text(max_size=12))
def test_any_text_is_known_only_when_it_is_a_code(reported: str) -> None:
    found = recognise(library(), reported)
    written = {
        unicodedata.normalize("NFKC", code).strip().casefold()
        for one in library().catalogue.statuses
        for code in (one.id, *one.codes)
    }

    assert (found is not None) == (unicodedata.normalize("NFKC", reported).strip().casefold() in written)


def test_every_status_has_codes_and_says_whose_turn_it_is_in_plain_words() -> None:
    statuses = library().catalogue.statuses

    assert [one.id for one in statuses if not one.codes] == []
    assert [one.id for one in statuses if re.search("[A-Za-z]", one.say + one.next_step)] == []
    assert [one.id for one in statuses if one.is_sent_back and one.turn == "office"] == []


def test_a_status_is_found_by_its_id() -> None:
    found = status_of(library(), "completed")

    assert found is not None and found.is_final


@pytest.mark.parametrize("status", ["unrecognised", "受理", ""])
def test_what_is_no_status_has_none(status: str) -> None:
    assert status_of(library(), status) is None

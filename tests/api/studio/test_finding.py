"""Editors find entries by their very words first, then by what the words mean; names count where entries hold ids."""

from datetime import date

import pytest

from api.studio.browsing import Wanted, listed
from api.studio.finding import Finder
from bot.wording import Wording
from knowledge.entry_kinds import EntryName
from knowledge.entry_list import EntryList, ListedEntry
from knowledge.kept_files import data_files
from knowledge.loader import DATA
from tests.api.conftest import knowledge

TODAY = date(2026, 11, 22)
CANCELLATION = EntryName("provinces/henan/papers.yaml", "paper", "household_cancellation_certificate")


def place(one: ListedEntry) -> str:
    return {"henan": "河南省", "hainan": "海南省"}.get(one.province or "", "全国通用")


@pytest.fixture(scope="module")
def finder() -> Finder:
    files = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in data_files(DATA)}
    words = Wording({"studio.kind.paper": "材料", "option.form.original": "原件"}, "12345")
    return Finder(EntryList(files), knowledge(), words, place)


def names(finder: Finder, words: str, province: str = "", kind: str = "") -> list[EntryName]:
    return [one.name for one in listed(finder, Wanted(kind, province, words), TODAY).entries]


def test_a_question_finds_the_entry_that_answers_it_first(finder: Finder) -> None:
    assert names(finder, "户口注销证明要不要带", "henan")[0] == CANCELLATION


def test_all_that_are_found_by_meaning_are_counted_as_near(finder: Finder) -> None:
    found = listed(finder, Wanted(province="henan", words="户口注销了的证明到底还要不要带去"), TODAY)

    assert found.near == len(found.entries) > 0


def test_the_very_words_come_first_and_in_the_title_before_in_the_text(finder: Finder) -> None:
    found = listed(finder, Wanted(province="henan", words="户口注销证明"), TODAY)
    literal = found.entries[: len(found.entries) - found.near]
    in_title = ["户口注销证明" in one.title for one in literal]

    assert all("户口注销证明" in one.words for one in literal if one.kind != "item" and "户口注销证明" in one.words)
    assert in_title == sorted(in_title, reverse=True)
    assert in_title[0]


def test_an_everyday_name_finds_what_has_only_the_official_one(finder: Finder) -> None:
    """The dictionary knows 户口本 as 居民户口簿; its entry in Henan's papers has that name."""
    entry = EntryName("provinces/henan/papers.yaml", "paper", "household_register")

    assert entry in names(finder, "户口本要原件吗", "henan")


def test_a_name_finds_an_entry_that_holds_only_its_id(finder: Finder) -> None:
    found = listed(finder, Wanted("tip", "henan", "河南省"), TODAY)

    assert found.near == 0
    assert {one.kind for one in found.entries} == {"tip"}


def test_blanks_part_words_that_all_have_to_stand_somewhere(finder: Finder) -> None:
    found = listed(finder, Wanted(province="hainan", words="优待证 照片"), TODAY)
    literal = found.entries[: len(found.entries) - found.near]

    assert literal
    assert all(finder.literal("优待证", one) is not None for one in literal)
    assert all(finder.literal("照片", one) is not None for one in literal)


def test_what_is_many_is_found_by_its_very_words_and_comes_last(finder: Finder) -> None:
    kinds = [one.kind for one in listed(finder, Wanted(words="安阳"), TODAY).entries]

    assert "region" in kinds
    assert "region" not in [one.kind for one in listed(finder, Wanted(), TODAY).entries]


def test_what_nobody_wrote_of_finds_nothing(finder: Finder) -> None:
    assert names(finder, "qwertyuiop") == []

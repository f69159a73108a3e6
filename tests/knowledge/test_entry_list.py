"""The list of all entries."""

from knowledge.entry_list import EntryList
from knowledge.kept_files import data_files
from knowledge.loader import DATA

FILES = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in data_files(DATA)}
LIST = EntryList(FILES)


def test_every_file_has_entries_with_titles() -> None:
    assert {entry.path for entry in LIST.entries} == set(FILES)
    assert all(entry.title for entry in LIST.entries)
    assert not LIST.unreadable


def test_an_entry_is_found_with_its_title_place_and_words() -> None:
    entry = LIST.find("provinces/hainan/topics.yaml", "topic", "what_it_is")

    assert entry is not None
    assert (entry.title, entry.province, entry.region) == ("退役军人服务“一件事”是什么", "hainan", "460000")
    assert "听说退伍能一次办完是真的吗" in entry.words


def test_what_concerns_all_provinces_has_no_place_and_a_city_has_its_own() -> None:
    city = LIST.find("provinces/henan/cities/xinxiang.yaml", "topic", "city_rules")
    term = LIST.find("national/terms.yaml", "term", "one_matter")

    assert city is not None
    assert term is not None
    assert (city.province, city.region) == ("henan", "410700")
    assert (term.province, term.region) == (None, None)


def test_a_table_of_contents_is_called_by_its_guide() -> None:
    entry = LIST.find("provinces/henan/sections.yaml", "sections", "henan-2024")

    assert entry is not None
    assert entry.title != "henan-2024"
    assert "河南" in entry.title or "豫" in entry.title


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_listed() -> None:
    path = "provinces/hainan/topics.yaml"

    listed = EntryList(FILES | {path: b"topics: ["}, LIST)

    assert set(listed.unreadable) == {path}
    assert listed.find("provinces/hainan/gaps.yaml", "gap", "undated")

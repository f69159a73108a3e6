"""A guide's text is cut by its own numbers, and nothing of it is lost."""

from __future__ import annotations

import pytest

from api.guides.numbers import marker_of, part_of, value_of
from api.guides.reading import lines_of
from api.guides.sections import Section, is_below, sections_of, whole_text
from knowledge.numerals import in_words
from tests.fakes.guide_text import CONTENTS, PLAIN


def cut(text: str = PLAIN, contents: tuple[tuple[str, str], ...] = CONTENTS) -> list[Section]:
    return sections_of(lines_of(text.encode()), contents)


def text_of(number: str) -> str:
    return next(one.text for one in cut() if one.number == number)


def test_every_place_of_the_table_of_contents_is_found() -> None:
    found = {one.number for one in cut()}

    assert [number for number, _ in CONTENTS if number not in found] == []


def test_nothing_but_page_numbers_is_lost_and_nothing_said_twice() -> None:
    lines = lines_of(PLAIN.encode())

    assert sorted("".join("".join(one.text.split()) for one in cut())) == sorted("".join("".join(lines).split()))
    assert not {"- 1 -", "2"} & set(lines)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("一", "一、服务对象\n回到本省落户的退役士兵。"),
        ("二1(2)", "(2) 户口登记"),
        ("三 窗口办理2", "2.县级窗口"),
        ("四2 选择情形2", "2. 是否注销户口"),
        ("四2 温馨提示①", "温馨提示:\n①没报到的先报到。"),
        ("附件1 介绍信", "报到\t介绍信\t一份"),
        ("附件2 一(二)", "（二）密码"),
    ],
)
def test_a_section_says_its_own_words(number: str, says: str) -> None:
    assert text_of(number) == says


def test_notice_and_preface_are_told_apart_by_the_day_of_the_notice() -> None:
    assert text_of("印发通知").endswith("2025年3月1日")
    assert text_of("前言").endswith("制定本办法。")


def test_a_heading_is_read_with_all_below_it() -> None:
    assert whole_text(cut(), "二1").split("\n") == ["1. 线上联合办理:", "(1) 退役报到", "(2) 户口登记"]


def test_a_whole_guide_is_read_where_it_is_cited_as_a_whole() -> None:
    assert "怎么登录" in whole_text(cut(), "全文")


def test_unknown_guide_is_cut_by_its_numbers_alone() -> None:
    found = [one.number for one in cut("总则\n一、甲\n（一）乙\n1. 丙\n（1）丁\n（二）戊\n二、己\n附件1\n一、庚", ())]

    assert found == ["前言", "一", "一(一)", "一(一)1", "一(一)1(1)", "一(二)", "二", "附件1", "附件1 一"]


def test_number_written_by_hand_makes_a_section() -> None:
    found = cut("一、甲\n说明\n【一 特别】\n只有这里。", (("一", "甲"), ("一 特别", "特别")))

    assert [(one.number, one.text) for one in found][1] == ("一 特别", "【一 特别】\n只有这里。")


def test_text_without_numbers_is_one_section() -> None:
    assert [one.number for one in cut("转发给你们。\n请执行。", (("正文", "正文"),))] == ["正文"]


@pytest.mark.parametrize("number", range(1, 100))
def test_chinese_numbers_are_read_as_they_are_written(number: int) -> None:
    assert value_of(in_words(number)) == number


@pytest.mark.parametrize("line", ["一是要快。", "3.5 元", "2025年", "10号窗口", "一 次办好", "(人社部门)"])
def test_what_is_no_number_of_a_section(line: str) -> None:
    assert marker_of(line) is None


@pytest.mark.parametrize(
    ("line", "part"), [("附件 2：", "附件2"), ("附件二", "附件2"), ("附表", "附表"), ("附件1：申请表", "附件1")]
)
def test_annexes(line: str, part: str) -> None:
    found = part_of(line)

    assert found is not None
    assert found[0] == part


@pytest.mark.parametrize("line", ["附件见网站。", "附件1和附件2要一起交到窗口去", "见附件1"])
def test_what_is_no_annex(line: str) -> None:
    assert part_of(line) is None


@pytest.mark.parametrize(
    ("number", "above", "expected"),
    [
        ("二1(3)", "二1", True), ("二1(3)", "二", True), ("附件2 一", "附件2", True), ("二10", "二1", False),
        ("十一", "十", False), ("二", "二", False), ("五6 选择情形1", "五6", True), ("附件12 一", "附件1", False),
    ],
)  # fmt: skip
def test_what_lies_below(number: str, above: str, expected: bool) -> None:
    assert is_below(number, above) is expected

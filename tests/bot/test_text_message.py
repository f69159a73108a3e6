import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text_message import part_count, split_text, units

ANSWER = (
    "要带。您入伍前不是河南户籍，或者数据核验不到注销信息时，请带户口注销证明。\n"
    "依据：豫退役军人〔2024〕63号 附件2 五(二)6\n"
    "其余的人不用带。"
)
CHINESE = st.text(st.sampled_from("户口要带的证明，。！？；\n 12😀👨‍👩‍👧🇨🇳"), max_size=200)


def without_blanks(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("size", "parts"),
    [(0, 1), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)],  # boundaries of 70 and 67
)
def test_parts_of_chinese_text(size, parts):
    assert part_count("字" * size) == parts


def test_an_emoji_takes_two_units_and_is_not_begun_at_the_end_of_a_part():
    assert units("好😀") == 3
    assert part_count("😀" * 35) == 1
    assert part_count("😀" * 36) == 2
    assert part_count("字" * 66 + "😀" + "字" * 66) == 3


@given(CHINESE)
def test_the_count_is_what_the_shortest_division_into_parts_gives(text):
    long_text = "字" * 71 + text
    size = len(long_text.encode("utf-16-le")) // 2
    at_least, at_most = -(-size // 67), -(-size // 66)  # a part loses at most one unit to an emoji that does not fit
    assert at_least <= part_count(long_text) <= at_most


def test_a_short_text_is_one_piece():
    assert split_text(ANSWER, 500) == [ANSWER]
    assert split_text("", 70) == []
    assert split_text(" \n ", 70) == []


def test_pieces_end_at_line_ends_and_keep_the_source_whole():
    pieces = split_text(ANSWER, 60)
    assert pieces == [ANSWER.split("\n")[0], "\n".join(ANSWER.split("\n")[1:])]


def test_a_long_line_is_divided_after_sentences():
    line = "第一句话说完了。第二句话也说完了！第三句问一下？最后一句没有句号"
    assert split_text(line, 16) == ["第一句话说完了。", "第二句话也说完了！第三句问一下？", "最后一句没有句号"]


def test_a_long_sentence_is_divided_after_phrases():
    assert split_text("户口本原件，身份证原件，退出现役证件原件", 9) == [
        "户口本原件，",
        "身份证原件，",
        "退出现役证件原件",
    ]


def test_an_end_mark_inside_a_quotation_ends_no_sentence():
    line = "改好了：“您入伍前是河南户籍吗？”改成“不是”。多了：户口注销证明。"
    assert split_text(line, 30) == ["改好了：“您入伍前是河南户籍吗？”改成“不是”。", "多了：户口注销证明。"]


def test_what_stands_in_brackets_behind_a_question_stays_with_it():
    line = "先说一句别的事情。您是哪一种退役的？（还剩 10 题）"
    assert split_text(line, 20) == ["先说一句别的事情。", "您是哪一种退役的？（还剩 10 题）"]


def test_sentences_are_kept_rather_than_clauses():
    line = "甲的要带；乙的不用带。丙的也要带；丁的先问窗口。"
    assert split_text(line, 14) == ["甲的要带；乙的不用带。", "丙的也要带；丁的先问窗口。"]
    assert split_text(line, 10) == ["甲的要带；", "乙的不用带。", "丙的也要带；", "丁的先问窗口。"]


def test_lines_of_a_numbered_list_stay_whole():
    text = "1. 退役报到\n2. 户口登记（退役军人恢复户口）\n3. 居民身份证申领（要本人去）"
    assert split_text(text, 20) == text.split("\n")


def test_the_number_of_a_line_stays_with_what_it_counts():
    assert split_text("3. 户口登记和恢复户口 要本人去", 9) == ["3. 户口登记和恢", "复户口 要本人去"]
    assert split_text("3. 户口登记 恢复户口", 9) == ["3. 户口登记", "恢复户口"]


def test_a_web_address_is_not_divided_at_its_marks():
    address = "https://a.cn/b?c=1,2:3;4!5"
    assert split_text(f"请打开{address} 看一看。第二句话说完了。", 30) == [
        f"请打开{address}",
        "看一看。第二句话说完了。",
    ]


def test_a_time_of_day_is_not_divided():
    assert split_text("上午从 8:30 开始办公", 7) == ["上午从", "8:30", "开始办公"]


def test_what_has_no_pause_is_divided_between_characters():
    assert split_text("字" * 150, 67) == ["字" * 67, "字" * 67, "字" * 16]


@pytest.mark.parametrize("picture", ["😀", "👨‍👩‍👧", "🇨🇳", "👍🏽", "1️⃣", "❤️"])
def test_no_picture_is_cut(picture):
    pieces = split_text(picture * 20, 17)
    assert "".join(pieces) == picture * 20
    assert all(len(piece) % len(picture) == 0 for piece in pieces)


def test_a_picture_longer_than_the_limit_is_an_error():
    with pytest.raises(ValueError, match="does not fit"):
        split_text("👨‍👩‍👧", 5)


@given(CHINESE, st.integers(20, 90))
def test_pieces_fit_and_nothing_is_lost(text, limit):
    pieces = split_text(text, limit)
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert without_blanks("".join(pieces)) == without_blanks(text)


@given(
    st.lists(st.text(st.sampled_from("户口登记，。 （）；"), min_size=1, max_size=60), max_size=12), st.integers(20, 90)
)
def test_a_numbered_line_that_fits_is_never_divided(items, limit):
    lines = [f"{number}. {item}".strip() for number, item in enumerate(items, 1)]
    pieces = split_text("\n".join(lines), limit)
    assert all(any(line in piece.split("\n") for piece in pieces) for line in lines if units(line) <= limit)


@given(CHINESE, st.integers(20, 90))
def test_a_line_that_fits_is_never_divided(text, limit):
    pieces = split_text(text, limit)
    lines = [line.strip() for line in text.split("\n") if line.strip() and units(line.strip()) <= limit]
    assert all(any(line in piece for piece in pieces) for line in lines)

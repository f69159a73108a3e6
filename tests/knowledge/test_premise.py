"""What is taken for granted becomes a question that a guide can answer."""

import pytest

from knowledge.premise import as_question, is_doubt


@pytest.mark.parametrize(
    ("premise", "question"),
    [
        ("补助有五万", "补助多少钱"),
        ("补助发 50000 块", "补助多少钱"),
        ("一个月给八千多块钱", "一个月多少钱"),
        ("落户三天就能好", "落户要几天"),
        ("落户只要 3 个工作日", "落户要几天"),
        ("户口跟社保卡一块儿办", "户口跟社保卡一块儿办"),
        ("三十天内不报到要罚款", "三十天内不报到要罚款"),
        ("不用交身份证", "不用交身份证"),
        ("要交两张照片", "要交两张照片"),
    ],
)
def test_sums_and_spans_are_asked_for_rather_than_taken_over(premise: str, question: str) -> None:
    assert as_question(premise) == question


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("是真的吗", True),
        ("真的假的", True),
        ("对不对", True),
        ("有这回事吗", True),
        ("是不是真的", True),
        ("那", False),
        ("", False),
        ("对了", False),
        ("要带吗", False),
        ("真的要带身份证吗", False),
    ],
)
def test_doubt_is_told_from_a_question(clause: str, expected: bool) -> None:
    assert is_doubt(clause) is expected

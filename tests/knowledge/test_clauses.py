"""What parts a message, and which of its clauses ask."""

import pytest

from knowledge.clauses import asks, clauses


def test_marks_and_blanks_part_a_message_and_question_marks_are_kept() -> None:
    assert clauses("户口要几天？材料带齐了，去哪办") == [("户口要几天", True), ("材料带齐了", False), ("去哪办", False)]


@pytest.mark.parametrize(
    "clause",
    [
        "钱谁掏",
        "要好多天才搞得完",
        "提交后有无凭号",
        "登记后推送何部门",
        "包在里头没得",
        "何时到账",
        "办好没有",
        "中不",
    ],
)
def test_clause_that_asks(clause: str) -> None:
    assert asks(clause)


@pytest.mark.parametrize(
    "clause",
    ["我都交上去了", "无论如此", "好多人都办完了", "前几年退的", "没什么", "任何人都行", "还没报到呢", "没得办法了"],
)
def test_clause_that_only_tells(clause: str) -> None:
    assert not asks(clause)

"""What is spoken of a reply, and how long that takes."""

import re

import pytest

from bot.message import Choice, Citation, Reply
from bot.read_aloud import SECONDS, numeral, read_aloud, seconds
from bot.wording import load_wording

WORDING = load_wording("12345")
CITED = Citation(guide="h", title="方案", doc_no="豫退役军人〔2024〕63号", section="附件2 五(二)6", valid_from=None)


def said(text: str, **more: object) -> str:
    return "".join(read_aloud(Reply.model_validate({"kind": "answer", "text": text, **more}), WORDING))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("带《落户介绍信》。", "带落户介绍信。"),
        ("请回“更多”。", "请说更多。"),
        ("请回复“人工”", "请说人工。"),
        ("1. 退役报到\n2. 户口登记——派出所", "第一，退役报到。第二，户口登记，派出所。"),
        ("11. 报到", "第十一，报到。"),
        ("· 户口登记：办理中（11 月 17 日）。", "户口登记：办理中，11 月 17 日。"),
        ("请拨打 12345。", "请拨打 1 2 3 4 5。"),
        ("请拨打 110 或 120。", "请拨打 1 1 0 或 1 2 0。"),
        ("编号 TY26-8F3K-M2QX", "编号 T Y 2 6 8 F 3 K M 2 Q X。"),
        ("打 0371-65866666 问", "打 0 3 7 1 6 5 8 6 6 6 6 6 问。"),
        ("补 45000 元。", "补 45000 元。"),
        ("10 个工作日内办", "10 个工作日内办。"),
    ],
)
def test_writing_becomes_speech(text: str, spoken: str) -> None:
    assert said(text) == spoken


def test_choices_are_counted_in_words() -> None:
    choices = (Choice(number=1, label="是"), Choice(number=2, label="不是"))

    assert said("注销了吗？", choices=choices) == "注销了吗？请选：一，是；二，不是。"


def test_source_comes_last_and_has_no_brackets() -> None:
    assert said("要带。", citations=(CITED,)) == "要带。依据是豫退役军人2024年63号，附件2 五，二，6。"


def test_each_portion_takes_twenty_seconds_at_most() -> None:
    portions = read_aloud(Reply(kind="answer", text="请带户口簿和身份证，还有退役证。" * 30 + "长" * 200), WORDING)

    assert len(portions) > 3
    assert [one for one in portions[:-1] if seconds(one) > SECONDS] == []


def test_browser_is_answered_in_writing() -> None:
    assert read_aloud(Reply(kind="answer", text="请回“更多”。"), WORDING, by_telephone=False) == ["请回更多。"]


@pytest.mark.parametrize(
    ("number", "spoken"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (100, "100")]
)
def test_numerals(number: int, spoken: str) -> None:
    assert numeral(number, WORDING) == spoken


def test_nothing_that_cannot_be_said_is_left() -> None:
    text = "【演示】看“这里”（见〔2024〕5号）：\n1. 「甲」——乙（丙）；\n· 《丁》（戊）。"

    assert re.findall("[“”「」《》【】（）〔〕()·]", said(text, citations=(CITED,))) == []

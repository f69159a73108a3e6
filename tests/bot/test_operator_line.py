"""What an operator types, and what he is shown."""

import pytest

from bot.message import Choice, Citation, Reply
from bot.operator_line import for_operator, written_out
from bot.wording import load_wording

WORDING = load_wording("12345")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("来电人问 户口注销证明 要否 河南", "河南，户口注销证明要不要"),
        ("女 代儿子问 落户几日", "我替儿子问，落户几天"),
        ("群众咨询：优待证 何处办", "优待证在哪里办"),
        ("户口登记 材料", "户口登记要带哪些材料"),
        ("男，问补助金何时发 海南", "海南，补助金什么时候发"),
        ("社保卡可否代领", "社保卡能不能代领"),
        ("报到 时限", "报到要几天"),
    ],
)
def test_telegraph_style_is_written_out(typed: str, meant: str) -> None:
    assert written_out(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "我户口注销了",
        "女儿的户口怎么办",
        "1",
        "0",
        "来电人要求人工",
        "户口注销证明要不要带",
        "自主就业的",
        "人工",
        "男",
    ],
)
def test_everything_else_is_left_as_it_is(text: str) -> None:
    assert written_out(text) == text


def test_operator_is_shown_what_to_read_first_and_then_everything() -> None:
    cited = Citation(guide="h", title="方案", doc_no="豫〔2024〕63号", section="五(二)6", valid_from=None)
    reply = Reply(
        kind="answer",
        text="要带《户口簿》。",
        citations=(cited,),
        choices=(Choice(number=1, label="更多"),),
        data={"knowledge_ids": ["henan/paper"]},
    )
    shown = for_operator(reply, WORDING)

    assert shown.text.startswith("要带户口簿。请选：一，更多。依据是豫2024年63号，五，二，6。\n")
    assert shown.text.endswith("要带《户口簿》。\n（依据：豫〔2024〕63号 五(二)6）\n1. 更多")
    assert shown.data["operator"] == {
        "sections": ["豫〔2024〕63号 五(二)6"],
        "knowledge_ids": ["henan/paper"],
        "quick_keys": {"1": "更多", "*": "上一步", "#": "再说一遍", "0": "人工"},
    }


def test_text_that_is_read_as_it_stands_is_shown_once() -> None:
    assert for_operator(Reply(kind="smalltalk", text="您好。"), WORDING).text == "您好。"

"""Words that only announce a question, against words that already ask one."""

import pytest

from knowledge.opening import is_call, only_announces, without_opening


@pytest.mark.parametrize(
    "message",
    [
        "我想问一下",
        "你好，问个事",
        "您好，我想咨询一下",
        "请问",
        "请问一下",
        "有个问题",
        "我有个事想问问",
        "打扰一下，问个事",
        "同志您好，我想请教一下",
        "想打听个事儿",
        "那个，我想问一下",
        "在吗，想了解一下",
        "我想咨询一下可以吗",
        "麻烦问一下。",
    ],
)
def test_announcement_says_nothing_yet(message: str) -> None:
    assert only_announces(message)


@pytest.mark.parametrize(
    "message",
    [
        "你好",
        "在吗",
        "户口",
        "我想问户口",
        "我想问一下户口要几天",
        "问一下补助",
        "要问社保卡",
        "问事要带什么",
        "事情办完了",
        "有没有人",
        "还有问题吗我这边",
        "怎么办",
        "我想办户口",
        "",
    ],
)
def test_greeting_or_matter_is_no_announcement(message: str) -> None:
    assert not only_announces(message)


@pytest.mark.parametrize(
    ("clause", "left"),
    [
        ("我想问一下户口要几天", "户口要几天"),
        ("你好，请问身份证要带吗", "身份证要带吗"),
        ("同志，户口怎么办", "户口怎么办"),
        ("请问 户口", "户口"),
        ("户口要几天", "户口要几天"),
        ("请问", "请问"),
        ("问问题要钱吗", "问问题要钱吗"),
    ],
)
def test_opening_is_taken_off(clause: str, left: str) -> None:
    assert without_opening(clause) == left


@pytest.mark.parametrize(("clause", "expected"), [("在吗", True), ("您好", True), ("你好啊", True), ("在哪", False)])
def test_call_is_told_from_a_question(clause: str, expected: bool) -> None:
    assert is_call(clause) is expected

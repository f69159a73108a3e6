"""The proof of a case is kept out of everything that is stored; other figures stay."""

import pytest

from bot.masking import Kind, mask_last_four


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        ("123x", "123X"),
        ("１２３Ｘ", "123X"),
        ("1 2 3 4", "1234"),
        ("幺二三四", "1234"),
        ("洞拐勾叉", "079X"),
        ("是1234。", "1234"),
        ("后四位是123X", "123X"),
        ("尾号 123X。", "123X"),
        ("我身份证最后四位1234", "1234"),
        ("好的，1234，麻烦您", "1234"),
    ],
)
def test_awaited_proof_is_taken_out(text: str, value: str) -> None:
    masked = mask_last_four(text, is_awaited=True)

    assert [(one.kind, one.value) for one in masked.found] == [(Kind.LAST_FOUR, value)]
    assert "〔后四位1〕" in masked.text
    assert value not in masked.text


@pytest.mark.parametrize(
    "text",
    [
        "查进度 TY26-8F3K-M2QX 1234",
        "1234，TY26-8F3K-M2QX",
        "TY二六杠八F三K杠M二QX，后四位1234",
        "查进度，后四位1234",
    ],
)
def test_proof_beside_a_case_number_or_announced_is_taken_out_unasked(text: str) -> None:
    masked = mask_last_four(text, is_awaited=False)

    assert [one.value for one in masked.found] == ["1234"]
    assert "1234" not in masked.text


@pytest.mark.parametrize(
    "text", ["TY26-1234-5678", "ty26 8f3k 1234", "26 8f3k 1234", "26-8F3K-1234", "TY二六幺二三四五六七八"]
)
def test_case_number_itself_stays(text: str) -> None:
    assert mask_last_four(text, is_awaited=True).text == text


@pytest.mark.parametrize(
    "text",
    ["我2024年退伍的", "补助1234元对吗", "我住1203号楼", "豫退役军人〔2024〕63号", "我是三四五团的", "户口要几天"],
)
def test_other_figures_stay_even_while_it_is_awaited(text: str) -> None:
    assert mask_last_four(text, is_awaited=True).text == text


@pytest.mark.parametrize("text", ["1234", "一二三四", "2024", "补助 1234", "8点到12点"])
def test_figures_stay_where_nobody_asked_for_it(text: str) -> None:
    assert mask_last_four(text, is_awaited=False).text == text


def test_masked_text_is_not_masked_again() -> None:
    assert mask_last_four("后四位〔后四位1〕", is_awaited=True).found == ()

"""What counts as a word about the answer before, and what must not."""

from __future__ import annotations

import pytest

from bot.thumbs import Judged, judged


@pytest.mark.parametrize("text", ["有用", "很有用。", "有用的，谢谢", "这个有帮助", "您回答得好！", "管用了", "👍"])
def test_thanks_for_an_answer_are_thumbs_up(text: str) -> None:
    assert judged(text) == Judged("up")


@pytest.mark.parametrize("text", ["没用", "没有用。", "没啥用啊", "你们这个没用", "答非所问", "答错了", "👎"])
def test_a_complaint_about_an_answer_is_thumbs_down(text: str) -> None:
    assert judged(text) == Judged("down")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("没用，说的不是我问的", "说的不是我问的"),
        ("没用，因为我是河南的", "我是河南的"),
        ("答错了。时间早过了", "时间早过了"),
        ("没用 你讲的是四川的事", "你讲的是四川的事"),
    ],
)
def test_the_reason_behind_it_is_kept(text: str, reason: str) -> None:
    assert judged(text) == Judged("down", reason)


@pytest.mark.parametrize(
    "text",
    [
        "没用过社保卡怎么办",
        "没用，那要去哪里办",
        "没用，要带什么",
        "这个证有用吗",
        "有用没用",
        "没用完的假怎么算",
        "户口本有用",
        "没有用工单位怎么办",
        "优待证没用",
        "不对",
        "没有",
        "有",
        "好的",
        "谢谢",
        "有用的材料有哪些",
        "没用？",
        "",
    ],
)
def test_what_only_sounds_like_it_is_left_to_be_answered(text: str) -> None:
    assert judged(text) is None

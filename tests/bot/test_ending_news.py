"""No more news, said to nobody but the silent assistant."""

import pytest

from bot.ending_news import ends_news


@pytest.mark.parametrize(
    "text",
    ["别再通知了", "不要再发了", "短信别发了", "请不要再给我发短信了。", "退订", "TD", "取消提醒", "不想收到短信了"],
)
def test_plain_wish_is_heard(text: str) -> None:
    assert ends_news(text)


@pytest.mark.parametrize(
    "text", ["取消", "不用等了", "别发火，我问一下", "通知我一声", "短信里说的地址在哪", "不要了", "不通知单位行吗"]
)
def test_anything_else_is_for_the_person_who_reads_it(text: str) -> None:
    assert not ends_news(text)

import pytest

from knowledge.numbered import numbered


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("第3项怎么办", 3, "怎么办"),
        ("第三件去哪办", 3, "去哪办"),
        ("那第十一项要带什么", 11, "那要带什么"),
        ("第 2 个要几天", 2, "要几天"),
        ("第十个事咋弄", 10, "咋弄"),
        ("第二十项怎么办", 20, "怎么办"),
        ("4号要本人去吗", 4, "要本人去吗"),
    ],
)
def test_a_number_in_a_question_is_found(text: str, number: int, rest: str) -> None:
    found = numbered(text)

    assert found is not None
    assert found.number == number
    assert text[: found.start] + text[found.end :] == rest


@pytest.mark.parametrize("text", ["第3项", " 3项 ", "要几天", "3天能好吗", "2个月了", "三个孩子", "一件事是啥", ""])
def test_a_bare_number_and_an_ordinary_count_are_left_alone(text: str) -> None:
    assert numbered(text) is None

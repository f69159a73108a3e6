import pytest

from knowledge.numbered import numbered, numbered_paper


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
        ("9 去哪办", 9, "去哪办"),
        ("6是啥子 咋个办", 6, "是啥子 咋个办"),
        ("10是啥 他要办不", 10, "是啥 他要办不"),
        ("9 老婆帮我去办", 9, "老婆帮我去办"),
    ],
)
def test_a_number_in_a_question_is_found(text: str, number: int, rest: str) -> None:
    found = numbered(text)

    assert found is not None
    assert found.number == number
    assert text[: found.start] + text[found.end :] == rest


COUNTS = (
    "5级残疾办不办",
    "2024年的能不能办",
    "12345打不通咋办",
    "8点开门吗",
    "2寸照片要吗",
    "6 9",
    "2",
    "1 对",
    "20多样要带吗",
)


@pytest.mark.parametrize(
    "text", ["第3项", " 3项 ", "要几天", "3天能好吗", "2个月了", "三个孩子", "一件事是啥", "", *COUNTS]
)
def test_a_bare_number_and_an_ordinary_count_are_left_alone(text: str) -> None:
    assert numbered(text) is None


def test_a_paper_is_named_by_its_number() -> None:
    found = numbered_paper("第3样咋个带嘛")

    assert found is not None
    assert (found.number, found.start, found.end) == (3, 0, 3)


@pytest.mark.parametrize("text", ["第3样", "第3件咋个办", "要3样吗"])
def test_no_paper_is_named_by_another_number(text: str) -> None:
    assert numbered_paper(text) is None

"""A story whose opening outweighs the question at its end."""

import pytest

from knowledge.last_clause import asking_clause, with_last_clause
from knowledge.loader import load_library
from knowledge.reference import Reference
from knowledge.resolve import Resolution, Resolver
from knowledge.subject import Subject

LIBRARY = load_library()
REFERENCE = Reference(LIBRARY)


def of(province: str) -> Resolver:
    return REFERENCE.resolver(LIBRARY.provinces[province])


def came_to(province: str, question: str) -> tuple[Resolution, Resolution]:
    """What the whole comes to, and what its last clause makes of it."""
    whole = of(province).resolve(question, Subject())
    return whole, with_last_clause(question, whole, of(province))


@pytest.mark.parametrize(
    ("message", "clause"),
    [
        ("俺家小子刚回来，啥都没带，补助几号发", "补助几号发"),
        ("你好，照片几寸的", None),
        ("照片几寸的", None),
        ("户口销了，单子也丢了", None),
        ("派出所在哪？我明天去", "派出所在哪"),
    ],
)
def test_asking_clause_is_the_last_that_asks_and_only_a_part(message: str, clause: str | None) -> None:
    assert asking_clause(message) == clause


def test_what_the_end_asks_is_told_when_the_story_leaves_doubt() -> None:
    whole, both = came_to("henan", "俺外甥填那表的时候瞎编了套房，以后查出来咋办")

    assert "法律责任" not in whole.said.say if whole.said else True
    assert both.said is not None
    assert "法律责任" in both.said.say


@pytest.mark.parametrize(
    ("province", "question"),
    [
        ("henan", "落户几天"),
        ("henan", "我落集体户，要带哪些材料"),
        ("fujian", "我是退役士兵，社保卡几天能办好"),
        ("hebei", "我退下来了，身份证是邮寄还是自取"),
    ],
)
def test_clear_question_is_left_as_it_is(province: str, question: str) -> None:
    whole, same = came_to(province, question)

    assert same is whole


def test_nothing_about_another_thing_is_added() -> None:
    whole, both = came_to("sichuan", "上户口落我妈那本上 要带啥子去")

    assert both.said is not None
    assert "reporting" not in " ".join(both.said.ids)
    assert whole.said is not None

"""A paper that no guide names is not answered for by another paper."""

import pytest

from knowledge.loader import load_library
from knowledge.reference import Reference
from knowledge.strange_papers import strange_paper
from knowledge.subject import Subject

STRANGE = ["无犯罪记录证明要不要带", "学生证用不用拿", "要开工资证明不", "需要单身证明吗", "没有带入伍批准书行不行"]
KNOWN = [
    "身份证要带吗",
    "落户介绍信谁开",
    "户口注销证明要不要带",
    "没有退役证行不行",
    "要带哪些证明",
    "办社保卡要什么证件",
]
NO_NAMES = ["一共要几样证", "发不发证明", "派出所开的证明要不要", "两封介绍信都要带吗"]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(load_library())


@pytest.mark.parametrize("asked", [*KNOWN, *NO_NAMES])
def test_known_papers_and_talk_around_papers_are_not_strange(reference: Reference, asked: str) -> None:
    assert strange_paper(asked, reference.vocabulary.find(asked)) is None


@pytest.mark.parametrize("province", ["fujian", "hainan", "hebei", "henan", "sichuan"])
@pytest.mark.parametrize("asked", STRANGE)
def test_strange_paper_gets_no_other_papers_answer(reference: Reference, province: str, asked: str) -> None:
    knowledge = reference.library.provinces[province]
    found = reference.resolver(knowledge).resolve(asked, Subject())
    name = strange_paper(asked, reference.vocabulary.find(asked))

    assert name is not None
    if found.said is None or found.entry is None:
        assert found.said is None or f"没有提到“{name}”" in found.said.say
    else:
        # What is said instead speaks of papers as a whole, or has the name in it.
        assert found.entry.kind in ("topic", "gap")


@pytest.mark.parametrize(
    ("province", "asked", "paper"),
    [
        ("hebei", "军人职业年金缴费凭证要不要带", "军人职业年金缴费凭证"),
        ("hebei", "去武装部的介绍信要不要带", "兵役登记介绍信"),
        ("hebei", "房本要不要拿", "房屋产权证明"),
        ("henan", "义务兵退役医疗保险金转移凭证要不要带", "义务兵退役医疗保险金转移凭证"),
        ("hainan", "我爸的身份证要不要带", "户主身份证"),
    ],
)
def test_paper_of_another_province_is_said_to_be_missing_here(
    reference: Reference, province: str, asked: str, paper: str
) -> None:
    said = reference.resolver(reference.library.provinces[province]).resolve(asked, Subject()).said

    assert said is not None
    assert said.say.startswith(f"指南里没有提到“{paper}”")
    assert said.complete != "complete"


@pytest.mark.parametrize("province", ["fujian", "henan"])
def test_photo_of_another_size_is_said_to_be_missing_beside_the_one_that_is_wanted(
    reference: Reference, province: str
) -> None:
    said = reference.resolver(reference.library.provinces[province]).resolve("两寸照片要不要带", Subject()).said

    assert said is not None
    assert "没有提到“两寸证件照片”" in said.say
    assert "一寸" in said.say


def test_paper_that_a_question_names_beside_an_own_one_does_not_hide_that(reference: Reference) -> None:
    said = reference.resolver(reference.library.provinces["hebei"]).resolve("没有户口本，拿房本行不行", Subject()).said

    assert said is not None
    assert "没有提到“房屋产权证明”" in said.say
    assert "户口簿" in said.say

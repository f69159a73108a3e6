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

"""Whether a province's service serves somebody who belongs elsewhere, or a place of the province."""

import pytest

from tests.actions.builders import Person

NO_GUIDE = "办事指南我这里还没有"


async def settled_in(place: str) -> Person:
    """Somebody whose place of settlement is kept."""
    person = Person()
    await person.meets("set_region", f"安置在{place}", "set_region")
    return person


@pytest.mark.parametrize(
    ("kept", "text", "told"),
    [
        ("河南", "我老家在这儿，可是安置到湖北落户了，河南这个我还办得成不", "河南省内落户安置"),
        ("福建", "我户口要落浙江 人在福州当的兵 福建这个有没有份", "福建省内落户安置"),
        ("河南", "俺哥当兵走嘞河南 回来安置到苏州了 户口也落那 河南这个一件事给办不", "河南省内落户安置"),
        ("河南", "我安置在江苏，你们这个能办不", "河南省内落户安置"),
        ("四川", "我要落到重庆去，这边归不归你们管", "安置地不在四川"),
        ("海南", "我落户到广西了，你们海南这个还能办吗", "落户海南"),
    ],
)
async def test_who_settles_elsewhere_is_told_whom_the_service_is_for(kept: str, text: str, told: str) -> None:
    reply = await (await settled_in(kept)).told("answer_question", text)

    assert reply.text.startswith(f"{kept}：")
    assert told in reply.text


async def test_who_is_covered_is_answered_beside_it() -> None:
    result = await Person(region_hint="福建").meets(
        "answer_question", "这个都给哪些人办的，退回来要落到江西去的算不算在里头"
    )

    said = "".join(reply.text for reply in result.replies)
    assert "当年度" in said
    assert "安置在外省的不在里面" in said


async def test_next_question_is_not_answered_from_the_guide_that_does_not_serve_him() -> None:
    person = await settled_in("河南")
    await person.meets("answer_question", "我老家在这儿，可是安置到湖北落户了，河南这个我还办得成不")

    assert NO_GUIDE in (await person.told("answer_question", "户口几天能办好")).text


@pytest.mark.parametrize(
    "text",
    [
        "我安置在江苏，退役报到怎么办",
        "安置在江苏，这个怎么办",
        "安置到江苏能办吗",
        "我落户浙江，要带啥材料",
        "落到江西去的，要带什么",
        "我安置在江苏，这个社保卡能办吗",
    ],
)
async def test_matter_of_a_place_without_a_guide_is_not_answered_from_the_kept_one(text: str) -> None:
    assert NO_GUIDE in (await (await settled_in("河南")).told("answer_question", text)).text


@pytest.mark.parametrize("begun", ["福建", None])
@pytest.mark.parametrize("text", ["平潭这边归不归这个套餐管咧", "平潭包不包括在这个里头"])
async def test_place_of_the_province_is_told_that_its_guide_goes_for_it(begun: str | None, text: str) -> None:
    person = await settled_in(begun) if begun else Person()

    reply = await person.told("answer_question", text)

    assert reply.text.startswith("平潭县按福建的指南办")
    assert "福建省内" in reply.text


async def test_it_is_a_question_whatever_it_was_taken_for() -> None:
    reply = await Person(region_hint="河南").told(
        "set_region", "我老家在这儿，可是安置到湖北落户了，河南这个我还办得成不", "set_region"
    )

    assert "河南省内落户安置" in reply.text

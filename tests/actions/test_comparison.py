"""Provinces side by side on request, each from its own guide; never when nobody asked for it."""

import pytest

from bot.message import Reply
from tests.actions.builders import Person, in_questionnaire, knowledge, labels

ALL = ["河北", "福建", "河南", "海南", "四川"]


def lines(reply: Reply) -> dict[str, str]:
    """What stands behind each province's name."""
    return dict(line.split("：", 1) for line in reply.text.splitlines()[1:])  # type: ignore[misc]


async def test_two_provinces_stand_side_by_side_each_with_its_own_section() -> None:
    reply = await Person().told("answer_question", "河南和海南社保卡要多久")

    assert reply.kind == "answer"
    assert list(lines(reply)) == ["河南", "海南"]
    assert "7 个工作日内制好卡" in lines(reply)["河南"]
    assert "（附件2 五(四)5、" in lines(reply)["河南"]
    assert "没有写" in lines(reply)["海南"]
    assert reply.data["region"] == ["河南", "海南"]
    assert reply.data["completeness"] == "partial"


async def test_every_line_is_what_a_caller_of_that_province_is_told() -> None:
    table = lines(await Person().told("answer_question", "各省落户要多久"))

    alone = {
        region: (await Person(region_hint=region).told("answer_question", "落户要多久")).text.removeprefix(
            f"{region}："
        )
        for region in ALL
    }

    assert list(table) == ALL
    assert [region for region in ALL if not alone[region].startswith(table[region].rpartition("（")[0])] == []


async def test_every_province_is_cited_by_its_own_guides_only() -> None:
    reply = await Person().told("answer_question", "各省落户要多久")

    library = knowledge().library
    guides = {guide.id: province.id for province in library.provinces.values() for guide in province.head.guides}
    named = {one.split(".")[0] for one in reply.data["knowledge_ids"]}
    assert {guides[citation.guide] for citation in reply.citations} == named == set(library.provinces)


@pytest.mark.parametrize(
    ("message", "regions"),
    [
        ("河南和海南落户有啥不一样", ["河南", "海南"]),
        ("四川、河北、福建社保卡要多久", ["四川", "河北", "福建"]),
        ("河南户口要几天，海南呢", ["河南", "海南"]),
        ("河南落户和海南落户有什么区别", ["河南", "海南"]),
        ("各省落户要几天", ALL),
        ("哪个省落户最快", ALL),
        ("户口注销证明各省要不要带", ALL),
        ("各省全部办完要多久", ALL),
    ],
)
async def test_provinces_that_are_asked_for_are_compared(message: str, regions: list[str]) -> None:
    reply = await Person().told("answer_question", message)

    assert reply.data["region"] == regions


async def test_kept_province_is_compared_with_the_named_one() -> None:
    person = Person()
    await person.meets("set_region", "我是河南的", "set_region")

    reply = await person.told("answer_question", "跟海南比落户有啥区别")

    assert reply.data["region"] == ["河南", "海南"]


@pytest.mark.parametrize(
    "message",
    [
        "我在海南当兵，河南落户要几天",
        "我从海南转到河南落户要几天",
        "各省规定不一样，我这边落户要几天",
        "河南和海南我都待过，我落户要几天",
        "新乡和郑州落户一样吗",
        "我老婆是四川的，我落户要带什么",
        "别的省的人能在这里办落户吗",
    ],
)
async def test_place_in_passing_brings_no_comparison(message: str) -> None:
    reply = await Person(region_hint="河南").told("answer_question", message)

    assert isinstance(reply.data.get("region"), str)


async def test_province_without_a_guide_is_named_in_its_line() -> None:
    reply = await Person().told("answer_question", "河南和广东落户要几天")

    assert lines(reply)["广东"] == "这个省的办事指南我这里还没有。"
    assert reply.data["region"] == ["河南"]
    assert reply.data["completeness"] == "partial"


async def test_item_that_a_province_does_not_list_is_said_by_that_province() -> None:
    reply = await Person().told("answer_question", "河南和海南优待证怎么办")

    assert "不在河南列出的 11 项里" in lines(reply)["河南"]
    assert "办理指引" in lines(reply)["海南"]


async def test_without_a_matter_one_question_is_asked_back() -> None:
    person = Person()
    asked = await person.told("answer_question", "四川和河南有什么不同")

    taken = await person.told("take_choice", "1")

    assert asked.kind == "clarify"
    assert len(asked.choices) == 4
    assert list(lines(taken)) == ["四川", "河南"]


async def test_matter_that_was_spoken_of_is_compared() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "社保卡要几天")

    reply = await person.told("answer_question", "河南和海南有什么不同")

    assert reply.text.startswith("社会保障卡（含电子社保卡）申领：多久办好")


async def test_without_a_side_two_provinces_are_compared_in_time_and_papers() -> None:
    result = await Person().meets("answer_question", "河南和海南落户有啥不一样")

    assert [reply.text.split("，")[0] for reply in result.replies] == [
        "户口登记（恢复户口）：多久办好",
        "户口登记（恢复户口）：要带什么",
    ]
    assert labels(result.replies[-1]) == ["更多", "比怎么办", "比在哪办"]


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("各省补助多少钱", "能领多少钱"),
        ("海南和河南哪个补助多", "能领多少钱"),
        ("河南和福建落户哪个快", "多久办好"),
        ("河南和海南社保卡邮费多少钱", "要交多少钱"),
    ],
)
async def test_side_that_is_only_weighed_is_understood(message: str, title: str) -> None:
    reply = await Person().told("answer_question", message)

    assert title in reply.text.splitlines()[0]


async def test_another_side_can_be_taken() -> None:
    person = Person()
    await person.meets("answer_question", "河南和海南落户有啥不一样")

    reply = await person.told("take_choice", "比在哪办")

    assert reply.text.startswith("户口登记（恢复户口）：在哪办")
    assert reply.data["region"] == ["河南", "海南"]


async def test_source_after_a_comparison_names_the_documents_of_both() -> None:
    person = Person()
    await person.meets("answer_question", "河南和海南社保卡要多久")

    reply = await person.told("show_source", "依据是什么", "ask_source")

    assert "豫退役军人〔2024〕63号" in reply.text
    assert "海南政务服务" in reply.text


async def test_more_after_a_comparison_says_whose_it_is() -> None:
    person = Person()
    await person.meets("answer_question", "河南和海南落户要几天")

    result = await person.meets("say_more", "更多", "say_more")

    assert result.replies[0].data["region"] == "河南"
    assert result.replies[0].text.startswith("河南，户口登记（恢复户口）：多久办好——")


async def test_comparison_keeps_no_province() -> None:
    person = Person()
    await person.meets("answer_question", "河南和海南落户要几天")

    assert person.memory.region is None


async def test_in_the_questionnaire_a_comparison_offers_no_choices() -> None:
    person = await in_questionnaire("1")

    result = await person.meets("answer_question", "河南和海南落户要几天")

    assert [reply.choices for reply in result.replies] == [()]


async def test_comparison_that_rasa_took_for_a_region_is_made_all_the_same() -> None:
    reply = await Person().told("set_region", "海南和河南落户哪个快", "set_region")

    assert reply.data["region"] == ["海南", "河南"]
    assert reply.citations

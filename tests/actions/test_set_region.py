"""The place where the person settles."""

import pytest

from tests.actions.builders import Person, in_questionnaire, labels


async def test_region_is_kept_and_told() -> None:
    person = Person()

    reply = await person.told("set_region", "我是河南的", "set_region")

    assert "河南" in reply.text
    assert person.memory.region is not None
    assert person.memory.region.code == "410000"


@pytest.mark.parametrize(
    "text", ["老家信阳，安置在泉州", "老家信阳安置在泉州", "我信阳人，落户泉州", "户口原来在河南信阳，现在要迁到泉州"]
)
async def test_place_of_settlement_counts_beside_the_home(text: str) -> None:
    person = Person()

    await person.meets("set_region", text, "set_region")

    assert person.memory.region is not None
    assert person.memory.region.code == "350500"


async def test_switch_replaces_the_region() -> None:
    person = Person(region_hint="河南")
    await person.meets("set_region", "换成海南", "set_region")

    reply = await person.told("answer_question", "户口要几天")

    assert reply.data["region"] == "海南"


async def test_place_without_a_guide_is_said_so_and_no_other_guide_answers_after_it() -> None:
    person = Person(region_hint="河南")
    told = await person.told("set_region", "我安置在广东", "set_region")

    after = await person.told("answer_question", "户口要几天")

    assert "广东" in told.text
    assert after.kind == "fallback"
    assert "广东" in after.text


async def test_item_in_the_same_sentence_is_answered() -> None:
    person = Person()

    reply = await person.told("set_region", "我安置在新乡，户口怎么办", "set_region")

    assert reply.kind == "answer"
    assert reply.data["knowledge_ids"] == ["henan.item.household_registration.how"]
    assert person.memory.region is not None
    assert person.memory.region.name == "新乡"


async def test_message_without_a_place_asks_for_it() -> None:
    reply = await Person().told("set_region", "换个省", "set_region")

    assert reply.kind == "clarify"
    assert labels(reply) == ["河北", "福建", "河南", "海南", "四川"]


async def test_list_that_waits_for_the_region_is_given() -> None:
    person = Person()
    await person.meets("list_materials", "要带哪些材料", "ask_materials")

    reply = await person.told("set_region", "河南", "set_region")

    assert "每个人都要备的" in reply.text


async def test_items_that_wait_for_the_region_are_given() -> None:
    person = Person()
    await person.meets("list_items", "有哪些事要办", "ask_items")

    reply = await person.told("set_region", "海南", "set_region")

    assert "一共能办 16 件" in reply.text


async def test_other_province_in_the_questionnaire_begins_its_own() -> None:
    person = await in_questionnaire("1", "1")

    result = await person.meets("set_region", "我安置在海南", "set_region")

    assert result.replies[-1].data["question"] == "reported"
    assert person.memory.private["answers"] == {"settlement": "hainan"}


async def test_same_province_in_the_questionnaire_changes_nothing() -> None:
    person = await in_questionnaire("1", "1")

    reply = await person.told("set_region", "我是河南的", "set_region")

    assert reply.text == "记下了：河南。"
    assert person.memory.questionnaire is not None
    assert person.memory.questionnaire.answered == 2


async def test_place_without_a_guide_leaves_a_running_questionnaire_as_it_is() -> None:
    person = await in_questionnaire("1", "1")

    await person.meets("set_region", "我安置在广东", "set_region")

    assert person.memory.region is not None
    assert person.memory.region.name == "河南"
    assert person.memory.loop == "run_questionnaire"


async def test_place_without_a_guide_that_begins_the_questionnaire_is_kept() -> None:
    person = Person()

    begun = await person.told("run_questionnaire", "我是广东的，退伍要办啥", "start_questionnaire")
    asked = await person.told("answer_question", "那户口呢")

    assert "广东的办事指南我这里还没有" in begun.text
    assert "12345" in begun.text
    assert "广东的办事指南我这里还没有" in asked.text

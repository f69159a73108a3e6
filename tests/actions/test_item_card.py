"""One item of the person's own list, by its number."""

import pytest

from tests.actions.builders import Person, knowledge, with_result

HOUSEHOLD = 3
"""The number of 户口登记 in the list of `with_result`."""


async def test_item_is_told_with_step_limit_and_section() -> None:
    person = await with_result()

    reply = await person.told("take_choice", str(HOUSEHOLD))

    assert reply.text.startswith("河南：户口登记（退役军人恢复户口）——")
    assert "10 个工作日" in reply.text
    assert "附件2 五(四)3" in [citation.section for citation in reply.citations]
    assert reply.data["knowledge_ids"] == [
        "henan.item.household_registration",
        "henan.item.household_registration.time_limit",
        "henan.item.household_registration.where",
        "henan.item.household_registration.result",
    ]


async def test_more_of_an_item_tells_papers_reason_and_what_forgetting_costs() -> None:
    person = await with_result()
    await person.meets("take_choice", str(HOUSEHOLD))

    more = (await person.told("say_more", "更多", "say_more")).text

    assert "居民户口簿" in more
    assert "房屋产权证明" not in more  # this person joins a household
    assert "注销" in more
    assert "漏了会怎样" in more


@pytest.mark.parametrize("text", ["第3项去哪办", "第三件去哪儿办", "3号去哪办"])
async def test_item_is_meant_by_its_number_within_a_question(text: str) -> None:
    person = await with_result()

    reply = await person.told("answer_question", text)

    assert reply.data["knowledge_ids"] == ["henan.item.household_registration.where"]


async def test_number_beyond_the_list_means_no_item() -> None:
    person = await with_result()

    reply = await person.told("answer_question", "第19项去哪办")

    assert "henan.item.household_registration.where" not in reply.data.get("knowledge_ids", [])


async def test_result_holds_back_the_steps_and_what_is_forgotten() -> None:
    person = await with_result()

    first = person.memory.private["last"][0]["text"]
    parts = [(await person.told("say_more", "更多", "say_more")).text for _ in range(3)]
    more = "\n".join(parts)

    step = knowledge().library.provinces["henan"].items["household_registration"].next_step
    assert step not in first
    assert step in more
    assert "容易漏的" in more


async def test_item_of_a_list_that_is_gone_is_said_so() -> None:
    person = Person(region_hint="河南")
    person.memory.private["offered"] = [{"number": 1, "label": "旧事项", "does": "item:henan.gone"}]

    reply = await person.told("take_choice", "1")

    assert reply.kind == "fallback"


@pytest.mark.parametrize(
    ("text", "item"),
    [("9 去哪办", "medical_enrolment"), ("6是啥子", "pension_transfer"), ("9 老婆帮我去办行不行", "medical_enrolment")],
)
async def test_number_at_the_beginning_of_a_question_is_that_of_his_list(text: str, item: str) -> None:
    person = await with_result()
    await person.meets("answer_question", "户口注销证明哪开", "ask_policy")

    reply = await person.told("answer_question", text)

    assert all(one.startswith(f"henan.item.{item}") for one in reply.data["knowledge_ids"])


async def test_numbers_of_the_result_stay_good_after_choices_were_left_alone() -> None:
    person = await with_result()
    asked = await person.told("answer_question", "房屋产权证明要不要带")
    await person.meets("thank", "谢谢", "thank")

    reply = await person.told("take_choice", "1")

    assert asked.choices
    assert reply.data["knowledge_ids"][0] == "henan.item.reporting"


async def test_open_choices_come_before_the_numbers_of_the_result() -> None:
    person = await with_result()
    asked = await person.told("answer_question", "房屋产权证明要不要带")

    reply = await person.told("take_choice", "1")

    assert asked.choices[0].label == "更多"
    assert reply.data["knowledge_ids"] == ["henan.paper.property_certificate"]


async def test_item_named_by_its_number_without_a_side_is_told_as_a_whole() -> None:
    person = await with_result()

    reply = await person.told("answer_question", "第2个教育培训 是不是就是上大学的那个")

    assert reply.data["knowledge_ids"][0] == "henan.item.training_guidance"
    assert "——" in reply.text


async def test_paper_is_named_by_its_number() -> None:
    person = await with_result()

    reply = await person.told("answer_question", "第2样要不要带")

    assert reply.data["knowledge_ids"] == ["henan.paper.discharge_certificate"]

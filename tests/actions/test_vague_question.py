"""Questions that lack something are met with one question back, and what follows is put together with them."""

import pytest

from tests.actions.builders import Person, in_questionnaire, labels

HOW = ["henan.item.household_registration.how"]


async def in_henan(*messages: str) -> Person:
    person = Person(region_hint="河南")
    for message in messages:
        await person.meets("answer_question", message)
    return person


@pytest.mark.parametrize("text", ["我想问一下", "你好，问个事", "咨询一下", "有个问题", "麻烦问一下"])
@pytest.mark.parametrize("action", ["greet", "answer_question", "take_choice"])
async def test_message_that_only_announces_a_question_is_told_to_go_on(action: str, text: str) -> None:
    result = await Person(region_hint="河南").meets(action, text)

    assert [(reply.kind, reply.text) for reply in result.replies] == [("smalltalk", "您说。")]


async def test_greeting_alone_is_greeted() -> None:
    reply = await Person().told("greet", "你好", "greet")

    assert "您想办什么" in reply.text


async def test_announced_question_in_the_questionnaire_is_no_answer_to_it() -> None:
    person = await in_questionnaire("1")

    result = await person.meets("run_questionnaire", "有个问题", "affirm")

    assert [reply.text for reply in result.replies] == ["您说。"]
    assert person.memory.questionnaire is not None
    assert person.memory.questionnaire.answered == 1


@pytest.mark.parametrize("text", ["怎么办", "咋办", "要啥", "要几天", "多久"])
@pytest.mark.parametrize("region", ["河南", ""])
async def test_side_without_a_thing_is_asked_back_with_four_things(region: str, text: str) -> None:
    reply = await Person(region_hint=region).told("answer_question", text)

    assert reply.kind == "clarify"
    assert reply.text == "您问的是哪件事？"
    assert len(reply.choices) == 4


async def test_side_without_a_thing_does_not_begin_the_questionnaire() -> None:
    reply = await Person(region_hint="河南").told("run_questionnaire", "咋办", "start_questionnaire")

    assert reply.kind == "clarify"


async def test_thing_that_was_asked_for_is_put_together_with_its_question() -> None:
    person = await in_henan("怎么办")

    reply = await person.told("take_choice", "户口", "inform")

    assert reply.data["knowledge_ids"] == HOW


async def test_choice_of_a_thing_is_answered() -> None:
    person = await in_henan("怎么办")

    reply = await person.told("take_choice", "1")

    assert reply.data["knowledge_ids"] == HOW


async def test_choice_of_a_thing_waits_for_the_region_as_it_was_meant() -> None:
    person = Person()
    await person.meets("answer_question", "怎么办")
    await person.meets("take_choice", "1")

    reply = await person.told("set_region", "河南", "set_region")

    assert reply.data["knowledge_ids"] == HOW


async def test_question_that_was_asked_back_is_forgotten_after_the_next_message() -> None:
    person = await in_henan("怎么办")
    await person.meets("thank", "谢谢", "thank")

    reply = await person.told("answer_question", "户口")

    assert reply.kind == "clarify"


async def test_thing_alone_is_asked_back_with_its_sides() -> None:
    reply = await Person(region_hint="河南").told("answer_question", "户口")

    assert reply.kind == "clarify"
    assert labels(reply) == [
        "户口登记（恢复户口）要带什么",
        "户口登记（恢复户口）：多久办好",
        "户口登记（恢复户口）：怎么办",
        "户口登记（恢复户口）：在哪办",
    ]


async def test_burst_of_fragments_is_one_question() -> None:
    person = Person(region_hint="河南")
    await person.meets("greet", "我想问一下", "greet")
    await person.meets("answer_question", "户口")

    reply = await person.told("answer_question", "要几天")

    assert reply.data["knowledge_ids"] == ["henan.item.household_registration.time_limit"]


async def test_thing_alone_after_an_answer_asks_for_the_same_side() -> None:
    person = await in_henan("户口要几天")

    reply = await person.told("answer_question", "社保卡")

    assert reply.data["knowledge_ids"] == ["henan.item.social_security_card.time_limit"]


async def test_side_alone_after_an_answer_is_of_the_same_thing() -> None:
    person = await in_henan("户口要几天")

    reply = await person.told("answer_question", "怎么办")

    assert reply.data["knowledge_ids"] == HOW


@pytest.mark.parametrize("text", ["优待证", "户口注销证明"])
async def test_thing_with_a_plain_answer_is_answered_at_once(text: str) -> None:
    reply = await Person(region_hint="河南").told("answer_question", text)

    assert reply.kind == "answer"


async def test_in_the_questionnaire_nothing_is_asked_back() -> None:
    person = await in_questionnaire("1")

    reply = await person.told("answer_question", "户口")

    assert reply.kind == "answer"

"""Greeting, thanks, complaint, distress, a person, leaving: what is said, what it asks of the turn."""

import pytest

from bot.message import Effect
from tests.actions.builders import Person, in_questionnaire, labels

PLAIN = ("greet", "thank", "say_goodbye", "introduce", "decline", "take_complaint", "cancel", "fall_back")


async def test_greeting_shows_what_can_be_done() -> None:
    reply = await Person().told("greet", "你好", "greet")

    assert labels(reply) == ["看看我要办哪些事", "要带哪些材料", "查办理进度", "找人工"]


async def test_introduction_says_robot_and_names_the_covered_provinces() -> None:
    reply = await Person().told("introduce", "你是谁", "ask_bot")

    assert "机器人" in reply.text
    assert "河南、海南" in reply.text


@pytest.mark.parametrize("action", ["greet", "thank", "introduce", "decline", "take_complaint"])
async def test_in_the_questionnaire_talk_offers_no_choices_and_keeps_the_loop(action: str) -> None:
    person = await in_questionnaire("1")

    result = await person.meets(action, "哎呀呀", action)

    assert result.replies[0].choices == ()
    assert person.memory.loop == "run_questionnaire"
    assert not result.pauses


async def test_greeting_in_the_questionnaire_does_not_ask_what_is_wanted() -> None:
    person = await in_questionnaire("1")

    reply = await person.told("greet", "你好", "greet")

    assert "？" not in reply.text


async def test_complaint_is_kept_for_the_office_and_offers_a_person() -> None:
    result = await Person().meets("take_complaint", "说了等于没说", "complain")

    assert result.effects == (Effect(kind="report_complaint"),)
    assert labels(result.replies[0]) == ["找人工"]


async def test_distress_gives_the_numbers_and_asks_for_a_person() -> None:
    result = await Person().meets("comfort", "撑不下去了", "distress")

    assert result.replies[0].kind == "crisis"
    assert "12356" in result.replies[0].text
    assert result.effects == (Effect(kind="request_person", data={"reason": "distress"}),)


@pytest.mark.parametrize("action", ["hand_off", "say_goodbye"])
async def test_questionnaire_sleeps_after_a_call_for_a_person_and_a_farewell(action: str) -> None:
    person = await in_questionnaire("1")

    result = await person.meets(action, "哎呀，有没有人接一下", action)

    assert result.pauses
    assert person.memory.loop == "run_questionnaire"


async def test_call_for_a_person_is_an_effect() -> None:
    result = await Person().meets("hand_off", "转人工", "ask_human")

    assert result.replies[0].kind == "handoff"
    assert result.effects == (Effect(kind="request_person", data={"reason": "asked"}),)


@pytest.mark.parametrize(
    "text",
    ["0791", "7005", "500", "00", "打零工", "零工", "有工", "人工费要多少", "需要人工审核吗", "人工智能", "零花钱"],
)
async def test_guess_of_the_classifier_alone_calls_no_person(text: str) -> None:
    result = await Person().meets("hand_off", text, "ask_human")

    assert result.effects == ()
    assert result.replies[0].kind != "handoff"


@pytest.mark.parametrize(
    "text", ["我要跟人讲话", "找个大活人来", "有没有客服", "能不能换个人跟我说", "叫你们领导来", "转接一下"]
)
async def test_other_words_for_a_person_call_one(text: str) -> None:
    result = await Person().meets("hand_off", text, "ask_human")

    assert result.replies[0].kind == "handoff"


async def test_person_is_a_choice_too() -> None:
    person = Person()
    await person.meets("greet", "你好", "greet")

    result = await person.meets("take_choice", "4")

    assert result.effects == (Effect(kind="request_person", data={"reason": "asked"}),)


@pytest.mark.parametrize("action", ["cancel", "leave_questionnaire"])
async def test_running_questionnaire_is_left_and_its_answers_kept(action: str) -> None:
    person = await in_questionnaire("1")

    reply = await person.told(action, "算了", action)

    assert person.memory.loop is None
    assert person.memory.private["answers"] == {"discharge_kind": "self_employed_soldier"}
    assert labels(reply) == ["接着填"]


async def test_cancelling_nothing_is_said_so_and_changes_nothing() -> None:
    person = Person()

    reply = await person.told("cancel", "取消", "cancel")

    assert reply.kind == "smalltalk"
    assert person.memory.loop is None


async def test_step_back_takes_up_a_questionnaire_that_was_laid_aside() -> None:
    person = await in_questionnaire("1")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    reply = await person.told("go_back", "上一步", "go_back")

    assert reply.kind == "question"
    assert person.memory.loop == "run_questionnaire"


async def test_step_back_without_a_questionnaire_is_said_so() -> None:
    reply = await Person().told("go_back", "上一步", "go_back")

    assert reply.kind == "fallback"


async def test_message_that_rasa_does_not_understand_is_tried_as_a_question() -> None:
    reply = await Person(region_hint="河南").told("fall_back", "户口注销证明要不要带", "nlu_fallback")

    assert reply.data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]


async def test_item_that_rasa_took_for_another_office_is_answered() -> None:
    reply = await Person(region_hint="河南").told("decline", "社保卡要几天能办好", "out_of_scope")

    assert reply.kind == "answer"


async def test_other_offices_business_is_declined_with_a_way_on() -> None:
    reply = await Person(region_hint="河南").told("decline", "锄禾日当午", "out_of_scope")

    assert reply.kind == "fallback"
    assert "12345" in reply.text


@pytest.mark.parametrize("action", PLAIN)
async def test_talk_is_plain_chinese_without_latin_letters(action: str) -> None:
    reply = await Person().told(action, "哎呀呀", action)

    assert not any(character.isascii() and character.isalpha() for character in reply.text)


@pytest.mark.parametrize("action", PLAIN)
async def test_talk_says_you_politely(action: str) -> None:
    reply = await Person().told(action, "哎呀呀", action)

    assert "你" not in reply.text

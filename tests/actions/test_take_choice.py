"""Choices stay takable: by number, by label, by a sentence, right away or long after."""

import pytest

from tests.actions.builders import Person, in_questionnaire, labels, with_result

MENU = ["看看我要办哪些事", "要带哪些材料", "查办理进度", "找人工"]


async def greeted(region: str | None = "河南") -> Person:
    person = Person(region_hint=region)
    await person.meets("greet", "你好", "greet")
    return person


async def test_number_takes_a_choice() -> None:
    reply = await (await greeted()).told("take_choice", "2")

    assert "每个人都要备的" in reply.text


async def test_label_takes_a_choice_whatever_rasa_understood() -> None:
    reply = await (await greeted()).told("decline", "要带哪些材料", "out_of_scope")

    assert "每个人都要备的" in reply.text


async def test_sentence_that_holds_a_label_takes_it() -> None:
    reply = await (await greeted()).told("take_choice", "我想查办理进度", "affirm")

    assert "办件编号" in reply.text


async def test_number_counts_after_a_reply_without_choices() -> None:
    person = await greeted()
    await person.meets("thank", "谢谢", "thank")

    reply = await person.told("take_choice", "2")

    assert "每个人都要备的" in reply.text


async def test_number_counts_after_an_answer_that_offers_nothing() -> None:
    person = await greeted()
    answer = await person.told("answer_question", "优待证怎么办")

    reply = await person.told("take_choice", "2")

    assert answer.choices == ()
    assert "每个人都要备的" in reply.text


async def test_label_counts_after_other_choices_were_offered() -> None:
    person = await greeted()
    await person.meets("answer_question", "户口要几天")
    await person.meets("list_items", "有哪些事要办", "ask_items")

    reply = await person.told("answer_question", "找人工", "ask_policy")

    assert reply.kind == "handoff"


async def test_label_of_an_old_step_means_nothing_later() -> None:
    person = await in_questionnaire()
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    reply = await person.told("take_choice", "都不是")

    assert reply.kind == "fallback"
    assert person.memory.questionnaire is not None
    assert person.memory.questionnaire.answered == 0


async def test_bare_yes_takes_the_only_choice() -> None:
    person = await in_questionnaire("1")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    reply = await person.told("take_choice", "好的", "affirm")

    assert reply.data["question"] == "discharged_this_year"


async def test_number_that_was_not_offered_is_said_so_and_the_choices_come_again() -> None:
    reply = await (await greeted()).told("take_choice", "7")

    assert "没有这个选项" in reply.text
    assert labels(reply) == MENU


async def test_choice_without_any_offer_shows_the_menu() -> None:
    reply = await Person().told("take_choice", "1")

    assert labels(reply) == MENU


async def test_story_instead_of_a_choice_is_answered_as_a_question() -> None:
    person = Person(region_hint="河南")

    reply = await person.told("take_choice", "我户口注销证明弄丢了", "inform")

    assert reply.data["region"] == "河南"


async def test_other_side_of_an_item_is_answered_by_its_choice() -> None:
    person = Person(region_hint="河南")
    answer = await person.told("answer_question", "社保卡归谁办")

    reply = await person.told("answer_question", labels(answer)[0])

    assert reply.data["knowledge_ids"][0].startswith("henan.")


async def test_more_is_a_choice_too() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口注销证明要不要带")

    reply = await person.told("take_choice", "1")

    assert reply.kind == "answer"
    assert reply.citations


async def test_number_after_the_result_shows_the_item_and_takes_nothing_of_the_confirmation() -> None:
    person = await with_result()

    reply = await person.told("take_choice", "1")

    assert reply.kind == "answer"
    assert reply.data["knowledge_ids"][0] == "henan.item.reporting"


async def test_answer_of_a_question_counts_while_a_case_number_is_awaited() -> None:
    person = await in_questionnaire("1")
    await person.meets("report_progress", "办到哪了")

    reply = await person.told("take_choice", "是今年", "affirm")

    assert reply.data["question"] == "settles_in_henan"
    assert person.memory.loop == "run_questionnaire"


async def test_message_with_a_case_number_is_about_the_case_whatever_rasa_understood() -> None:
    person = Person(region_hint="河南")

    reply = await person.told("answer_question", "ty26 8f3k m2qx")

    assert "最后四位" in reply.text
    assert person.memory.loop == "report_progress"


@pytest.mark.parametrize("text", ["看结果", "再看看结果", "给我结果"])
async def test_finished_result_is_shown_again_on_request(text: str) -> None:
    person = await with_result()

    result = await person.meets("report_progress", text, "ask_progress")

    assert [one.kind for one in result.replies] == ["result", "materials"]


@pytest.mark.parametrize("text", ["要好久", "几天", "去哪办"])
async def test_short_question_that_rasa_took_for_a_choice_is_answered(text: str) -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口怎么办")

    reply = await person.told("take_choice", text)

    assert reply.data["knowledge_ids"][0].startswith("henan.item.household_registration.")


async def test_number_beyond_the_choice_of_an_answer_is_that_of_the_list_before_it() -> None:
    person = await with_result()
    answered = await person.told("answer_question", "户口要几天")

    second = await person.told("take_choice", "2")

    assert labels(answered) == ["更多"]
    assert second.text.startswith("河南：自主就业职业技能培训和就业创业指导——")
    assert (await person.told("take_choice", "12")).kind == "notice"


async def test_number_of_a_choice_is_not_that_of_the_list_before_it() -> None:
    person = await with_result()
    await person.meets("answer_question", "户口要几天")

    assert "派出所打印" in (await person.told("take_choice", "1")).text


async def test_number_of_the_general_list_names_its_item() -> None:
    person = Person(region_hint="河南")
    await person.meets("list_items", "有哪些事要办", "ask_items")

    second = await person.told("take_choice", "2")
    by_words = await person.told("answer_question", "第4件怎么办")

    assert second.text.startswith("河南：自主就业一次性经济补助金的给付——")
    assert "户口" in by_words.text


async def test_number_without_a_list_takes_nothing() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口要几天")

    assert "没有这个选项" in (await person.told("take_choice", "2")).text


async def test_numbers_of_a_step_are_not_taken_later() -> None:
    person = await in_questionnaire()
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    assert "没有这个选项" in (await person.told("take_choice", "3")).text


async def test_item_by_number_without_a_list_is_said_so() -> None:
    person = Person(region_hint="河南")

    reply = await person.told("answer_question", "第2件怎么办")

    assert "还没有给您列过单子" in reply.text
    assert labels(reply) == ["看看我要办哪些事", "一共有哪些事"]
    assert (await person.told("take_choice", "2")).text.startswith("河南一共能办 11 件")


async def test_item_by_a_number_beyond_the_list_is_said_so() -> None:
    person = await with_result()

    assert "单子上只有 11 件" in (await person.told("answer_question", "第20件怎么办")).text


@pytest.mark.parametrize("text", ["第一件先办什么", "15项都办要几天", "第1个月的补助怎么领", "户口那一件怎么办"])
async def test_other_numbers_name_no_item_of_a_list(text: str) -> None:
    reply = await Person(region_hint="河南").told("answer_question", text)

    assert "列过单子" not in reply.text


async def test_a_new_questionnaire_covers_the_list_before_it() -> None:
    person = await with_result()
    await person.meets("run_questionnaire", "重新填一遍", "start_questionnaire")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    assert "没有这个选项" in (await person.told("take_choice", "5")).text

"""What is asked of a whole list: what need not be brought, what depends, and what comes first."""

import pytest

from tests.actions.builders import Person, in_questionnaire, with_result


@pytest.mark.parametrize("text", ["哪些不用带", "不用带的是哪几样 说简单点", "我说哪些材料不用带"])
async def test_what_need_not_be_brought_is_told_with_its_reasons(text: str) -> None:
    person = await with_result()

    reply = await person.told("list_items", text, "ask_items")

    assert reply.text.startswith("河南：这些不用带：\n")
    assert "· 房屋产权证明：您不是新立户" in reply.text
    assert "退役报到" not in reply.text
    assert reply.citations


async def test_without_answers_it_is_told_what_it_depends_on() -> None:
    reply = await Person(region_hint="河南").told("list_items", "哪些不用带", "ask_items")

    assert "· 落户介绍信：不用您带" in reply.text
    assert "· 房屋产权证明：您要新立户才要" in reply.text


async def test_within_the_questionnaire_its_question_follows() -> None:
    person = await in_questionnaire("1")

    told = await person.meets("run_questionnaire", "哪些不用带", "ask_materials")

    assert "不用带" in told.replies[0].text
    assert told.replies[-1].kind == "question"
    assert person.memory.loop == "run_questionnaire"


async def test_what_only_depends_is_named() -> None:
    reply = await Person(region_hint="福建").told("run_questionnaire", "你说另有3样看情况，哪3样")

    assert reply.text.startswith("福建：这些看情况：\n")
    assert "· 居住证：您不是本地户籍才要" in reply.text


async def test_first_step_is_told() -> None:
    person = await with_result()
    await person.meets("take_choice", "3")

    reply = await person.told("say_simpler", "说简单点 第一步干嘛", "say_simpler")

    assert reply.text.startswith("河南：第一步：先等安置地服务中心收到档案、通知您")
    assert "四(三)1(1)" in [citation.section for citation in reply.citations]


@pytest.mark.parametrize("text", ["户口本不用带吗", "为什么不用带产权证明"])
async def test_a_single_paper_is_another_question(text: str) -> None:
    person = await with_result()

    reply = await person.told("answer_question", text)

    assert "这些不用带" not in reply.text

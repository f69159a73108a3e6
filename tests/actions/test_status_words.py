"""What a status means, and what comes of taking an application back, said before he does it."""

import pytest

from tests.actions.builders import Person, in_questionnaire


@pytest.mark.parametrize(
    "text", ["补正是什么意思", "什么叫补正", "待补正是啥意思？", "上面写着补正啥意思", "人家说补正是啥意思"]
)
async def test_word_of_the_offices_is_explained(text: str) -> None:
    result = await Person(region_hint="河南").meets("answer_question", text, "explain_term")

    assert "材料不齐或者填得不对" in result.replies[0].text


@pytest.mark.parametrize("region", ["河南", "海南", "河北", "福建", "四川"])
@pytest.mark.parametrize("text", ["我想撤回申请", "申请怎么撤回", "想把申请撤了", "拿回"])
async def test_taking_back_is_explained_first_in_every_province(text: str, region: str) -> None:
    result = await Person(region_hint=region).meets("cancel", text, "cancel")

    assert "还想办要重新申请" in result.replies[0].text
    assert result.effects == ()


async def test_what_the_guide_says_of_taking_back_comes_behind() -> None:
    result = await Person(region_hint="海南").meets("answer_question", "我想撤回申请", "ask_policy")

    assert result.replies[1].kind == "answer"
    assert "拿回" in result.replies[1].text


@pytest.mark.parametrize("text", ["受理条件是什么", "办好了是什么证", "原件能拿回吗", "撤回同意", "户口本拿回来没有"])
async def test_other_questions_are_not_explained_away(text: str) -> None:
    result = await Person(region_hint="河南").meets("answer_question", text, "ask_policy")

    assert "就是：" not in result.replies[0].text
    assert "重新申请" not in result.replies[0].text


async def test_question_of_the_questionnaire_comes_again_behind_it() -> None:
    person = await in_questionnaire("1")

    result = await person.meets("run_questionnaire", "补正是什么意思", "explain_term")

    assert result.replies[0].text.startswith("“待补正”就是")
    assert result.replies[-1].kind == "question"

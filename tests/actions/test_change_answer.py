"""Changing one answer: in the middle, at the end, afterwards."""

import pytest

from actions.contract import NotMine
from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire, labels, with_result


async def test_nothing_filled_in_is_nothing_to_change() -> None:
    reply = await Person(region_hint="河南").told("change_answer", "刚才填错了", "change_answer")

    assert reply.kind == "fallback"


async def test_named_question_is_put_again_in_the_middle() -> None:
    person = await in_questionnaire("1", "1", "1")

    result = await person.meets("run_questionnaire", "改一下退役类型", "change_answer")

    assert result.replies[-1].data["question"] == "discharge_kind"


async def test_after_the_change_the_questionnaire_goes_on_where_it_was() -> None:
    person = await in_questionnaire("1", "1", "1")
    await person.meets("run_questionnaire", "改一下退役类型", "change_answer")

    result = await person.answers("2")

    assert "改成“复员军官”" in result.replies[0].text
    assert result.replies[-1].data["question"] == "henan_before"


async def test_correction_in_a_sentence_needs_no_further_question() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1")

    result = await person.meets("run_questionnaire", "不对，户口没注销", "change_answer")

    assert person.memory.private["answers"]["cancelled"] == "no"
    assert result.replies[-1].data["question"] == "household_type"


async def test_unnamed_question_is_asked_with_all_answers() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    reply = (await person.answers("2")).replies[-1]

    assert "哪一条要改" in reply.text
    assert len(reply.choices) == 9
    assert labels(reply)[0] == "您是哪一种退役的？（自主就业退役士兵）"


@pytest.mark.parametrize(("text", "intent"), [("9", "choose"), ("社保卡那个", "inform")])
async def test_question_to_change_is_chosen_by_number_and_by_name(text: str, intent: str) -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END, "2")

    result = await person.answers(text, intent=intent)

    assert result.replies[-1].data["question"] == "wants_social_security_card"


async def test_change_at_the_confirmation_tells_what_it_brings_and_spares() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END, "2", "9")

    result = await person.answers("2")

    told = result.replies[0].text
    assert "改成“不办”" in told
    assert "少了：社会保障卡（含电子社保卡）申领、白底一寸免冠照片电子版" in told
    assert result.replies[-1].kind == "confirm"


async def test_change_tells_what_is_no_longer_certain() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    told = (await person.answers("不对，我没注销", intent="inform")).replies[0].text
    back = (await person.answers("不对，户口销了", intent="inform")).replies[0].text

    assert "多了：户口注销证明（不一定）、亲属关系证明（不一定）。" in told
    assert (
        "变成不一定的：户口登记（退役军人恢复户口）、居民身份证申领、居民户口簿、拟落家庭户户主的居民身份证。" in told
    )
    assert "变成一定要的：户口登记（退役军人恢复户口）、居民身份证申领" in back


async def test_policy_question_while_choosing_is_not_taken_for_a_choice() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END, "2")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "户口要几天", "ask_policy")


async def test_choice_of_the_question_comes_again_after_an_interruption() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END, "2")
    await person.meets("answer_question", "户口要几天")

    result = await person.meets("run_questionnaire", "户口要几天", "ask_policy", is_new_message=False)

    assert len(result.replies[-1].choices) == 9


@pytest.mark.parametrize("text", ["不用了，都对", "不", "对"])
async def test_second_thoughts_lead_back_to_the_confirmation(text: str) -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END, "2")

    result = await person.meets("run_questionnaire", text, "go_back" if len(text) > 1 else "deny")

    assert result.replies[-1].kind == "confirm"


async def test_change_after_the_result_takes_the_questionnaire_up_again() -> None:
    person = await with_result()

    reply = await person.told("change_answer", "改一下社保卡那个", "change_answer")
    result = await person.answers("2")

    assert reply.data["question"] == "wants_social_security_card"
    assert result.replies[-1].kind == "confirm"
    assert person.memory.loop == "run_questionnaire"


async def test_change_that_closes_a_branch_drops_its_answers_from_the_read_back() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.answers("不对，落单位集体户", intent="change_answer")

    assert "落回您入伍时" not in result.replies[-1].text
    assert "单位集体户" in result.replies[-1].text


async def test_word_of_a_mistake_is_a_change_however_long_the_sentence() -> None:
    person = await with_result()

    reply = await person.told("change_answer", "刚才有一题我按错了，户口本和房产证都有", "change_answer")

    assert reply.kind == "question"


@pytest.mark.parametrize("text", ["改一下户口注销那个，销了", "注销那题错了，销了"])
async def test_new_answer_in_a_word_is_taken_beside_the_question_it_names(text: str) -> None:
    person = await in_questionnaire("1", "1", "1", "1", "没注销")

    result = await person.meets("run_questionnaire", text, "change_answer")

    assert person.memory.private["answers"]["cancelled"] == "yes"
    assert "注销了" in result.replies[0].text


async def test_word_that_settles_a_doubt_is_taken_while_another_question_stands_open() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "不确定")

    result = await person.answers("没销", intent="deny")

    assert person.memory.private["answers"]["cancelled"] == "no"
    assert result.replies[-1].kind == "question"


@pytest.mark.parametrize("text", ["是", "没有", "1"])
async def test_bare_yes_no_or_number_settles_no_doubt_of_another_question(text: str) -> None:
    person = await in_questionnaire("1", "1", "不确定")

    await person.answers(text)

    assert person.memory.private["answers"]["settles_in_henan"] == "unsure"


@pytest.mark.parametrize(("action", "intent"), [("set_region", "set_region"), ("take_choice", "deny")])
async def test_answer_told_while_the_questionnaire_is_aside_takes_it_up(action: str, intent: str) -> None:
    person = await in_questionnaire("1", "1")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    result = await person.meets(action, "不是，我不是河南户口", intent)

    assert person.memory.private["answers"]["henan_before"] == "no"
    assert "答“不是河南户籍”" in result.replies[0].text
    assert result.replies[-1].data["question"] == "settles_in_henan"
    assert person.memory.loop == "run_questionnaire"


async def test_opposite_told_while_the_questionnaire_is_aside_changes_the_answer() -> None:
    person = await in_questionnaire("1", "1", "1", "1")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    result = await person.meets("set_region", "不是，我不是河南户口", "set_region")

    assert person.memory.private["answers"]["henan_before"] == "no"
    assert "改成“不是河南户籍”" in result.replies[0].text


async def test_question_asked_while_the_questionnaire_is_aside_is_answered() -> None:
    person = await in_questionnaire("1", "1")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    result = await person.meets("take_choice", "我不是河南户口要带啥", "inform")

    assert person.memory.loop is None
    assert "henan_before" not in person.memory.private["answers"]
    assert result.replies[0].kind in ("answer", "clarify")

"""A place answers the question whether one settles in the province."""

import pytest

from actions.contract import NotMine
from tests.actions.builders import in_questionnaire


@pytest.mark.parametrize(("text", "intent"), [("安置在封丘", "set_region"), ("回封丘", "go_back")])
async def test_place_of_the_province_answers_whether_one_settles_there(text: str, intent: str) -> None:
    person = await in_questionnaire("1", "1")

    reply = (await person.answers(text, intent=intent)).replies[-1]

    assert person.memory.private["answers"]["settles_in_henan"] == "yes"
    assert reply.data["question"] == "henan_before"
    assert person.memory.region is not None
    assert person.memory.region.code == "410727"


@pytest.mark.parametrize("intent", ["inform", "set_region"])
async def test_place_beside_another_answer_is_kept_too(intent: str) -> None:
    person = await in_questionnaire()

    result = await person.answers("没安排工作，安置在封丘", intent=intent)

    assert person.memory.private["answers"] == {"discharge_kind": "self_employed_soldier", "settles_in_henan": "yes"}
    assert "“您是在河南省内落户安置的吗？”答“是”" in result.replies[0].text


@pytest.mark.parametrize("text", ["不回封丘", "安置在泉州", "封丘咋去"])
async def test_place_that_is_denied_or_elsewhere_is_no_answer(text: str) -> None:
    person = await in_questionnaire("1", "1")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", text, "set_region")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("安置在广东", "set_region"),
        ("安置在深圳", "inform"),
        ("广东", "set_region"),
        ("我落户到广东那边去了", "inform"),
    ],
)
async def test_place_of_a_province_without_a_guide_answers_that_he_settles_elsewhere(text: str, intent: str) -> None:
    person = await in_questionnaire("1", "1", region="福建")

    result = await person.answers(text, intent=intent)

    assert person.memory.private["answers"]["settles_in_fujian"] == "no"
    assert result.replies[0].text.startswith("广东的办事指南我这里还没有")
    assert result.replies[-1].kind == "confirm"
    shown = (await person.answers("对")).replies
    assert "您安置在外省，要按安置地那个省的办法办" in shown[0].text


@pytest.mark.parametrize("text", ["我是广东人", "没有安置在广东那边", "安置在广东行吗"])
async def test_place_elsewhere_that_is_home_denied_or_asked_for_is_no_answer(text: str) -> None:
    person = await in_questionnaire("1", "1", region="福建")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", text, "set_region")


async def test_place_elsewhere_is_no_answer_while_another_question_stands_open_unless_it_is_the_settlement() -> None:
    person = await in_questionnaire(region="福建")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "我广东的", "set_region")


async def test_place_corrects_where_he_settles() -> None:
    person = await in_questionnaire("1", "1", "安置在广东", region="福建")

    result = await person.answers("不对，安置在福州", intent="change_answer")

    assert person.memory.private["answers"]["settles_in_fujian"] == "yes"
    assert "改成“是”" in result.replies[0].text


async def test_questionnaire_goes_on_after_a_place_without_a_guide() -> None:
    person = await in_questionnaire("1", "1", "安置在广东", region="福建")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    result = await person.meets("run_questionnaire", "接着填", "resume_questionnaire")

    assert [reply.kind for reply in result.replies] == ["notice", "confirm"]

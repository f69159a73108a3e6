"""A place answers the question whether one settles in the province."""

import contextlib

import pytest

from actions.contract import NotMine
from tests.actions.builders import Person, in_questionnaire


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


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("山西", "set_region", "no"),
        ("入伍前山西", "inform", "no"),
        ("原地是山西啊", "inform", "no"),
        ("我山西人", "set_region", "no"),
        ("是嘞 俺祖祖辈辈都是河南嘞", "set_region", "yes"),
        ("洛阳", "set_region", "yes"),
    ],
)
async def test_bare_place_answers_the_open_question_about_the_home(text: str, intent: str, answer: str) -> None:
    person = await in_questionnaire("1", "1", "安置在封丘")

    result = await person.answers(text, intent=intent)

    assert person.memory.private["answers"]["henan_before"] == answer
    assert result.replies[-1].data["question"] == "cancelled"
    assert person.memory.region is not None
    assert person.memory.region.code == "410727"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("老家安溪的", "yes"),
        ("我注销了现在没户口阿 这咋算 老家安溪的", "yes"),
        ("户口在莆田", "no"),
        ("莆田", "no"),
        ("户口福建的", None),
        ("莆田算不算", None),
    ],
)
async def test_place_tells_whether_the_household_is_where_he_settles(text: str, answer: str | None) -> None:
    person = await in_questionnaire("1", "1", "安置在安溪", "2", "1", "2", region="福建")

    with contextlib.suppress(NotMine):
        await person.answers(text, intent="inform")

    assert person.memory.private["answers"].get("local_household") == answer


async def test_settlement_told_before_the_questionnaire_is_not_asked_again() -> None:
    person = Person()
    await person.meets("answer_question", "安置到成都了，社保卡怎么办")

    begun = await person.meets("run_questionnaire", "帮我看看该办哪些")

    assert person.memory.private["answers"] == {"settles_in_sichuan": "yes"}
    assert begun.replies[-1].data["question"] == "discharge_kind"
    assert "“您的安置地在四川吗？”答“在四川”" in begun.replies[1].text


async def test_settlement_told_beside_a_question_is_an_answer_too() -> None:
    person = await in_questionnaire(region="四川")

    await person.meets("answer_question", "安置到成都了，社保卡去哪办")

    assert person.memory.region is not None
    assert person.memory.region.name == "成都"
    assert person.memory.private["answers"] == {"settles_in_sichuan": "yes"}


async def test_home_told_while_another_question_stands_open_is_kept_as_an_answer() -> None:
    person = await in_questionnaire()

    await person.answers("自主就业 原山西户籍 安置郑州", intent="inform")

    answers = {"discharge_kind": "self_employed_soldier", "settles_in_henan": "yes", "henan_before": "no"}
    assert person.memory.private["answers"] == answers


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


@pytest.mark.parametrize("intent", ["inform", "set_region"])
async def test_further_answer_beside_a_home_is_kept_too(intent: str) -> None:
    person = await in_questionnaire("1", "1", "1")

    result = await person.answers("入伍前就是河南户口，户口注销了", intent=intent)

    assert {key: person.memory.private["answers"][key] for key in ("henan_before", "cancelled")} == {
        "henan_before": "yes",
        "cancelled": "yes",
    }
    assert [one.kind for one in result.replies] == ["notice", "question"]


async def test_question_beside_a_home_is_answered() -> None:
    person = await in_questionnaire("1", "1", "1")

    result = await person.answers("老家信阳的，照片要几张", intent="ask_policy")

    assert person.memory.private["answers"]["henan_before"] == "yes"
    assert "白底一寸" in result.replies[-2].text
    assert result.replies[-1].data["question"] == "cancelled"

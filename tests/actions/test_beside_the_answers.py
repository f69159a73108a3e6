"""What is said within the questionnaire beside answers and questions."""

import pytest

from actions.contract import NotMine
from tests.actions.builders import Person, in_questionnaire


async def test_who_speaks_for_himself_again_is_understood() -> None:
    person = Person(region_hint="河南")
    await person.meets("run_questionnaire", "我儿子退伍，帮他看看要办啥")
    await person.answers("1")

    result = await person.meets("run_questionnaire", "这回是我自己的事", "ask_policy")

    told, question = result.replies
    assert "按您自己的情况答" in told.text
    assert "前面是替儿子答的" in told.text
    assert question.data["question"] == "discharged_this_year"
    assert [(one.kind, one.data["kind"]) for one in result.effects] == [("note_speaker", "self")]


async def test_who_speaks_for_somebody_else_is_understood() -> None:
    person = await in_questionnaire("1")

    told, question = (await person.meets("run_questionnaire", "我替我儿子问的", "inform")).replies

    assert "按儿子本人的情况答" in told.text
    assert question.kind == "question"


async def test_question_of_somebody_who_says_for_whom_is_no_answer() -> None:
    person = await in_questionnaire("1")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "我替我儿子问一下户口要几天", "ask_policy")


async def test_speaker_is_read_back_as_he_last_was() -> None:
    person = Person(region_hint="河北")
    await person.meets("run_questionnaire", "我儿子退伍，帮他看看要办啥")
    await person.answers("1", "1", "1")

    told, read_back = (await person.meets("run_questionnaire", "这回是我自己的事", "ask_policy")).replies

    assert "按您自己的情况答" in told.text
    assert read_back.kind == "confirm"
    assert "替儿子填的" not in read_back.text


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("能不能不填，直接告诉我", "ask_why"),
        ("不要问了直接说", "say_simpler"),
        ("别一个个问，直接列给我", "leave_questionnaire"),
        ("不填行不，直接给我单子", "ask_policy"),
    ],
)
async def test_who_wants_the_list_without_answering_gets_the_general_one(text: str, intent: str) -> None:
    person = await in_questionnaire("1")

    honest, items, papers, question = (await person.meets("run_questionnaire", text, intent)).replies

    assert "看各人情况" in honest.text
    assert items.text.startswith("河南一共能办 11 件")
    assert "每个人都要备的" in papers.text
    assert question.data["question"] == "discharged_this_year"
    assert person.memory.private["answers"] == {"discharge_kind": "self_employed_soldier"}


async def test_list_that_is_asked_for_by_name_is_left_to_its_action() -> None:
    person = await in_questionnaire("1")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "直接告诉我要带啥", "ask_materials")

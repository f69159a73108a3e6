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

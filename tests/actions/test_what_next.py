"""The choices under an answer."""

import pytest

from tests.actions.builders import Person, labels


@pytest.mark.parametrize("asked", ["户口办好没有", "社保卡做好了没", "我户口弄好没有？", "钱下来没有", "医保转好了吗"])
async def test_who_asks_whether_it_is_done_is_offered_his_own_case(asked: str) -> None:
    person = Person(region_hint="河南")
    reply = await person.told("answer_question", asked)

    assert reply.kind == "answer"
    assert labels(reply)[0] == "查我自己的办件"
    asking = await person.told("take_choice", "1", "choose")
    assert "办件编号" in asking.text


@pytest.mark.parametrize("asked", ["户口要几天", "没有户口本能办吗", "不通过怎么办", "照片要不要好的"])
async def test_who_asks_for_the_rule_is_not(asked: str) -> None:
    reply = await Person(region_hint="河南").told("answer_question", asked)

    assert "查我自己的办件" not in labels(reply)

"""Answers in the sentence that begins the questionnaire."""

import pytest

from tests.actions.builders import Person


async def begun(text: str, region: str = "河南", intent: str = "start_questionnaire") -> tuple[Person, list[str]]:
    person = Person(region_hint=region)
    result = await person.meets("run_questionnaire", text, intent)
    return person, [reply.text for reply in result.replies]


async def test_what_is_told_is_kept_and_told_back() -> None:
    person, texts = await begun("我是义务兵户口注销了刚退伍要办啥")

    assert person.memory.private["answers"] == {"discharged_this_year": "yes", "cancelled": "yes"}
    assert "“您是今年退出现役的吗？”答“是今年”" in texts[1]
    assert "“您入伍时，原来的户口注销了吗？”答“注销了”" in texts[1]
    assert texts[2].startswith("您是哪一种退役的？（还剩 8 题）")


async def test_clauses_fill_what_they_answer() -> None:
    person, _ = await begun("刚退伍，户口注销了，没参保，落我爸家，要办啥")

    assert person.memory.private["answers"] == {
        "discharged_this_year": "yes",
        "cancelled": "yes",
        "household_type": "join_relative",
    }


@pytest.mark.parametrize(
    "text",
    ["刚退伍要办啥", "刚退伍，要办啥", "户口注销了没有，要办啥", "户口注销了咋办", "没注销还要不要办", "我该办哪些"],
)
async def test_nothing_is_taken_from_a_beginning_or_a_question(text: str) -> None:
    person, texts = await begun(text)

    assert "answers" not in person.memory.private
    assert len(texts) == 2


async def test_answers_told_before_the_notice_are_no_consent() -> None:
    person = Person(region_hint="河南")
    told = await person.meets("run_questionnaire", "户口注销了，要办啥", "start_questionnaire")
    answered = await person.answers("1")

    assert told.effects == ()
    assert [one.kind for one in answered.effects] == ["give_consent"]


@pytest.mark.parametrize("text", ["安置在封丘，看看我要办哪些", "安置在郑州，看看我要办哪些"])
async def test_place_of_the_settlement_answers_whether_he_settles_there(text: str) -> None:
    person, _ = await begun(text)

    assert person.memory.private["answers"] == {"settles_in_henan": "yes"}


async def test_place_that_is_only_home_answers_nothing() -> None:
    person, _ = await begun("我是封丘的，看看我要办哪些")

    assert "answers" not in person.memory.private


@pytest.mark.parametrize("text", ["我儿子刚退伍，帮他看看要办啥", "安置在郑州，看看我要办哪些"])
async def test_clause_that_is_the_wish_itself_is_no_question(text: str) -> None:
    person, texts = await begun(text)

    assert person.memory.loop == "run_questionnaire"
    assert len(texts) >= 2


async def test_question_beside_the_wish_is_answered_before_anything_begins() -> None:
    person, texts = await begun("我要开始办了，户口登记要几天")

    assert person.memory.loop is None
    assert "10 个工作日" in texts[0]

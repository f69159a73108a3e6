"""Distress: care comes before whatever else a message holds, at every step, and nothing is pushed afterwards."""

from __future__ import annotations

import pytest

from actions.contract import Entity, NotMine
from bot.message import Effect, Reply
from tests.actions.builders import CASE_NO, Person

NO_HOPE = "我熬不到天亮了"


async def in_questionnaire() -> tuple[Person, Reply]:
    """A person of Henan who answered the first question, and the second."""
    person = Person(region_hint="河南")
    await person.meets("run_questionnaire", "开始填", "start_questionnaire")
    return person, (await person.answers("1")).replies[-1]


@pytest.mark.parametrize("action", ["run_questionnaire", "report_progress"])
async def test_loop_hands_distress_on_whatever_else_the_message_holds(action: str) -> None:
    person = Person(region_hint="河南")
    await person.meets(action)

    with pytest.raises(NotMine):
        await person.meets(action, f"1 是 {CASE_NO}", "distress")


@pytest.mark.parametrize("text", [CASE_NO, "4", "看看我要办哪些事"])
async def test_choice_or_number_in_it_does_not_hide_distress(text: str) -> None:
    person = Person(region_hint="河南")
    await person.meets("greet", "你好", "greet")

    result = await person.meets("comfort", text, "distress")

    assert result.effects == (Effect(kind="request_person", data={"reason": "distress"}),)


async def test_question_that_a_guide_surely_answers_is_answered_behind_who_helps() -> None:
    person = Person(region_hint="河南")
    await person.meets("greet", "你好", "greet")

    result = await person.meets("comfort", "户口登记要几天办好", "distress")

    assert [reply.kind for reply in result.replies] == ["notice", "answer"]
    assert "12356" in result.replies[0].text
    assert result.effects == ()


@pytest.mark.parametrize("text", ["死了以后户口几天注销", "人没了户口几天注销，不想活了"])
async def test_question_about_death_is_distress_all_the_same(text: str) -> None:
    person = Person(region_hint="河南")
    await person.meets("greet", "你好", "greet")

    result = await person.meets("comfort", text, "distress")

    assert [reply.kind for reply in result.replies] == ["crisis"]


async def test_questionnaire_is_laid_aside_without_a_question_or_a_choice() -> None:
    person, _ = await in_questionnaire()

    result = await person.meets("comfort", NO_HOPE, "distress")

    assert [(reply.kind, reply.choices) for reply in result.replies] == [("crisis", ())]
    assert person.memory.loop is None


async def test_questionnaire_comes_back_at_the_same_step() -> None:
    person, before = await in_questionnaire()
    await person.meets("comfort", NO_HOPE, "distress")

    again = await person.told("run_questionnaire", "接着填", "resume_questionnaire")

    assert (again.text, again.choices) == (before.text, before.choices)


async def test_choice_of_the_question_before_takes_the_questionnaire_up() -> None:
    person, _ = await in_questionnaire()
    await person.meets("comfort", NO_HOPE, "distress")

    reply = await person.told("take_choice", "1", "choose")

    assert reply.kind == "question"
    assert person.memory.loop == "run_questionnaire"


async def test_answer_that_sounds_like_distress_is_taken() -> None:
    person = Person(region_hint="福建")
    await person.meets("run_questionnaire", "开始填", "start_questionnaire")

    result = await person.meets("run_questionnaire", "自己讨生活！", "distress")

    assert "crisis" not in {reply.kind for reply in result.replies}
    assert person.memory.private["answers"]["discharge_kind"] == "self_employed_soldier"


@pytest.mark.parametrize("in_loop", [True, False])
async def test_question_kept_in_the_knowledge_is_answered_though_it_sounds_like_distress(in_loop: bool) -> None:
    person = Person(region_hint="河南")
    if in_loop:
        await person.meets("run_questionnaire", "开始填", "start_questionnaire")

    result = await person.meets("comfort", "补助没勾上是不是就没了", "distress")

    assert "crisis" not in {reply.kind for reply in result.replies}
    assert result.effects == ()


async def test_place_that_was_asked_for_is_an_answer_in_whatever_dialect() -> None:
    person = Person(region_hint="四川")
    await person.meets("run_questionnaire", "开始填", "start_questionnaire")
    await person.answers("1")

    result = await person.answers("就在江油噻，我屋头就是江油的", intent="distress")

    assert [reply.kind for reply in result.replies][-1] == "question"
    assert all(reply.kind != "crisis" for reply in result.replies)


async def test_home_that_was_asked_for_is_no_distress() -> None:
    person, _ = await in_questionnaire()
    await person.answers("1", "1")

    result = await person.answers("那可不，俺就搁封丘长大哩", intent="distress")

    assert all(reply.kind != "crisis" for reply in result.replies)


async def test_place_does_not_hide_distress_where_none_was_asked_for() -> None:
    person, _ = await in_questionnaire()

    with pytest.raises(NotMine):
        await person.answers("我一个人在郑州，熬不到天亮了", intent="distress")


IN_DOUBT = (Entity(kind="care", value="in_doubt", start=0, end=0),)


async def test_doubt_names_who_helps_before_the_answer() -> None:
    plain = await Person(region_hint="河南").meets("answer_question", "户口注销证明要带吗", "ask_policy")

    careful = await Person(region_hint="河南").meets(
        "answer_question", "户口注销证明要带吗我累了", "ask_policy", entities=IN_DOUBT
    )

    first, *others = careful.replies
    assert first.kind == "notice"
    assert all(number in first.text for number in ("12356", "110", "120"))
    assert [reply.kind for reply in others] == [reply.kind for reply in plain.replies]


async def test_question_kept_in_the_knowledge_raises_no_doubt() -> None:
    result = await Person(region_hint="河南").meets(
        "answer_question", "补助没勾上是不是就没了", "ask_policy", entities=IN_DOUBT
    )

    assert all("12356" not in reply.text for reply in result.replies)

"""A questionnaire is taken along to another channel by a code."""

import re
from datetime import timedelta

import pytest

from actions.ports import Kept, Locked
from tests.actions.builders import NOW, Person, in_questionnaire, with_result


async def code_of(person: Person) -> tuple[str, Kept]:
    """A code that the person was given, and what it opens."""
    given = await person.meets("give_resume_code", "换个手机接着填", "ask_resume_code")
    (effect,) = given.effects
    shown = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", given.replies[0].text)
    assert shown is not None
    assert shown.group().replace("-", "") == effect.data["code"]
    return shown.group(), Kept(effect.data["memory"]["region"], effect.data["memory"]["private"])


async def elsewhere(code: str, kept: Kept) -> Person:
    stranger = Person()
    stranger.resumes.kept[code.replace("-", "")] = kept
    return stranger


@pytest.mark.parametrize("said", ["{}", "接续码 {}", "我的接续码是{}。", "{} "])
async def test_the_code_takes_up_the_open_question_elsewhere(said: str) -> None:
    code, kept = await code_of(await in_questionnaire("1", "1", "1"))
    there = await elsewhere(code, kept)

    result = await there.meets("fall_back", said.format(code), "nlu_fallback")

    assert [one.kind for one in result.replies] == ["notice", "question"]
    assert result.replies[-1].data["question"] == "henan_before"
    assert result.memory.questionnaire is not None
    assert result.memory.questionnaire.answered == 3
    assert result.memory.region is not None and result.memory.region.code == "410000"
    assert [(one.kind, one.data) for one in result.effects] == [("use_resume_code", {"code": code.replace("-", "")})]


async def test_small_letters_and_a_blank_will_do() -> None:
    code, kept = await code_of(await in_questionnaire("1"))
    there = await elsewhere(code, kept)

    assert (await there.meets("fall_back", code.lower().replace("-", " "))).replies[-1].kind == "question"


async def test_a_finished_list_is_seen_elsewhere() -> None:
    code, kept = await code_of(await with_result())
    there = await elsewhere(code, kept)
    await there.meets("fall_back", code)

    assert (await there.meets("take_choice", "1")).replies[0].kind == "result"


async def test_a_code_counts_while_another_questionnaire_runs() -> None:
    code, kept = await code_of(await in_questionnaire("1", "1", "1", "1"))
    there = await elsewhere(code, kept)
    await there.meets("run_questionnaire", "安置在海南，我该办哪些")

    result = await there.meets("run_questionnaire", code, "nlu_fallback")

    assert result.replies[-1].data["question"] == "cancelled"


async def test_a_wrong_code_is_counted_and_not_explained() -> None:
    result = await Person().meets("fall_back", "K7QF-3M2X", "nlu_fallback")

    assert result.replies[0].kind == "fallback"
    assert [one.kind for one in result.effects] == ["count_wrong_code"]


async def test_after_too_many_wrong_codes_even_the_right_one_waits() -> None:
    code, kept = await code_of(await in_questionnaire("1"))
    there = await elsewhere(code, kept)
    there.resumes.locked = Locked(NOW + timedelta(minutes=9))

    result = await there.meets("fall_back", code)

    assert "09:09" in result.replies[0].text
    assert result.effects == ()


@pytest.mark.parametrize(
    "text", ["户口要几天办好", "TY26-8F3K-M2QX", "K7QF-3M2X 是什么东西啊", "12345678", "23456789", "13812345678"]
)
async def test_other_messages_are_no_codes(text: str) -> None:
    result = await Person(region_hint="河南").meets("fall_back", text, "nlu_fallback")

    assert "count_wrong_code" not in [one.kind for one in result.effects]


async def test_who_has_answered_nothing_has_nothing_to_take_along() -> None:
    result = await Person(region_hint="河南").meets("give_resume_code", "换个手机接着填", "ask_resume_code")

    assert (result.replies[0].kind, result.effects) == ("fallback", ())

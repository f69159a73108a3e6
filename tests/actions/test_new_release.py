"""A questionnaire that was begun under another release of the knowledge goes on; what changed is said once."""

import pytest

from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire


def under_another_release(person: Person, lost: str | None = None, extra: bool = False) -> None:
    """As if the answers had been given when the guide asked something else, or did not ask what it asks now."""
    private = person.memory.private
    private["release"] = "older"
    if extra:
        private["answers"]["can_drive"] = "yes"
        private["seen"]["can_drive"] = "您会开车吗？"
    if lost:
        del private["answers"][lost]
        del private["seen"][lost]


async def test_nothing_is_said_when_the_questions_are_the_same() -> None:
    person = await in_questionnaire("1", "1")
    under_another_release(person)

    assert [one.kind for one in (await person.answers("1")).replies] == ["question"]


async def test_a_question_that_fell_away_is_told_and_the_answers_stay() -> None:
    person = await in_questionnaire("1", "1")
    under_another_release(person, extra=True)

    result = await person.answers("1")

    assert [one.kind for one in result.replies] == ["notice", "question"]
    assert "您会开车吗" in result.replies[0].text
    assert result.memory.questionnaire is not None
    assert result.memory.questionnaire.answered == 3


async def test_a_question_that_came_in_front_is_told_and_put_first() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1")
    under_another_release(person, lost="discharged_this_year")

    result = await person.answers("1")

    assert "前面多了 1 题" in result.replies[0].text
    assert result.replies[-1].data["question"] == "discharged_this_year"


async def test_it_is_said_once() -> None:
    person = await in_questionnaire("1", "1")
    under_another_release(person, extra=True)
    await person.answers("1")

    assert [one.kind for one in (await person.answers("1")).replies] == ["question"]


async def test_it_is_said_when_the_questionnaire_is_taken_up_days_later() -> None:
    person = await in_questionnaire("1", "1")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")
    under_another_release(person, extra=True)

    result = await person.meets("run_questionnaire", "接着填", "resume_questionnaire")

    assert "您会开车吗" in "".join(one.text for one in result.replies)


def as_it_was_put(person: Person, question: str, text: str, *options: str) -> None:
    """As if another release had put this question last, with these options."""
    under_another_release(person)
    private = person.memory.private
    open_before = private["put"]
    private["seen"].pop(open_before, None)
    private["put"], private["seen"][question] = question, text
    private["offered"] = [
        {"number": number, "label": one, "does": f"answer:{question}:{one}"} for number, one in enumerate(options, 1)
    ]


@pytest.mark.parametrize(("message", "intent"), [("1", "choose"), ("是", "affirm"), ("不确定", "unsure")])
async def test_an_answer_to_a_question_that_fell_away_answers_no_other_one(message: str, intent: str) -> None:
    person = await in_questionnaire("1", "1")
    before = dict(person.memory.private["answers"])
    as_it_was_put(person, "can_drive", "您会开车吗？", "yes", "no", "unsure")

    result = await person.answers(message, intent=intent)

    assert [one.kind for one in result.replies] == ["notice", "question"]
    assert "不用再答的：您会开车吗？" in result.replies[0].text
    assert result.memory.questionnaire is not None
    assert result.memory.questionnaire.answered == len(before)


async def test_an_answer_counts_for_the_question_that_was_put_though_another_one_came_in_front() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1")
    put = person.memory.private["put"]
    under_another_release(person, lost="discharged_this_year")

    result = await person.answers("1")

    assert person.memory.private["answers"][put]
    assert "前面多了 1 题" in result.replies[0].text
    assert result.replies[-1].data["question"] == "discharged_this_year"


async def test_an_option_that_fell_away_is_asked_anew_and_told() -> None:
    person = await in_questionnaire("1", "1")
    put, text = person.memory.private["put"], list(person.memory.private["seen"].values())[-1]
    as_it_was_put(person, put, text, "sometimes")

    result = await person.answers("1")

    assert [one.kind for one in result.replies] == ["notice", "question"]
    assert f"选项变了、请您再答一次的：{text}" in result.replies[0].text
    assert result.replies[-1].data["question"] == put


async def test_an_earlier_answer_whose_option_fell_away_is_asked_anew_and_told() -> None:
    person = await in_questionnaire("1", "1", "1")
    first = next(iter(person.memory.private["answers"]))
    under_another_release(person)
    person.memory.private["answers"][first] = "sometimes"

    result = await person.answers("1")

    assert "选项变了" in result.replies[0].text
    assert result.replies[-1].data["question"] == first


async def test_who_confirms_answers_that_no_longer_hold_is_asked_first() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)
    under_another_release(person, lost="discharged_this_year")

    result = await person.answers("对，看结果")

    assert [one.kind for one in result.replies] == ["notice", "question"]
    assert result.replies[-1].data["question"] == "discharged_this_year"

"""A questionnaire that was begun under another release of the knowledge goes on; what changed is said once."""

from tests.actions.builders import Person, in_questionnaire


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

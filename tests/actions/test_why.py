"""What is kept for staff of how a question came to its reply."""

from __future__ import annotations

from bot.message import Reply
from tests.actions.builders import Person


async def replies_to(text: str, region: str | None = "河南") -> tuple[Reply, ...]:
    return (await Person(region_hint=region).meets("answer_question", text)).replies


async def test_an_answer_carries_what_was_compared_for_it() -> None:
    reply = (await replies_to("户口注销证明要不要带"))[0]

    assert reply.why is not None
    assert reply.why.question == "户口注销证明要不要带"
    assert reply.why.candidates[0].id == "henan.paper.household_cancellation_certificate"
    assert reply.why.candidates[0].share > reply.why.candidates[1].share
    assert {"paper", "pooled_words"} <= set(reply.why.signals)
    assert 0 < reply.why.chance <= 1


async def test_each_of_several_answers_carries_its_own() -> None:
    compared = [reply.why for reply in await replies_to("落户要几天？社保卡能寄到家吗？")]

    questions = [one.question for one in compared if one]
    assert questions == ["落户要几天", "社保卡能寄到家吗"]


async def test_a_question_that_nothing_answers_carries_it_too() -> None:
    reply = (await replies_to("月亮上种西红柿浇不浇水"))[0]

    assert reply.kind != "answer"
    assert reply.why is not None
    assert reply.why.chance < 0.5


async def test_it_is_not_remembered() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口注销证明要不要带")

    assert "why" not in str(person.memory.private["last"])

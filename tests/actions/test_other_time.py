"""What is asked for another time is answered for that time, by the day from which the guide holds."""

from __future__ import annotations

import pytest

from tests.actions.builders import Person, labels


async def henan() -> Person:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "落户要几天")
    return person


async def test_a_guide_in_use_then_answers_with_its_day() -> None:
    reply = await (await henan()).told("answer_question", "去年的规定落户要几天")

    assert "10 个工作日内办" in reply.text
    assert reply.text.endswith("去年（2025 年）也按这份指南，它从 2024 年 11 月 21 日起用。")


async def test_what_was_told_last_is_meant_when_nothing_else_is_asked() -> None:
    reply = await (await henan()).told("answer_question", "去年的政策呢")

    assert reply.text == "河南：去年（2025 年）也按这份指南，它从 2024 年 11 月 21 日起用。"
    assert reply.data["knowledge_ids"] == ["henan.item.household_registration.time_limit"]
    assert reply.citations


@pytest.mark.parametrize("text", ["2023年退伍的按哪个", "2022年怎么规定", "2020年那会儿"])
async def test_a_time_before_the_guide_is_left_open_with_whom_to_ask(text: str) -> None:
    reply = await (await henan()).told("answer_question", text)

    assert "这份指南是 2024 年 11 月 21 日起的" in reply.text
    assert f"{text[:4]} 年怎么规定，它没有写。这个可以问安置地县（区）级退役军人服务中心" in reply.text
    assert (reply.data["completeness"], len(reply.citations)) == ("none", 1)


async def test_todays_answer_is_not_given_for_an_earlier_time_and_can_be_asked_for() -> None:
    person = await henan()
    before = await person.told("answer_question", "2020年那会儿落户要几天")
    today = await person.told("take_choice", "1")

    assert "10 个工作日" not in before.text
    assert labels(before) == ["现在的规定"]
    assert "10 个工作日内办" in today.text


async def test_a_guide_that_began_within_the_time_says_from_when_on() -> None:
    reply = await (await henan()).told("answer_question", "2024年落户怎么规定")

    assert "这份指南从 2024 年 11 月 21 日起用。2024 年在那以前怎么规定，它没有写" in reply.text


async def test_a_guide_without_a_day_of_its_own_promises_nothing() -> None:
    person = Person(region_hint="海南")
    held = await person.told("answer_question", "去年的时候落户要几天")
    before = await person.told("answer_question", "2023年的政策呢")

    assert "这份指南没写从哪天起用，只能从 2024 年 11 月 7 日算起。去年（2025 年）是不是也这样，可以问" in held.text
    assert "最早只能从 2024 年 11 月 7 日算起。2023 年怎么规定，它没有写" in before.text


async def test_the_future_is_answered_from_todays_guide_and_said_so() -> None:
    reply = await (await henan()).told("answer_question", "明年落户怎么规定")

    assert "派出所" in reply.text
    assert reply.text.endswith(
        "明年（2027 年）还没到，这是现在的指南，2024 年 11 月 21 日起的。到时候可能会改，办之前再问一下。"
    )


async def test_a_day_of_its_own_counts_for_a_single_fact() -> None:
    person = Person(region_hint="四川")

    assert "最早只能从 2024 年 3 月 1 日算起" in (await person.told("answer_question", "2023年养老转移怎么规定")).text


async def test_another_place_named_is_meant_for_this_question() -> None:
    reply = await (await henan()).told("answer_question", "福建2021年的政策呢")

    assert reply.text.startswith("福建：这份指南是 2022 年 3 月 18 日起的，2021 年怎么规定，它没有写。")


async def test_the_time_is_kept_while_the_region_is_asked_for() -> None:
    person = Person()
    asked = await person.told("answer_question", "2021年落户怎么规定")
    reply = await person.told("set_region", "福建", "set_region")

    assert asked.kind == "clarify"
    assert "2021 年怎么规定，它没有写" in reply.text


async def test_a_misread_intent_changes_nothing() -> None:
    reply = await (await henan()).told("decline", "2022年怎么规定", "out_of_scope")

    assert "2022 年怎么规定，它没有写" in reply.text


@pytest.mark.parametrize("text", ["我今年9月退伍，落户要几天", "我2010年退的，落户要几天"])
async def test_the_callers_own_dates_change_nothing(text: str) -> None:
    reply = await (await henan()).told("answer_question", text)

    assert "这份指南" not in reply.text

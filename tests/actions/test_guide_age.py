"""An answer from a guide that nobody checked in time says so; those of today do not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from knowledge.model import Guide
from tests.actions.builders import LOCAL, Person, knowledge

LATER = datetime(2028, 1, 10, 9, 0, tzinfo=LOCAL)
MARK = "我们最后核对是"


async def test_answers_of_today_carry_no_mark() -> None:
    reply = await Person(region_hint="河南").told("answer_question", "落户要几天")

    assert MARK not in reply.text


async def test_every_answer_from_an_overdue_guide_carries_one_sentence() -> None:
    person = Person(region_hint="河南")
    replies = [await person.told("answer_question", text, now=LATER) for text in ("落户要几天", "要带照片吗")]
    replies.append(await person.told("list_materials", "要带哪些材料", "ask_materials", now=LATER))

    assert [reply.text.count(MARK) for reply in replies] == [1, 1, 1]
    assert "这份指南我们最后核对是 2026 年 11 月 21 日，办之前再问一下安置地县（区）级" in replies[0].text


async def test_said_again_it_is_not_said_twice() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "落户要几天", now=LATER)

    again = await person.told("say_again", "再说一遍", "say_again", now=LATER)

    assert again.text.count(MARK) == 1


async def test_what_is_no_answer_from_a_guide_carries_none() -> None:
    reply = await Person(region_hint="河南").told("greet", "你好", "greet", now=LATER)

    assert MARK not in reply.text


async def test_guides_of_several_provinces_are_named() -> None:
    reply = await Person(region_hint="河南").told("answer_question", "河南和福建落户时间哪个快", now=LATER)

    assert "《河南省实施方案》、《福建省工作流程》我们最后核对是" in reply.text


@pytest.mark.parametrize(
    ("checked", "own", "due"),
    [
        (date(2026, 11, 21), None, date(2027, 11, 21)),
        (date(2024, 2, 29), None, date(2025, 2, 28)),
        (date(2026, 11, 21), date(2027, 2, 1), date(2027, 2, 1)),
    ],
)
def test_a_guide_is_due_a_year_after_it_was_checked_unless_it_says_so(
    checked: date, own: date | None, due: date
) -> None:
    guide = next(iter(knowledge().library.provinces.values())).head.guides[0]
    changed = Guide.model_validate({**guide.model_dump(), "checked_on": checked, "review_due": own})

    assert changed.due == due

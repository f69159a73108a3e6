"""What departments reported of a case, with its days."""

from datetime import datetime

from actions.ports import CaseReport
from tests.actions.builders import LOCAL, Person, labels, long_case
from tests.fakes.cases import FakeCases


def report(
    item: str, department: str, status: str, day: int, reported: str = "", note: str | None = None
) -> CaseReport:
    return CaseReport(item, department, status, reported or status, datetime(2026, 11, day, 9, 0, tzinfo=LOCAL), note)


HISTORY = (
    report("reporting", "veterans_affairs", "completed", 16),
    report("household_registration", "public_security", "accepted", 17),
    report("social_insurance", "human_resources", "unrecognised", 18, reported="挂起待查"),
    report("household_registration", "public_security", "processing", 19, note="已转派出所"),
)


async def test_reports_stand_by_department_with_their_days() -> None:
    person = Person(cases=FakeCases(bound=[long_case(history=HISTORY)]))

    reply = await person.told("show_history", "历史", "ask_case_history")

    assert reply.kind == "progress"
    assert reply.text.splitlines() == [
        "办件 TY26-8F3K-M2QX 的经过：",
        "11 月 16 日受理。",
        "退役军人事务部门：",
        "· 11 月 16 日，退役报到：办结。",
        "公安部门：",
        "· 11 月 17 日，户口登记（退役军人恢复户口）：受理。",
        "· 11 月 19 日，户口登记（退役军人恢复户口）：办理中。部门说：“已转派出所”。",
        "人力资源社会保障部门：",
        "· 11 月 18 日，社会保险登记：部门报来的是“挂起待查”。",
    ]


async def test_case_without_reports_says_so() -> None:
    person = Person(cases=FakeCases(bound=[long_case()]))

    assert "还没有报来别的进展" in (await person.told("show_history", "历史", "ask_case_history")).text


async def test_without_a_proved_case_the_way_to_it_is_offered() -> None:
    reply = await Person().told("show_history", "历史", "ask_case_history")

    assert labels(reply) == ["查办理进度"]


async def test_question_of_the_guide_is_answered_to_who_has_no_case() -> None:
    person = Person(region_hint="四川")
    await person.meets("answer_question", "军地养老保险关系要不要我去转")

    reply = await person.told("show_history", "从哪一年哪天起这么整的", "ask_case_history", confidence=0.9)

    assert reply.kind == "answer"
    assert "2024 年 3 月 1 日" in reply.text

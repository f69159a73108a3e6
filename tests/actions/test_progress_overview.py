"""A case of many items at a glance, and each of its items in full."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.message import Reply
from tests.actions.builders import CASE_NO, LOCAL, Person, case, case_item, in_questionnaire, long_case
from tests.fakes.cases import FakeCases


async def shown(person: Person, text: str = "办到哪了") -> Reply:
    return (await person.meets("report_progress", text)).replies[0]


def owner(**more: object) -> Person:
    return Person(region_hint="河南", cases=FakeCases(bound=[long_case(**more)]))


async def test_what_waits_for_him_stands_first_then_what_is_late_then_what_runs_then_what_is_done() -> None:
    text = (await shown(owner())).text

    order = ["等您办的", "过了时限还没办好的", "部门在办的", "办好了：退役报到。", "不再办的"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)


async def test_what_is_sent_back_is_told_with_the_step_and_the_words_of_the_department() -> None:
    text = (await shown(owner())).text

    assert "基本医疗保险参保和变更登记（待补正）：请按通知补齐" in text
    assert "部门说：“缺复印件”。" in text


async def test_status_that_nobody_knows_is_shown_in_the_word_of_the_department() -> None:
    reply = await shown(owner())

    assert "部门报来的是“挂起待查”，我不认识" in reply.text
    assert next(one for one in reply.data["items"] if one["item"] == "社会保险登记")["status"] == "挂起待查"


async def test_data_hold_every_item_in_the_order_of_the_guide() -> None:
    items = (await shown(owner())).data["items"]

    assert [one["item"] for one in items][:2] == ["退役报到", "户口登记（退役军人恢复户口）"]
    assert len(items) == 6


async def test_what_runs_by_itself_is_named_although_nobody_applied() -> None:
    text = (await shown(owner())).text

    assert "不用您申请、符合条件就自动办的：自主就业一次性经济补助金的给付、军地养老保险关系转移接续" in text


async def test_last_day_of_the_whole_is_said_where_the_guide_has_one() -> None:
    assert "全部办完最晚 12 月 10 日" in (await shown(owner(due=date(2026, 12, 10)))).text


async def test_text_message_has_room_for_the_overview_and_its_source() -> None:
    reply = await shown(owner())

    assert reply.brief is not None
    assert len(reply.brief) <= 96
    assert "等您办：1. 基本医疗保险参保和变更登记" in reply.brief


async def test_demonstration_says_so_in_the_text_message_too() -> None:
    assert ((await shown(owner(is_demo=True))).brief or "").startswith("【演示办件，不是真的】")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("1", "待补正"),
        ("第二件", "应当在 11 月 20 日办好"),
        ("第二个呢", "应当在 11 月 20 日办好"),
        ("户口", "应当在 11 月 20 日办好"),
        ("户口呢", "应当在 11 月 20 日办好"),
        ("社保卡咋样了", "受理"),
    ],
)
async def test_one_item_is_told_by_its_number_or_its_name(said: str, told: str) -> None:
    person = owner()
    await shown(person)

    reply = (await person.meets("take_choice", said, "choose")).replies[0]

    assert reply.kind == "progress"
    assert told in reply.text
    assert len(reply.data["items"]) == 1


async def test_item_named_in_the_question_is_told_alone() -> None:
    reply = await shown(owner(), "我的社保卡办好没")

    assert [one["item"] for one in reply.data["items"]] == ["社会保障卡（含电子社保卡）申领"]


@pytest.mark.parametrize("text", ["它什么时候能好", "还要多久", "几时办好", "啥时候能办完啊"])
async def test_when_it_will_be_ready_is_asked_of_the_case_just_shown(text: str) -> None:
    person = owner()
    await shown(person)

    assert (await person.meets("answer_question", text, "ask_policy")).replies[0].kind == "progress"


@pytest.mark.parametrize("text", ["这个咋补", "那怎么改啊", "要我做啥", "下一步干啥"])
async def test_what_to_do_about_the_item_just_told_is_said_of_it_alone(text: str) -> None:
    person = owner()
    await shown(person)
    await person.meets("take_choice", "1")

    reply = (await person.meets("answer_question", text, "ask_policy")).replies[0]

    assert "现在等您办" in reply.text
    assert len(reply.data["items"]) == 1


async def test_question_about_the_rules_of_an_item_is_answered_from_the_guide_all_the_same() -> None:
    person = owner()
    await shown(person)

    reply = (await person.meets("answer_question", "户口要带什么", "ask_policy")).replies[0]

    assert reply.kind == "answer"


async def test_more_tells_every_item_in_full() -> None:
    person = owner()
    await shown(person)

    reply = (await person.meets("say_more", "更多", "say_more")).replies[0]

    assert reply.kind == "progress"
    assert reply.text.count("· ") == 6


async def test_step_from_the_guide_is_cited_and_its_source_told_on_request() -> None:
    person = owner()
    await shown(person)

    card = (await person.meets("take_choice", "1")).replies[0]
    source = await person.told("show_source", "依据是什么", "ask_source")

    assert "四(三)1(2)" in [one.section for one in card.citations]
    assert "四(三)1(2)" in source.text


async def test_who_asks_why_a_late_item_is_not_ready_hears_where_the_guide_sends_him() -> None:
    person = owner()

    result = await person.meets("report_progress", "户口怎么还没好")

    assert [one.kind for one in result.replies[:2]] == ["progress", "answer"]
    assert "12345" in result.replies[1].text


async def test_nothing_is_said_of_passed_limits_where_none_has_passed() -> None:
    person = Person(region_hint="河南", cases=FakeCases(bound=[case()]))

    result = await person.meets("report_progress", "怎么还没好")

    assert "answer" not in [one.kind for one in result.replies]


async def test_platform_that_cannot_be_asked_is_said_with_the_time_of_what_is_known() -> None:
    as_of = datetime(2026, 11, 20, 9, 5, tzinfo=LOCAL)

    assert (await shown(owner(as_of=as_of))).text.startswith("平台现在查不了，下面是 11 月 20 日 09:05 查到的")


async def test_hour_and_expected_day_and_what_a_clock_waits_for_are_said() -> None:
    items = (
        case_item(due=date(2026, 12, 1), due_hour=time(12, 0), is_expected=True),
        case_item("processing", None, item="medical_transfer", waits_for="收到户口登记信息后"),
    )
    text = (await shown(Person(cases=FakeCases(bound=[case(CASE_NO, *items)])))).text

    assert "最晚 12 月 1 日 12:00 前（预计）办好" in text
    assert "从“收到户口登记信息后”起算" in text


async def test_note_that_is_endless_is_cut() -> None:
    noted = case(CASE_NO, case_item("correction_needed", note="缺" * 900))

    assert len((await shown(Person(cases=FakeCases(bound=[noted])))).text) < 500


async def test_finished_item_with_a_step_of_his_own_is_not_only_done() -> None:
    done = case(CASE_NO, case_item("completed"), *long_case().items[2:4])

    assert "办好了，您别忘了：" in (await shown(Person(region_hint="河南", cases=FakeCases(bound=[done])))).text


async def test_in_the_questionnaire_numbers_belong_to_its_question() -> None:
    person = await in_questionnaire("1")
    person.cases = FakeCases(bound=[long_case()])

    result = await person.meets("report_progress", "办到哪了")

    assert [one.kind for one in result.replies] == ["progress", "question"]
    assert "1. " not in result.replies[0].text


async def test_several_cases_are_told_apart_by_item_and_day() -> None:
    person = Person(cases=FakeCases(bound=[case(), replace(long_case(), case_no="TY26-0000-0001")]))

    reply = await person.told("report_progress", "办到哪了")

    assert [one.label for one in reply.choices] == [
        "户口登记（11 月 16 日受理，M2QX）",
        "退役报到等 6 项（11 月 16 日受理，0001）",
    ]


async def test_case_of_a_place_without_a_guide_is_told_without_one() -> None:
    elsewhere = case(CASE_NO, case_item(), region="360000")

    reply = await shown(Person(cases=FakeCases(bound=[elsewhere])))

    assert "办理中" in reply.text
    assert reply.citations == ()


async def test_who_asks_why_it_is_not_ready_is_told_of_what_is_late_only() -> None:
    person = owner()
    await person.meets("report_progress", "办到哪了")

    late, *_ = (await person.meets("report_progress", "怎么还没好", "ask_progress")).replies

    assert "户口登记" in late.text
    assert "退役报到" not in late.text
    assert "已经超过了" in late.text


async def test_item_that_alone_is_cited_in_the_overview_is_not_what_is_spoken_of() -> None:
    shown_case = case(
        CASE_NO,
        case_item("completed", None),
        case_item("processing", item="medical_enrolment", department="medical_security"),
        case_item("processing", item="social_insurance", department="human_resources"),
    )
    person = Person(cases=FakeCases(bound=[shown_case]))
    await person.meets("report_progress", "办到哪了")

    reply = (await person.meets("report_progress", "什么时候好", "ask_progress")).replies[0]

    assert "医保" in reply.text or "医疗保险" in reply.text


@pytest.mark.parametrize("text", ["户口啥时候能好", "户口那个呢", "户口呢"])
async def test_item_named_after_the_case_is_that_of_the_case(text: str) -> None:
    person = owner()
    await person.meets("report_progress", "办到哪了")

    reply = (await person.meets("answer_question", text, "ask_policy")).replies[0]

    assert reply.kind == "progress"
    assert "户口登记" in reply.text


async def test_side_of_an_item_is_asked_of_the_guide_after_the_case_too() -> None:
    person = owner()
    await person.meets("report_progress", "办到哪了")

    reply = (await person.meets("answer_question", "户口要带什么", "ask_policy")).replies[0]

    assert reply.kind == "answer"


async def test_who_asks_how_to_mend_it_after_another_answer_is_told_what_came_back() -> None:
    person = owner()
    await person.meets("report_progress", "办到哪了")
    await person.meets("answer_question", "户口要带什么", "ask_policy")

    reply = (await person.meets("change_answer", "怎么改呢", "change_answer")).replies[0]

    assert reply.kind == "progress"
    assert "待补正" in reply.text
    assert "办结" not in reply.text


async def test_word_of_a_department_that_nobody_knows_is_not_explained_by_a_guess() -> None:
    person = owner()
    await person.meets("report_progress", "办到哪了")

    reply = (await person.meets("answer_question", "上面写的那个挂起待查是啥意思", "ask_policy")).replies[0]

    assert reply.kind == "progress"
    assert "“挂起待查”" in reply.text
    assert "不敢乱猜" in reply.text

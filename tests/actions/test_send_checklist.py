"""The printed list is handed out as a link that nobody can guess, with everything that stands in it."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from actions.ports import CaseItem
from actions.slip import Slip
from bot.message import ActionResult
from bot.text_message import TWO_PARTS_UNITS
from tests.actions.builders import (
    LOCAL,
    NOW,
    PAGES,
    Person,
    case,
    case_item,
    in_questionnaire,
    knowledge,
    labels,
    with_result,
)

LINK = re.compile(r"^https://ask\.example/slip/([A-Za-z0-9_-]{43})$", re.MULTILINE)


async def sent(person: Person, text: str = "打印清单") -> ActionResult:
    return await person.meets("send_checklist", text, "ask_checklist")


async def slip_of(person: Person) -> Slip:
    (effect,) = (await sent(person)).effects
    return Slip.model_validate(effect.data["content"])


async def test_link_is_said_on_a_line_of_its_own_and_kept_with_its_content() -> None:
    person = await with_result()

    result = await sent(person)

    (effect,) = result.effects
    found = LINK.search(result.replies[0].text)
    assert found is not None
    assert (effect.kind, effect.data["token"]) == ("keep_slip", found[1])
    assert effect.data["release"] == knowledge().library.release
    assert result.replies[0].data["slip"]["url"] == found[0]
    assert "12 月 23 日" in result.replies[0].text


async def test_message_fits_a_text_message_whatever_the_office_is_called() -> None:
    person = await with_result()

    text = (await sent(person)).replies[0].text

    words = text.replace(PAGES, "")
    assert len(words) + len("https://tuiyi.tyjrswt.henan.gov.cn") <= TWO_PARTS_UNITS


async def test_every_list_has_a_link_of_its_own() -> None:
    person = await with_result()

    tokens = [(await sent(person)).effects[0].data["token"] for _ in range(3)]

    assert len(set(tokens)) == 3


async def test_token_never_looks_like_a_number_that_masking_takes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["x-4101-0219-x" + "a" * 30, "b" * 43])
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: next(drawn))

    result = await sent(await with_result())

    assert result.effects[0].data["token"] == "b" * 43


async def test_list_holds_items_in_the_order_of_the_result_with_how_where_limit_step_and_section() -> None:
    person = await with_result()
    listed = person.memory.private["listed"]

    slip = await slip_of(person)

    province = knowledge().library.provinces["henan"]
    assert [one.name for one in slip.items] == [province.items[one].name for one in listed]
    assert [one.number for one in slip.items] == list(range(1, 12))
    household = next(one for one in slip.items if one.name.startswith("户口登记"))
    assert household.limit is not None and "10 个工作日" in household.limit
    assert household.where is not None and "派出所" in household.where
    assert household.step.startswith("在申请表上勾选开具落户介绍信")
    assert household.section == "四(一)4"
    assert household.forgotten is not None
    assert {one.how for one in slip.items} == {"", "自动办", "要到现场办", "指引"}


async def test_papers_that_replace_each_other_share_a_line() -> None:
    slip = await slip_of(await with_result())

    card = next(one for one in slip.papers if one.name == "居民身份证")
    assert card.instead == ("军人公民身份号码登记表",)
    assert card.details == "原件"
    assert "军人公民身份号码登记表" not in [one.name for one in slip.papers]


async def test_papers_name_the_items_that_need_them_only_when_these_are_few() -> None:
    slip = await slip_of(await with_result())

    by_name = {one.name: one.items for one in slip.papers}
    number = next(one.number for one in slip.items if one.name.startswith("户口登记"))
    assert by_name["居民户口簿"] == (number,)
    assert by_name["居民身份证"] == ()


async def test_what_is_not_brought_stands_with_its_reason_once() -> None:
    slip = await slip_of(await with_result())

    reasons = [one.reason for one in slip.spared]
    assert len(reasons) == len(set(reasons))
    together = next(one for one in slip.spared if "养老保险参保缴费凭证" in one.names)
    assert together.names == ("养老保险参保缴费凭证", "养老保险关系转移接续信息表")


async def test_what_the_person_said_of_his_papers_is_ticked() -> None:
    person = await with_result()
    await person.meets("report_paper", "户口本有了，退出现役证件丢了", "report_paper")

    slip = await slip_of(person)

    states = {one.name: one.state for one in slip.papers}
    assert (states["居民户口簿"], states["退出现役证件"], states["居民身份证"]) == ("have", "missing", None)


async def test_what_is_open_is_marked_as_open() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1", "1", "1", "不确定")
    await person.answers("1")

    slip = await slip_of(person)

    assert [one.name for one in slip.items if one.doubt] == ["社会保障卡（含电子社保卡）申领"]
    assert [one.name for one in slip.papers if not one.certain] == ["白底一寸免冠照片电子版"]


async def test_place_that_most_items_share_is_said_once() -> None:
    person = await in_questionnaire(*["不确定"] * 14, region="海南")
    await person.answers("对，看结果")

    slip = await slip_of(person)

    assert slip.place is not None and "海易办" in slip.place
    assert sum(one.where is None for one in slip.items) > 8
    assert slip.limits == ("没写几天的，是指南没有写。",)


async def test_list_names_its_guides_and_days() -> None:
    slip = await slip_of(await with_result())

    (guide,) = slip.guides
    assert (guide.doc_no, guide.valid_from) == ("豫退役军人〔2024〕63号", date(2024, 11, 21))
    assert slip.made_at == NOW
    assert slip.good_until == date(2026, 12, 23)
    assert slip.dates == ()


async def test_city_has_its_own_document_beside_the_guide() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1", "1", "1", "1", region="新乡")
    await person.answers("1")

    slip = await slip_of(person)

    assert len(slip.guides) == 2


async def test_list_says_nothing_of_who_the_person_is() -> None:
    person = await in_questionnaire("1")
    await person.meets("run_questionnaire", "我替我儿子问的", "inform")
    await person.answers("1", "1", "1", "1", "1", "1", "1", "1")
    await person.answers("1")
    person.cases.bound = [case()]

    content = json.dumps((await sent(person)).effects[0].data["content"], ensure_ascii=False)

    assert "c-1" not in content
    assert "TY26" not in content
    assert "儿子" not in content


async def test_days_of_a_proved_case_are_known() -> None:
    person = await with_result()
    person.cases.bound = [case()]

    result = await sent(person)

    slip = Slip.model_validate(result.effects[0].data["content"])
    # Accepted on Monday 16 November 2026; the 18th working day from the next day on is Thursday 10 December.
    assert [(one.day, one.say) for one in slip.dates] == [
        (date(2026, 12, 1), "户口登记（退役军人恢复户口）最晚这一天办好"),
        (date(2026, 12, 10), "“一件事”从受理到办结，最晚到这一天"),
    ]
    assert slip.dates[1].note is not None and "制卡时间" in slip.dates[1].note
    assert ".ics" in result.replies[0].text
    assert result.replies[0].data["slip"]["calendar_path"].endswith(".ics")


@pytest.mark.parametrize(
    "item",
    [
        case_item(due=date(2026, 11, 22), overdue=True),
        case_item(status="completed"),
    ],
    ids=["the day is over", "the item is done"],
)
async def test_day_that_needs_nobody_any_more_is_left_out(item: CaseItem) -> None:
    person = await with_result()
    person.cases.bound = [case("TY26-8F3K-M2QX", item)]

    slip = await slip_of(person)

    assert date(2026, 12, 1) not in [one.day for one in slip.dates]
    assert item.due not in [one.day for one in slip.dates]


async def test_today_is_still_to_come() -> None:
    person = await with_result()
    person.cases.bound = [case("TY26-8F3K-M2QX", case_item(due=NOW.date()))]

    assert (await slip_of(person)).dates[0].day == NOW.date()


async def test_demonstration_is_marked_as_one() -> None:
    person = await with_result()
    person.cases.bound = [case(is_demo=True)]

    assert all("不是真的" in one.say for one in (await slip_of(person)).dates)


async def test_case_of_another_province_does_not_count() -> None:
    person = await in_questionnaire("1", "1", "1", region="海南")
    person = await with_result()
    other = case()
    person.cases.bound = [type(other)(other.case_no, "460000", False, other.accepted_at, other.items)]

    assert (await slip_of(person)).dates == ()


async def test_late_evening_belongs_to_its_local_day() -> None:
    person = await with_result()

    result = await person.meets(
        "send_checklist", "打印清单", "ask_checklist", now=datetime(2026, 11, 23, 16, 30, tzinfo=UTC).astimezone(LOCAL)
    )

    assert result.effects[0].data["content"]["good_until"] == "2026-12-24"


async def test_number_after_the_items_takes_the_list_and_so_do_its_words() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1", "1", "1", "1")
    shown = await person.answers("对，看结果")
    assert "回“12”" in shown.replies[0].text

    by_number = await person.meets("take_choice", "12")
    by_words = await person.meets("fall_back", "打印清单", "nlu_fallback")

    assert [result.effects[0].kind for result in (by_number, by_words)] == ["keep_slip", "keep_slip"]


async def test_without_a_list_it_leads_to_one() -> None:
    person = Person(region_hint="河南")

    result = await sent(person)

    assert (result.replies[0].kind, result.effects) == ("clarify", ())
    assert (await person.meets("take_choice", "1")).replies[-1].kind == "question"


async def test_questionnaire_that_was_left_is_taken_up() -> None:
    person = await in_questionnaire("1", "1")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    result = await sent(person)

    assert labels(result.replies[0]) == ["接着填", "要带哪些材料"]


async def test_while_the_questionnaire_runs_it_says_when() -> None:
    result = await sent(await in_questionnaire("1"))

    assert (result.replies[0].kind, result.replies[0].choices, result.effects) == ("notice", (), ())
    assert result.memory.loop == "run_questionnaire"


async def test_whom_the_guide_does_not_cover_gets_the_reason_and_no_list() -> None:
    person = await in_questionnaire("都不是")
    await person.answers("1")

    result = await sent(person)

    assert (result.replies[0].kind, result.effects) == ("result", ())


async def test_what_the_window_makes_is_no_paper_to_tick() -> None:
    slip = await slip_of(await with_result())

    assert all("申请表" not in one.name for one in slip.papers)
    assert slip.made_by_office == ("不用您备的：河南省退役军人服务“一件事”联办申请表，窗口自动生成，您核对签字。",)


async def test_note_of_a_few_papers_is_not_said_for_all() -> None:
    person = await in_questionnaire(region="四川")
    while (await person.answers("1")).replies[-1].kind != "materials":
        pass

    slip = await slip_of(person)

    assert slip.note is None
    register = next(one for one in slip.papers if one.name == "户口簿")
    assert register.note == "带到派出所，不交到综合窗口；带哪一样看落户类型。"


async def test_what_is_left_is_told_beside_the_link() -> None:
    person = await with_result()
    await person.meets("report_paper", "户口本有了", "report_paper")

    result = await sent(person, "还差啥 打印清单")

    assert "还差 7 样" in result.replies[0].text
    assert LINK.search(result.replies[1].text)

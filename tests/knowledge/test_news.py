from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import pytest

from knowledge.calendar import LOCAL
from knowledge.library import Library
from knowledge.loader import load_library
from knowledge.model import Reminder
from knowledge.news import News, OwnStep, news_for
from tests.knowledge.calendar_seed import calendar_of_2026

LONGEST = 60
"""A message is read on a telephone's lock screen."""


@cache
def library() -> Library:
    return load_library()


def told(province: str, item: str, status: str) -> News:
    (found,) = news_for(library(), library().provinces[province], item, status)
    return found


PROMISED = [
    # What each notice of the guides must say.
    ("hainan", "travel_card", "completed", "linked_items_done", "办完"),
    ("hainan", "identity_card", "fingerprints_needed", "fingerprint_call", "派出所或者办证中心"),
    ("sichuan", "reporting", "archive_checked", "bring_the_papers", "综合窗口"),
    ("hebei", "reserve_registration", "reserve_form_filled", "reserve_form_filled", "人武部门来领"),
    ("hebei", "household_registration", "completed", "household_page_and_card_ready", "邮寄给您或者通知您自己去取"),
    ("henan", "reporting", "archive_checked", "apply_now", "提交退役军人服务“一件事”申请"),
    ("henan", "reporting", "review_passed", "review_done", "现场确认"),
    ("henan", "household_registration", "completed", "household_registration_done", "打印本人户口页、签字"),
    ("henan", "social_security_card", "completed", "social_security_card_done", "激活金融功能"),
    ("henan", "medical_transfer", "not_accepted", "progress_and_results", "没有接下这次申请"),
    ("fujian", "reporting", "archive_checked", "bring_the_papers", "综合窗口"),
    ("fujian", "household_registration", "completed", "household_registration_done", "采集人像、指纹"),
    ("fujian", "social_insurance", "completed", "social_insurance_done", "5 个工作日后"),
    ("fujian", "pension_transfer", "completed", "pension_and_annuity_done", "办完"),
    ("fujian", "medical_enrolment", "completed", "medical_done", "办完"),
    ("fujian", "social_security_card", "completed", "social_security_card_done", "激活"),
    ("fujian", "party_transfer", "party_data_imported", "party_data_imported", "基层党组织会通知您报到"),
    # Beside these, what the guides promise of delivery and of the armed forces department.
    ("henan", "reporting", "completed", "go_to_the_armed_forces_department", "人民武装部"),
    ("henan", "social_security_card", "document_sent", "documents_delivered", "付邮费"),
    ("sichuan", "identity_card", "ready_for_pick_up", "identity_card_ready", "办理身份证凭据"),
    ("sichuan", "social_security_card", "completed", "card_posted", "邮递"),
    ("fujian", "household_registration", "ready_for_pick_up", "documents_delivered", "本人身份证"),
]


@pytest.mark.parametrize(("province", "item", "status", "notice", "said"), PROMISED)
def test_a_promised_notice_is_told_with_its_place(
    province: str, item: str, status: str, notice: str, said: str
) -> None:
    found = told(province, item, status)

    assert (found.notice, said in found.text) == (notice, True), found.text
    assert found.source
    assert [one for one in found.knowledge_ids if one not in library().facts] == []


def test_every_notice_of_every_guide_is_told_with_some_report() -> None:
    provinces = library().provinces.values()
    silent = [f"{one.id}.{notice.id}" for one in provinces for notice in one.notices if not notice.on]

    assert silent == []


def test_the_words_of_notices_and_reminders_are_short() -> None:
    messages = [on for one in library().provinces.values() for notice in one.notices for on in notice.on]
    texts = [text for on in messages for text in (on.tell, on.remind and on.remind.say) if text]

    assert [text for text in texts if len(text) > LONGEST] == []


@pytest.mark.parametrize("province", ["fujian", "hainan", "hebei", "henan", "sichuan"])
def test_every_report_of_a_known_status_is_told_in_plain_words(province: str) -> None:
    known = library().provinces[province]
    found = {
        (item, status.id): news_for(library(), known, item, status.id)
        for item in known.items
        for status in library().catalogue.statuses
    }

    assert [key for key, news in found.items() if len(news) != 1] == []
    assert [key for key, (news,) in found.items() if not news.text.strip() or "{" in news.text] == []


def test_a_report_without_a_notice_says_the_item_the_status_and_what_to_do() -> None:
    found = told("sichuan", "subsidy", "processing")

    assert found.text == "自主就业一次性经济补助金的给付：部门正在办。您暂时不用做什么，请留意通知。"
    assert (found.notice, found.source, found.remind) == (None, (), None)


def test_a_joined_item_is_told_by_the_name_of_the_national_item_too() -> None:
    assert news_for(library(), library().provinces["fujian"], "league_transfer", "completed")[0].text


def test_without_a_guide_the_status_is_told_alone() -> None:
    (found,) = news_for(library(), None, "household_registration", "completed")

    assert found.text.startswith("户口登记") and found.source == ()


def test_a_status_that_nobody_knows_is_not_told() -> None:
    assert news_for(library(), library().provinces["henan"], "reporting", "unrecognised") == []


def test_only_the_appointment_with_a_time_goes_out_at_night() -> None:
    urgent = {
        (one.id, notice.id)
        for one in library().provinces.values()
        for notice in one.notices
        for on in notice.on
        if on.is_urgent
    }

    assert urgent == {("henan", "review_done")}


@pytest.mark.parametrize(
    ("province", "item", "status", "shown"),
    [
        ("henan", "household_registration", "completed", ("household_registration", "household_page_printed")),
        ("henan", "household_registration", "completed", ("identity_card", "completed")),
        ("henan", "social_security_card", "completed", ("social_security_card", "card_activated")),
        ("henan", "reporting", "completed", ("reserve_registration", "accepted")),
        ("fujian", "social_insurance", "completed", ("social_insurance", "contributions_declared")),
        ("fujian", "social_security_card", "completed", ("social_security_card", "card_activated")),
        ("fujian", "household_registration", "completed", ("household_registration", "fingerprints_taken")),
        ("fujian", "party_transfer", "party_data_imported", ("party_transfer", "member_reported")),
        ("hainan", "identity_card", "fingerprints_needed", ("identity_card", "fingerprints_taken")),
    ],
)
def test_an_own_step_is_reminded_of_until_it_is_reported(
    province: str, item: str, status: str, shown: tuple[str, str]
) -> None:
    step = told(province, item, status).remind

    assert step is not None and shown in step.until


def own_step(**span: int) -> OwnStep:
    return OwnStep("该去了。", frozenset(), Reminder.model_validate({"say": "该去了。", **span}))


@pytest.mark.parametrize(
    ("span", "reported", "day"),
    [
        pytest.param({"after_days": 3}, datetime(2026, 11, 26, 15, tzinfo=LOCAL), date(2026, 11, 29), id="days"),
        # 1-4 and 7 December have passed; the same day as the deadline of the own step.
        pytest.param(
            {"after_working_days": 5}, datetime(2026, 11, 30, 15, tzinfo=LOCAL), date(2026, 12, 8), id="working days"
        ),
        # 24, 28, 29, 30 September and 8 October have passed.
        pytest.param(
            {"after_working_days": 5}, datetime(2026, 9, 23, 15, tzinfo=LOCAL), date(2026, 10, 9), id="National Day"
        ),
        # 17:00 in UTC is the next day in China.
        pytest.param({"after_days": 1}, datetime(2026, 11, 26, 17, tzinfo=UTC), date(2026, 11, 28), id="local day"),
    ],
)
def test_the_day_of_a_reminder(span: dict[str, int], reported: datetime, day: date) -> None:
    assert own_step(**span).due(reported, calendar_of_2026()) == day


@pytest.mark.parametrize("span", [{}, {"after_days": 1, "after_working_days": 1}, {"after_days": 0}])
def test_a_reminder_without_exactly_one_span_is_refused(span: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        Reminder.model_validate({"say": "该去了。", **span})

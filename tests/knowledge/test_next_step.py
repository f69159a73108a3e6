from __future__ import annotations

from functools import cache

import pytest

from knowledge.library import Library
from knowledge.loader import load_library
from knowledge.next_step import next_step


@cache
def library() -> Library:
    return load_library()


@pytest.mark.parametrize(
    ("province", "item", "status", "said"),
    [
        ("henan", "household_registration", "completed", "打印本人户口页"),
        ("henan", "reporting", "review_passed", "现场确认"),
        ("henan", "reporting", "archive_checked", "豫事办"),
        ("henan", "social_security_card", "document_sent", "寄到时付邮费"),
        ("henan", "social_security_card", "completed", "激活金融功能"),
        ("henan", "reserve_registration", "awaiting_on_site", "兵役登记介绍信"),
        ("henan", "household_registration", "correction_needed", "户口注销证明"),
        ("fujian", "social_insurance", "completed", "5 个工作日后"),
        ("fujian", "social_security_card", "ready_for_pick_up", "本人身份证"),
        ("fujian", "household_registration", "fingerprints_needed", "人像、指纹"),
        ("fujian", "household_registration", "moved_offline", "转线下"),
        ("fujian", "party_transfer", "party_data_imported", "入党志愿书"),
        ("fujian", "league_transfer", "awaiting_on_site", "完成报到"),
        ("hebei", "reserve_registration", "reserve_form_filled", "人武部"),
        ("hebei", "subsidy", "correction_needed", "卡号要清晰"),
        ("sichuan", "reporting", "archive_checked", "综合窗口"),
        ("sichuan", "identity_card", "ready_for_pick_up", "办理身份证凭据"),
        ("hainan", "identity_card", "fingerprints_needed", "录入指纹"),
        ("hainan", "subsidy", "processing", "次年 8 月 1 日前"),
    ],
)
def test_the_guide_says_what_he_does_next(province: str, item: str, status: str, said: str) -> None:
    found = next_step(library(), library().provinces[province], item, status)

    assert found is not None
    assert said in found.say
    assert found.source and found.fact in library().facts


@pytest.mark.parametrize("province", ["fujian", "hainan", "hebei", "henan", "sichuan"])
@pytest.mark.parametrize("status", ["review_failed", "not_accepted", "correction_needed"])
def test_whoever_is_sent_back_learns_whom_to_ask(province: str, status: str) -> None:
    known = library().provinces[province]
    steps = {item: next_step(library(), known, item, status) for item in known.items}

    assert [item for item, step in steps.items() if step is None or not step.source or "问" not in step.say] == []
    assert [item for item, step in steps.items() if step and step.turn != "veteran"] == []


def test_a_status_of_which_the_guide_says_nothing_has_its_general_word() -> None:
    found = next_step(library(), library().provinces["sichuan"], "subsidy", "processing")

    assert found is not None
    assert (found.say, found.source, found.fact) == ("您暂时不用做什么，请留意通知。", (), None)


def test_the_guide_may_make_it_his_turn() -> None:
    passed = next_step(library(), library().provinces["henan"], "reporting", "review_passed")
    elsewhere = next_step(library(), library().provinces["henan"], "medical_transfer", "review_passed")

    assert (passed and passed.turn, elsewhere and elsewhere.turn) == ("veteran", "office")


def test_without_a_guide_the_general_word_counts() -> None:
    found = next_step(library(), None, "household_registration", "completed")

    assert found is not None and found.say.startswith("不用再办了")


def test_a_status_that_nobody_knows_has_no_next_step() -> None:
    assert next_step(library(), library().provinces["henan"], "reporting", "unrecognised") is None

"""Every notice that a guide promises reaches him, with its place in the guide, where a report can set it off."""

from __future__ import annotations

import pytest

from knowledge.loader import load_library
from tests.api.news.conftest import Bureau

NOTICES = [(province.id, notice.id) for province in load_library().provinces.values() for notice in province.notices]
PROMISED = {
    # By province: what the guides promise to tell him (not: to an armed forces department), by the id of the notice.
    "hainan": {"linked_items_done", "fingerprint_call"},
    "sichuan": {"bring_the_papers"},
    "hebei": {"household_page_and_card_ready"},
    "henan": {"apply_now", "review_done", "household_registration_done", "social_security_card_done"}
    | {"progress_and_results"},
    "fujian": {"bring_the_papers", "household_registration_done", "social_insurance_done", "pension_and_annuity_done"}
    | {"medical_done", "social_security_card_done", "party_data_imported"},
}


@pytest.mark.parametrize(("province", "notice_id"), NOTICES, ids="-".join)
async def test_a_report_sets_it_off(bureau: Bureau, province: str, notice_id: str) -> None:
    notice = next(one for one in bureau.notices(province) if one.id == notice_id)
    reports = [(on.tell, item, status) for on in notice.on for item in on.items for status in on.status]
    conversation = await bureau.conversation()
    for _, item, status in reports:
        case_id = await bureau.case(province)
        await bureau.bind(conversation, case_id)
        await bureau.report(case_id, item, status)
    await bureau.send_all()

    told = [row[0] for row in await bureau.rows("SELECT reply FROM outbox ORDER BY id")]
    assert len(told) >= len(reports)
    for tell in {tell for tell, _, _ in reports if tell}:
        cited = {place["section"] for one in told if tell in one["text"] for place in one["citations"]}
        assert {place.section for place in notice.source} <= cited, tell


@pytest.mark.parametrize("province", sorted(PROMISED))
def test_every_promised_notice_can_be_set_off(province: str) -> None:
    known = load_library().provinces[province].notices

    assert PROMISED[province] <= {notice.id for notice in known if notice.on}

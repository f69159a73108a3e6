"""Looking something up without a chat, and showing what is hidden in one: with a reason, and always in the log."""

from __future__ import annotations

from uuid import UUID

import pytest

from api.cases.applicant import applicant_columns
from api.conversations.sealing import Sealer
from tests.api.conftest import House
from tests.fakes.desk import at, conversation_of, counselor, waits
from tests.fakes.staff import signed_in, text_of

CASE_NO, ID_NUMBER, PHONE = "TY26-8F3K-M2QX", "41010519491231002X", "13812345678"
ACTS = "SELECT act, object, reason, detail FROM audit WHERE act LIKE 'case.%%' OR act = 'desk.unmask' ORDER BY id"


def lay_case(house: House, region: str = "410000") -> int:
    """A case with one item, of which nobody has bound anything yet."""
    settings = house.settings
    sealer = Sealer(settings.data_key.get_secret_value(), settings.index_key.get_secret_value(), [])
    columns = applicant_columns(sealer, CASE_NO, ID_NUMBER, PHONE)
    names = ", ".join(columns)
    marks = ", ".join(["%s"] * len(columns))
    house.change(
        f"INSERT INTO case_file (case_no, region, accepted_at, {names}) VALUES (%s, %s, now(), {marks})",  # noqa: S608
        CASE_NO,
        region,
        *columns.values(),
    )
    [(number,)] = house.rows("SELECT id FROM case_file")
    house.change(
        "INSERT INTO case_item (case_id, item, department, status, since)"
        " VALUES (%s, 'household_registration', 'police', 'processing', now())",
        number,
    )
    return int(number)


async def test_a_question_is_answered_by_every_province_with_its_section(house: House) -> None:
    text = text_of(await counselor(house).get("/desk/search?q=户口注销证明要不要带"))

    assert "入伍前不是河南户籍的要带" in text
    assert "依据：豫退役军人〔2024〕63号" in text
    assert all(place in text for place in ("海南", "四川", "河北", "福建"))


async def test_one_province_alone_can_be_asked(house: House) -> None:
    page = await counselor(house).get("/desk/search?q=落户要几天&place=410000")

    assert "<h3" in page.text
    assert page.text.count("<h3") == 1
    assert "10 个工作日" in text_of(page)


async def test_a_case_is_shown_to_who_checked_the_identity_card(house: House) -> None:
    lay_case(house)

    page = await counselor(house).post("/desk/search/case", number="ty26 8f3k m2qx", last_four="002x", reason="")

    text = text_of(page)
    assert (page.status_code, CASE_NO in text, "户口登记" in text) == (200, True, True)
    assert ID_NUMBER not in page.text
    assert house.rows(ACTS) == [("case.view", f"case:{CASE_NO}", None, {"how": "proof"})]


@pytest.mark.parametrize(
    ("number", "last_four", "reason", "field"),
    [
        (CASE_NO, "1111", "", "number"),
        ("TY26-0000-0001", "002X", "", "number"),
        ("abc", "002X", "", "number"),
        (CASE_NO, "02X", "", "last_four"),
        (CASE_NO, "００２X", "", "last_four"),
        (CASE_NO, "", "看", "reason"),
    ],
)
async def test_without_proof_and_reason_nothing_is_shown(
    house: House, number: str, last_four: str, reason: str, field: str
) -> None:
    lay_case(house)

    page = await counselor(house).post("/desk/search/case", number=number, last_four=last_four, reason=reason)

    assert (page.status_code, f'id="{field}-fault"' in page.text, "户口登记" in page.text) == (422, True, False)
    assert 'value="1111"' not in page.text


async def test_with_a_reason_a_case_of_his_places_is_shown_and_no_other(house: House) -> None:
    lay_case(house)
    reason = "群众在窗口，证件在家里"

    here = await counselor(house, "李四", regions=("410000",)).post(
        "/desk/search/case", number=CASE_NO, last_four="", reason=reason
    )
    elsewhere = await counselor(house, "王五", regions=("460000",)).post(
        "/desk/search/case", number=CASE_NO, last_four="", reason=reason
    )

    assert (here.status_code, elsewhere.status_code) == (200, 422)
    assert house.rows(ACTS) == [
        ("case.view", f"case:{CASE_NO}", reason, {"how": "right"}),
        ("case.refused", f"case:{CASE_NO}", reason, {"how": "right"}),
    ]


async def test_who_guesses_ten_times_must_stop(house: House) -> None:
    lay_case(house)
    one = counselor(house)
    for number in range(10):
        await one.post("/desk/search/case", number=CASE_NO, last_four=f"111{number}", reason="")

    right = await one.post("/desk/search/case", number=CASE_NO, last_four="002X", reason="")

    assert "核对错了 10 次" in text_of(right)
    assert (
        await counselor(house).post("/desk/search/case", number=CASE_NO, last_four="002X", reason="")
    ).status_code == 200


async def shown_in_chat(house: House) -> UUID:
    await waits(house)
    await house.line.send("我的号码是41010519491231002X，帮我看看", "s-1-3", "s-1")
    return conversation_of(house)


async def test_a_number_said_just_now_is_shown_with_a_reason_and_noted(house: House) -> None:
    conversation = await shown_in_chat(house)
    house.change("INSERT INTO case_binding (conversation_id, case_id) VALUES (%s, %s)", conversation, lay_case(house))
    one = counselor(house)

    asked = await one.get(at(conversation, "unmask"))
    without = await one.post(at(conversation, "unmask"), what=f"phone-{_case(house)}", reason="看")
    phone = await one.post(at(conversation, "unmask"), what=f"phone-{_case(house)}", reason="要给他回电话")
    number = await one.post(at(conversation, "unmask"), what=f"id_number-{_case(house)}", reason="核对身份")

    assert "电话" in text_of(asked)
    assert (PHONE in asked.text, PHONE in without.text, without.status_code) == (False, False, 422)
    assert PHONE in phone.text
    assert ID_NUMBER in number.text
    assert [(act, reason) for act, _, reason, _ in house.rows(ACTS)] == [
        ("desk.unmask", "要给他回电话"),
        ("desk.unmask", "核对身份"),
    ]
    assert PHONE not in str(house.rows("SELECT * FROM audit"))


def _case(house: House) -> int:
    return int(house.rows("SELECT id FROM case_file")[0][0])


async def test_what_the_vault_still_has_is_shown_and_what_is_over_is_not(house: House) -> None:
    conversation = await shown_in_chat(house)
    settings = house.settings
    sealer = Sealer(settings.data_key.get_secret_value(), settings.index_key.get_secret_value(), [])
    sealed = sealer.seal(ID_NUMBER.encode(), f"vault\0{conversation}\0〔身份证号1〕")
    house.change("DELETE FROM vault")
    house.change(
        "INSERT INTO vault (conversation_id, placeholder, kind, sealed, expires_at)"
        " VALUES (%s, '〔身份证号1〕', '身份证号', %s, now() + interval '9 minutes')",
        conversation,
        sealed,
    )
    one = counselor(house)
    [(row,)] = house.rows("SELECT id FROM vault")

    fresh = await one.post(at(conversation, "unmask"), what=f"said-{row}", reason="核对身份")
    house.change("UPDATE vault SET expires_at = now() - interval '1 second'")
    over = await one.post(at(conversation, "unmask"), what=f"said-{row}", reason="核对身份")

    assert ID_NUMBER in fresh.text
    assert ID_NUMBER not in over.text
    assert "只留 10 分钟" in text_of(over)


async def test_nothing_of_another_chat_is_opened(house: House) -> None:
    conversation = await shown_in_chat(house)
    other = await waits(house, "s-2")
    house.change("INSERT INTO case_binding (conversation_id, case_id) VALUES (%s, %s)", other, lay_case(house))

    page = await counselor(house).post(at(conversation, "unmask"), what=f"phone-{_case(house)}", reason="要给他回电话")

    assert PHONE not in page.text
    assert house.rows(ACTS) == []
    assert (await signed_in(house, "counselor", regions=("460000",)).get(at(other, "unmask"))).status_code in (200, 404)

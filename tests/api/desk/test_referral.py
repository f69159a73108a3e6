"""Sending somebody to another centre: told, with a note, and never to where nobody looks."""

from __future__ import annotations

from datetime import datetime

from api.conversations.desk_hours import LOCAL
from tests.api.conftest import Build, House
from tests.fakes.desk import at, counselor, owner_of, waits
from tests.fakes.staff import text_of

SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=LOCAL)
NOTE = "想在海口落户，材料齐了"


async def test_person_goes_to_the_other_centre_with_a_note_and_is_told(build: Build) -> None:
    async with build(now=lambda: SUNDAY) as house:
        conversation = await waits(house)
        one, other = counselor(house), counselor(house, "海南", regions=("460000",))
        house.change("UPDATE staff SET last_seen_at = %s", SUNDAY)
        house.change("UPDATE staff_session SET created_at = %s, last_used_at = %s", SUNDAY, SUNDAY)
        await one.post(at(conversation, "take"))
        await one.post(at(conversation, "refer"), place="海口", note=NOTE + "，电话13800138000")
        queue, chat = text_of(await other.get("/desk")), text_of(await other.get(at(conversation)))
        told = [reply["reply"]["text"] for reply in await house.line.later()]

        assert "已为您转给海南省海口市的工作人员" in told[1]
        assert "11 月 23 日（星期一）8:30" in told[2]
        assert "别的中心转来" in queue
        assert f"{NOTE}，电话〔手机号1〕" in chat
        assert owner_of(house, conversation) == "queue"
        assert house.rows("SELECT how FROM desk_visit") == [("referral",)]


async def test_whoever_does_not_work_for_that_centre_sees_him_no_longer(house: House) -> None:
    conversation = await waits(house)
    one = counselor(house, regions=("410000",))
    counselor(house, "海南", regions=("460000",))
    await one.post(at(conversation, "take"))
    await one.post(at(conversation, "refer"), place="海口", note=NOTE)

    assert "没有人在等" in text_of(await one.get("/desk"))
    assert (await one.get(at(conversation))).status_code == 404


async def test_nobody_is_sent_where_nobody_looks(house: House) -> None:
    conversation = await waits(house)
    one = counselor(house, regions=("410000",))
    await one.post(at(conversation, "take"))

    response = await one.post(at(conversation, "refer"), place="海口", note=NOTE)

    assert response.headers["location"] == at(conversation)
    assert "还没有能接待的工作人员账号" in text_of(await one.get(at(conversation)))
    assert owner_of(house, conversation) == "counselor"


async def test_place_and_note_are_needed(house: House) -> None:
    conversation = await waits(house)
    one = counselor(house)
    await one.post(at(conversation, "take"))

    await one.post(at(conversation, "refer"), place="没有这个地方", note=NOTE)
    no_place = text_of(await one.get(at(conversation)))
    await one.post(at(conversation, "refer"), place="海口", note=" ")
    no_note = text_of(await one.get(at(conversation)))

    assert "没有找到这个地区" in no_place
    assert "请写要让那边知道什么" in no_note


async def test_who_asks_anew_asks_where_he_is_at_home(house: House) -> None:
    conversation = await waits(house)
    one = counselor(house)
    await one.post(at(conversation, "take"))
    await one.post(at(conversation, "refer"), place="海口", note=NOTE)
    await house.line.send("取消", "m-9")

    assert house.rows("SELECT desk_region FROM conversation") == [(None,)]


async def test_colleague_reads_what_was_written_for_him(house: House) -> None:
    conversation = await waits(house)
    one, other = counselor(house), counselor(house, "李四")
    await one.post(at(conversation, "take"))
    await one.post(at(conversation, "transfer"), to=other.login, known="还差户口本")

    assert "张三转来时写的" in text_of(await other.get(at(conversation)))
    assert "还差户口本" in text_of(await other.get(at(conversation)))


async def test_late_calls_and_waits_alarm_on_the_first_page(house: House) -> None:
    conversation = await waits(house)
    house.change("UPDATE person_request SET requested_at = now() - interval '30 days'")
    house.change(
        "INSERT INTO call_back (conversation_id, source, asked_at, due_at)"
        " SELECT id, 'given', now(), now() - interval '1 day' FROM conversation"
    )
    page = await counselor(house).get("/desk")

    assert f'data-alarms="late:{conversation} call:1"' in page.text
    assert "要打的电话 1 件" in text_of(page)
    assert "已超期 1 件" in text_of(page)

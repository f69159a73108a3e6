"""The queue: who stands where, what is shown of him, and that nobody is taken twice."""

from __future__ import annotations

import asyncio

from tests.api.conftest import House
from tests.fakes.desk import at, conversation_of, counselor, owner_of, waits
from tests.fakes.staff import signed_in, text_of

ABOUT = "SELECT act, object FROM audit WHERE act LIKE 'desk.%%' ORDER BY id"


async def test_who_waits_is_shown_with_reason_channel_and_last_words(house: House) -> None:
    await waits(house)

    text = text_of(await counselor(house).get("/desk"))

    assert "等候的群众（1）" in text
    assert "要找人工 等了 0 分钟" in text
    assert "热线" in text
    assert "户口怎么办 / 人工" in text


async def test_danger_stands_on_top_whoever_came_first(house: House) -> None:
    await waits(house, "s-1")
    await waits(house, "s-2", "我不想活了")

    text = text_of(await counselor(house).get("/desk"))

    assert text.index("可能有危险") < text.index("要找人工")


async def test_numbers_of_identity_papers_do_not_show(house: House) -> None:
    await house.line.send("人工，我的身份证号是11010519491231002X", "m-1")

    page = await counselor(house).get("/desk")

    assert "11010519491231002X" not in page.text
    assert "〔身份证号1〕" in page.text


async def test_fifty_claims_at_once_make_one_owner(house: House) -> None:
    conversation = await waits(house)
    crowd = [counselor(house, f"坐席{number}") for number in range(50)]

    answers = await asyncio.gather(*(one.post(at(conversation, "take")) for one in crowd))

    led = [answer.headers["location"] for answer in answers]
    assert led.count(at(conversation)) == 1
    assert led.count("/desk") == 49
    assert house.rows("SELECT count(*) FROM desk_visit") == [(1,)]
    assert house.rows("SELECT count(*) FROM transcript WHERE speaker = 'system'") == [(1,)]
    assert owner_of(house, conversation) == "counselor"


async def test_who_is_taken_waits_no_longer_and_is_told(house: House) -> None:
    conversation = await waits(house)
    one = counselor(house)

    await one.post(at(conversation, "take"))

    assert "没有人在等" in text_of(await one.get("/desk"))
    assert [reply["reply"]["text"] for reply in await house.line.later()] == [
        "工作人员已经接入，接下来由工作人员回复您。"
    ]
    assert ("desk.take", f"conversation:{conversation}") in house.rows(ABOUT)


async def test_who_does_not_take_chats_gets_none(house: House) -> None:
    conversation = await waits(house)
    one = signed_in(house, "counselor")

    response = await one.post(at(conversation, "take"))

    assert response.headers["location"] == "/desk"
    assert "先按“开始接待”" in text_of(await one.get("/desk"))
    assert owner_of(house, conversation) == "queue"


async def test_a_shift_begins_and_ends_by_a_button(house: House) -> None:
    one = signed_in(house, "counselor")

    before = text_of(await one.get("/desk"))
    await one.post("/desk/shift", on="yes")
    during = text_of(await one.get("/desk/queue"))
    await one.post("/desk/shift", on="no")

    assert "您现在不接待" in before
    assert "您正在接待" in during
    assert house.rows("SELECT on_shift FROM staff") == [(False,)]


async def test_who_took_back_his_wish_is_not_taken(house: House) -> None:
    conversation = await waits(house)
    await house.line.send("取消", "m-9")
    one = counselor(house)

    await one.post(at(conversation, "take"))

    assert owner_of(house, conversation) == "bot"
    assert "不等了" in text_of(await one.get("/desk"))


async def test_other_places_are_not_his_business(house: House) -> None:
    await waits(house)
    house.change(
        'UPDATE conversation SET state = jsonb_set(state, \'{region}\', \'{"code": "410000", "name": "河南"}\')'
    )
    conversation = conversation_of(house)
    stranger = counselor(house, "海南", regions=("460000",))

    assert "没有人在等" in text_of(await stranger.get("/desk"))
    assert (await stranger.get(at(conversation))).status_code == 404
    assert (await stranger.post(at(conversation, "take"))).status_code == 404
    assert "等候的群众（1）" in text_of(await counselor(house, "河南", regions=("410000",)).get("/desk"))

"""The bot switched off and urgent notices: at once, on every channel, and never in the way of a person."""

from __future__ import annotations

from datetime import datetime

import pytest

from api.conversations.desk_hours import LOCAL
from tests.api.conftest import Build, House
from tests.fakes.plain_browser import SCRIPT, page, post
from tests.fakes.staff import Browser, signed_in, text_of

OFF = "机器人正在检修。"
STORM = "今天台风，所有窗口关门。"


async def switch_off(lead: Browser, *channels: str) -> None:
    response = await lead.post("/desk/switches/off", off_text=OFF, off_channels=list(channels))
    assert response.status_code == 303


async def warn(lead: Browser, *channels: str, **more: str) -> None:
    response = await lead.post("/desk/switches/emergency", urgent_text=STORM, urgent_channels=list(channels), **more)
    assert response.status_code == 303


def said(answer: dict[str, object]) -> list[tuple[str, str]]:
    return [(one["kind"], one["text"]) for one in answer["replies"]]  # type: ignore[attr-defined]


async def test_bot_that_is_off_says_so_and_a_person_is_still_reached(house: House) -> None:
    lead = signed_in(house, "lead")
    await switch_off(lead, "hotline")

    asked = await house.line.send("医保怎么接", "m-1")
    called = await house.line.send("人工", "m-2")
    waits = await house.line.send("还在吗", "m-3")
    left = await house.line.send("取消", "m-4")

    assert [kind for kind, _ in said(asked)] == ["notice"]
    assert said(asked)[0][1].startswith(OFF)
    assert "人工" in said(asked)[0][1]
    assert (said(called)[0][0], called["state"]["owner"]) == ("handoff", "queue")
    assert said(waits) == []
    assert [kind for kind, _ in said(left)] == ["notice", "notice"]
    assert left["state"]["owner"] == "bot"
    assert house.rasa.asked == []


async def test_it_is_off_where_it_was_switched_off_alone_and_on_again_at_once(house: House) -> None:
    lead = signed_in(house, "lead")
    await switch_off(lead, "web", "telegram")
    elsewhere = await house.line.send("医保怎么接", "m-1")
    await switch_off(lead, "hotline")
    [(newest,)] = house.rows("SELECT max(id) FROM service_notice")
    off = await house.line.send("医保怎么接", "m-2")
    page = text_of(await lead.get("/desk/switches"))
    back = await lead.post(f"/desk/switches/{newest}/withdraw")
    on = await house.line.send("医保怎么接", "m-3")

    assert said(elsewhere) == [("smalltalk", "听到：医保怎么接")]
    assert said(off)[0][1].startswith(OFF)
    assert "网页、Telegram" in page
    assert back.status_code == 303
    assert said(on) == [("smalltalk", "听到：医保怎么接")]
    assert [act for (act,) in house.rows("SELECT act FROM audit ORDER BY id")] == [
        "switch.bot_off",
        "switch.bot_off",
        "switch.withdraw",
    ]


async def test_somebody_in_danger_and_somebody_with_a_counselor_hear_nothing_of_it(house: House) -> None:
    lead = signed_in(house, "lead")
    await switch_off(lead, "hotline")
    await warn(lead, "hotline")
    await house.line.send("你好", "m-0", session_id="s-2")
    house.change("UPDATE conversation SET owner = 'counselor'")

    talk = await house.line.send("好的", "m-1", session_id="s-2")
    danger = await house.line.send("我不想活了", "m-2")

    assert talk["replies"] == []
    assert [kind for kind, _ in said(danger)] == ["crisis"]


async def test_urgent_notice_stands_beside_the_answer_once_in_a_session(house: House) -> None:
    lead = signed_in(house, "lead")
    await warn(lead, "hotline", "web")
    today = datetime.now(LOCAL)

    first = await house.line.send("医保怎么接", "m-1")
    again = await house.line.send("医保怎么接", "m-1")
    second = await house.line.send("落户呢", "m-2")
    other = await house.line.send("你好", "m-3", session_id="s-2")

    notice = ("notice", f"【紧急通知 {today.month} 月 {today.day} 日】{STORM}")
    assert said(first) == [notice, ("smalltalk", "听到：医保怎么接")]
    assert said(again) == said(first)
    assert said(second) == [("smalltalk", "听到：落户呢")]
    assert said(other)[0] == notice


async def test_a_turn_that_failed_and_is_repeated_still_tells_it(house: House) -> None:
    await warn(signed_in(house, "admin"), "hotline")
    house.rasa.is_down = True
    late = await house.line.send("医保怎么接", "m-1")
    house.rasa.is_down = False
    await house.until_handled()

    assert STORM not in str(late)
    assert [STORM in str(one["reply"]) for one in await house.line.later()] == [True, False]


async def test_page_shows_it_on_top_and_an_open_page_within_a_second(house: House) -> None:
    lead = signed_in(house, "lead")
    before = await page(house)
    sent = (await post(house, headers=SCRIPT, text="你好")).json()
    await warn(lead, "web")

    stands = await house.http.get(
        "/channels/web/messages",
        params={"after": "99", "wait": "1", "owner": "bot", "waiting": "no", "notice": sent["state"]["notice"]},
        headers=SCRIPT,
        timeout=2,
    )
    answer = (await post(house, nonce="b" * 24, headers=SCRIPT, text="落户呢")).json()

    assert STORM not in before
    assert STORM in await page(house)
    assert STORM in stands.json()["notices"][0]
    assert stands.json()["state"]["notice"] == "1"
    assert not any(STORM in one["html"] for one in answer["entries"])


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"off_text": "", "off_channels": "web"}, "off_text-fault"),
        ({"off_text": "长" * 201, "off_channels": "web"}, "off_text-fault"),
        ({"off_text": OFF}, "off_channels-fault"),
        ({"off_text": OFF, "off_channels": "elsewhere"}, "off_channels-fault"),
        ({"off_text": OFF, "off_channels": "web", "off_until": "2020-01-01T10:00"}, "off_until-fault"),
        ({"off_text": OFF, "off_channels": "web", "off_until": "tomorrow"}, "off_until-fault"),
    ],
)
async def test_faults_stand_at_their_fields_and_nothing_is_switched(
    house: House, fields: dict[str, str], fault: str
) -> None:
    response = await signed_in(house, "lead").post("/desk/switches/off", **fields)

    assert response.status_code == 422
    assert f'id="{fault}"' in response.text
    assert house.rows("SELECT count(*) FROM service_notice") == [(0,)]


async def test_it_ends_by_itself_at_its_time(build: Build) -> None:
    async with build() as house:
        await warn(signed_in(house, "lead"), "hotline", urgent_until="2099-01-01T08:00")
        [(ends_at,)] = house.rows("SELECT ends_at FROM service_notice")
        house.change("UPDATE service_notice SET ends_at = now()")
        answer = await house.line.send("你好", "m-1")

    assert ends_at == datetime(2099, 1, 1, 8, tzinfo=LOCAL)
    assert said(answer) == [("smalltalk", "听到：你好")]

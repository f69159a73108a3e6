"""Answers of which the bot is not sure wait for a counselor, where the office wants that."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.conversations.desk_hours import LOCAL
from bot.message import ActionResult, Memory, Region, Reply
from tests.api.conftest import Build, House
from tests.fakes.desk import at, conversation_of, counselor
from tests.fakes.staff import Browser, signed_in, text_of

PLACE = {"guide": "x", "title": "指南", "doc_no": "豫〔2024〕1号", "section": "四(一)", "valid_from": None}
HENAN = Region(code="410000", name="河南")
ANSWER = "要带。"
HOW = "SELECT how, staff_id IS NULL FROM held_reply ORDER BY id"
TOLD = "SELECT speaker, text FROM transcript WHERE speaker <> 'person' ORDER BY id"


def answering(house: House, chance: float, loop: str | None = None) -> None:
    """Rasa's actions answer with this chance, and keep what was told."""
    why = {"question": "x", "chance": chance, "by_meaning": True}
    reply = {
        "kind": "answer",
        "text": ANSWER,
        "citations": [PLACE],
        "why": why,
        "choices": [{"number": 1, "label": "更多"}],
    }

    def answer(asked: dict[str, Any]) -> list[ActionResult]:
        private = {
            "told": [{"more": "还有"}],
            "offered": [{"number": 1, "label": "更多", "does": "more"}],
            "province": "henan",
        }
        memory = Memory(region=HENAN, private=private, highest_number=1, loop=loop)
        return [ActionResult(replies=(Reply.model_validate(reply),), memory=memory)]

    house.rasa.answer = answer


async def asked(house: House, chance: float = 0.3, number: int = 1, **more: object) -> list[str]:
    answering(house, chance)
    answer = await house.line.send("户口怎么办", f"a-{number}", "s-1", **more)
    return [one["text"] for one in answer["replies"]]


async def switched_on(house: House, minutes: int = 5) -> Browser:
    lead = counselor(house, "班长", "lead")
    await lead.post("/desk/approval-switch", region="410000", on="yes", **{"minutes-410000": str(minutes)})
    return lead


async def held(house: House) -> int:
    [(number,)] = house.rows("SELECT id FROM held_reply WHERE settled_at IS NULL")
    return int(number)


async def later(house: House) -> list[dict[str, Any]]:
    return [one["reply"] for one in await house.line.later("s-1")]


async def test_it_is_off_by_default(house: House) -> None:
    counselor(house)

    assert (await asked(house))[0].startswith(ANSWER)
    assert house.rows(HOW) == []


async def test_an_unsure_answer_waits_and_a_sure_one_does_not(house: House) -> None:
    await switched_on(house)

    unsure, sure = await asked(house, 0.59), await asked(house, 0.6, 2)

    assert "正在请工作人员核对，5 分钟以内" in unsure[0]
    assert sure[0].startswith(ANSWER)


async def test_nothing_of_what_waits_comes_out_by_itself(house: House) -> None:
    await switched_on(house)

    await asked(house)
    [(state, epoch)] = house.rows("SELECT state, epoch FROM conversation")

    assert state["region"]["code"] == "410000"
    assert state["private"] == {"province": "henan"}
    assert (state["highest_number"], epoch) == (0, 1)


async def test_sent_as_it_is_it_comes_with_its_source_and_its_choices(house: House) -> None:
    lead = await switched_on(house)
    await asked(house)

    page = text_of(await lead.get("/desk/approvals"))
    number = await held(house)
    response = await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})
    [reply] = await later(house)
    [(state,)] = house.rows("SELECT state FROM conversation")

    assert ("户口怎么办" in page, "30%" in page, "豫〔2024〕1号 四(一)" in page) == (True, True, True)
    assert response.status_code == 303
    assert (reply["text"].startswith(ANSWER), len(reply["citations"]), len(reply["choices"])) == (True, 1, 1)
    assert (state["highest_number"], state["private"]["told"][0]["more"]) == (1, "还有")
    assert house.rows(HOW) == [("sent", False)]


async def test_sent_as_it_is_it_keeps_why_it_was_answered_so(house: House) -> None:
    lead = await switched_on(house)
    await asked(house)
    [(why,)] = house.rows("SELECT why FROM held_reply")
    number = await held(house)

    await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})

    assert why["chance"] == 0.3
    assert house.rows("SELECT why FROM transcript WHERE speaker = 'bot' ORDER BY id") == [(None,), (why,)]
    assert all("why" not in reply for reply in await later(house))


async def test_sent_in_pages_the_first_of_them_keeps_why(house: House) -> None:
    lead = await switched_on(house)
    await asked(house, form="text_message")
    number = await held(house)

    await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})

    assert house.rows("SELECT why->>'chance' FROM transcript WHERE text LIKE %s", f"{ANSWER}%") == [("0.3",)]


async def test_after_another_question_it_comes_without_choices(house: House) -> None:
    lead = await switched_on(house)
    await asked(house)
    await asked(house, 0.9, 2)
    number = await held(house)

    await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})

    assert [one["choices"] for one in await later(house)] == [[]]


async def test_edited_it_is_a_counselors_word(house: House) -> None:
    lead = await switched_on(house)
    await asked(house)
    number = await held(house)

    await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": "不用带。"})

    assert [(one["text"], one["data"]["speaker"]) for one in await later(house)] == [("不用带。", "counselor")]
    assert house.rows(HOW) == [("edited", False)]
    assert house.rows("SELECT act FROM audit WHERE act LIKE 'approval.%%' ORDER BY id") == [
        ("approval.on",),
        ("approval.edited",),
    ]


async def test_rejected_the_person_is_told_honestly(house: House) -> None:
    lead = await switched_on(house)
    await asked(house)
    number = await held(house)

    await lead.post(f"/desk/approvals/{number}/reject")
    again = await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})

    assert ["没有把握" in one["text"] for one in await later(house)] == [True]
    assert "已经处理了" in text_of(await lead.get(again.headers["location"]))


async def test_where_nobody_is_on_duty_it_is_said_at_once(house: House) -> None:
    lead = await switched_on(house)
    house.change("UPDATE staff SET on_shift = false")

    said = await asked(house)

    assert "没有把握" in said[0]
    assert house.rows(HOW) == []
    assert "现在没有要核对的答复" in text_of(await lead.get("/desk/approvals"))


async def test_when_nobody_looks_in_time_it_is_said_honestly(build: Build) -> None:
    begun, ahead = datetime.now(LOCAL), [timedelta()]
    async with build(now=lambda: begun + ahead[0]) as house:
        lead = await switched_on(house, 1)
        await asked(house)
        number = await held(house)

        ahead[0] = timedelta(minutes=2)
        await house.until(HOW, [("timed_out", True)])
        late = await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})
        replies = await later(house)

    assert ["没有把握" in one["text"] for one in replies] == [True]
    assert late.status_code == 303


async def test_once_a_person_took_over_the_bots_answer_stays_back(build: Build) -> None:
    begun, ahead = datetime.now(LOCAL), [timedelta()]
    async with build(now=lambda: begun + ahead[0]) as house:
        lead = await switched_on(house, 1)
        await asked(house)
        number = await held(house)
        await house.line.send("人工", "a-9", "s-1")
        await lead.post(at(conversation_of(house), "take"))

        refused = await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})
        ahead[0] = timedelta(minutes=2)
        await house.until(HOW, [("overtaken", True)])
        said = [text for speaker, text in house.rows(TOLD) if speaker == "bot"]
        page = text_of(await lead.get(refused.headers["location"]))

    assert "已经转人工了" in page
    assert not any(ANSWER in one for one in said)


async def test_an_answer_and_a_counselor_who_takes_over_never_speak_both(house: House) -> None:
    lead = await switched_on(house)
    both = []
    for number in range(20):
        session = f"r-{number}"
        answering(house, 0.3)
        await house.line.send("户口怎么办", f"r-{number}-1", session)
        await house.line.send("我要投诉", f"r-{number}-2", session)
        conversation = conversation_of(house, session)
        house.change("INSERT INTO person_request (conversation_id, reason) VALUES (%s, 'complaint')", conversation)
        held_one = house.rows("SELECT id FROM held_reply WHERE conversation_id = %s ORDER BY id LIMIT 1", conversation)[
            0
        ][0]
        await asyncio.gather(
            lead.post(at(conversation, "take")),
            lead.post(f"/desk/approvals/{held_one}/send", **{f"text-{held_one}": ANSWER}),
        )
        order = [speaker for (speaker,) in _said_after(house, conversation)]
        both.append("system" in order and "bot" in order[order.index("system") :])

    assert both == [False] * 20


def _said_after(house: House, conversation: UUID) -> list[tuple[Any, ...]]:
    return house.rows("SELECT speaker FROM outbox WHERE conversation_id = %s ORDER BY id", conversation)


async def test_in_form_of_text_messages_it_comes_in_pages(house: House) -> None:
    lead = await switched_on(house)
    await asked(house, form="text_message")
    number = await held(house)

    await lead.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})

    [reply] = await later(house)
    assert "依据" in reply["text"]


async def test_another_province_is_neither_shown_nor_sent(house: House) -> None:
    await switched_on(house)
    await asked(house)
    number = await held(house)
    stranger = counselor(house, "王五", regions=("460000",))

    sent = await stranger.post(f"/desk/approvals/{number}/send", **{f"text-{number}": ANSWER})

    assert "现在没有要核对的答复" in text_of(await stranger.get("/desk/approvals"))
    assert sent.status_code == 303
    assert house.rows(HOW) == [(None, True)]


async def test_the_switch_takes_sensible_minutes_of_ones_own_places_alone(house: House) -> None:
    lead = signed_in(house, "lead", regions=("410000",))

    faults = [
        (await lead.post("/desk/approval-switch", region=code, on="yes", **{f"minutes-{code}": minutes})).status_code
        for code, minutes in (("410000", "0"), ("410000", "31"), ("410000", "x"), ("460000", "5"), ("999999", "5"))
    ]
    await lead.post("/desk/approval-switch", region="410000", on="yes", **{"minutes-410000": "3"})
    await lead.post("/desk/approval-switch", region="410000", on="no")

    assert faults == [422] * 5
    assert house.rows("SELECT count(*) FROM approval_switch") == [(0,)]
    assert house.rows("SELECT act FROM audit ORDER BY id") == [("approval.on",), ("approval.off",)]

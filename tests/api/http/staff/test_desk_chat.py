"""A chat at the desk: what is shown, what is said, and how it is left."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.api.conftest import House
from tests.fakes.desk import at, counselor, owner_of, waits
from tests.fakes.staff import Browser, signed_in, text_of

VIEWS = "SELECT count(*) FROM audit WHERE act = 'desk.view'"
UNATTENDED = {"x-unattended": "1"}


async def taken(house: House, session: str = "s-1") -> tuple[Browser, UUID]:
    """A counselor and the chat that he has taken."""
    conversation = await waits(house, session)
    one = counselor(house)
    await one.post(at(conversation, "take"))
    return one, conversation


async def told(house: House, session: str = "s-1") -> list[str]:
    return [one["reply"]["text"] for one in await house.line.later(session)]


async def test_the_chat_shows_the_masked_talk_and_the_matter(house: House) -> None:
    one, conversation = await taken(house)

    text = text_of(await one.get(at(conversation)))

    assert "听到：户口怎么办" in text
    assert "为什么转人工 要找人工" in text
    assert "谁在问 本人" in text


async def test_every_look_is_noted_and_an_open_page_counts_once(house: House) -> None:
    one, conversation = await taken(house)

    await one.get(at(conversation))
    for _ in range(3):
        await one.get(at(conversation, "part"), headers=UNATTENDED)
    after_one_page = house.rows(VIEWS)
    await one.get(at(conversation))
    stranger = counselor(house, "李四")
    await stranger.get(at(conversation, "part"), headers=UNATTENDED)

    assert after_one_page == [(1,)]
    assert house.rows(VIEWS) == [(3,)]


async def test_nobody_reads_a_talk_in_which_no_person_was_asked_for(house: House) -> None:
    await house.line.send("你好", "m-1")
    [(conversation,)] = house.rows("SELECT id FROM conversation")

    assert (await counselor(house).get(at(conversation))).status_code == 404
    assert house.rows(VIEWS) == [(0,)]


async def test_a_reply_reaches_the_person_and_the_transcript(house: House) -> None:
    one, conversation = await taken(house)

    response = await one.post(at(conversation, "reply"), text="您好，请带身份证到窗口办。", form=str(uuid4()))
    messages = await house.line.later()

    assert response.status_code == 303
    assert messages[-1]["reply"]["text"] == "您好，请带身份证到窗口办。"
    assert messages[-1]["reply"]["data"] == {"speaker": "counselor"}
    assert house.rows("SELECT speaker, text FROM transcript ORDER BY id DESC LIMIT 1") == [
        ("counselor", "您好，请带身份证到窗口办。")
    ]


async def test_a_form_that_is_sent_twice_says_it_once(house: House) -> None:
    one, conversation = await taken(house)
    form = str(uuid4())

    for _ in range(2):
        await one.post(at(conversation, "reply"), text="好的。", form=form)

    assert (await told(house)).count("好的。") == 1


async def test_the_bot_is_silent_while_a_counselor_speaks(house: House) -> None:
    _, conversation = await taken(house)
    asked = len(house.rasa.asked)

    answer = await house.line.send("那户口本要不要", "m-5")

    assert answer["replies"] == []
    assert answer["state"]["owner"] == "counselor"
    assert len(house.rasa.asked) == asked
    assert owner_of(house, conversation) == "counselor"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  ", "还没有写回复"),
        ("您的身份证号是11010519491231002X吧", "请删掉这些号码"),
        ("字" * 1001, "最多 1000 个字"),
    ],
)
async def test_what_is_not_to_go_out_stays_in_the_box(house: House, text: str, said: str) -> None:
    one, conversation = await taken(house)

    response = await one.post(at(conversation, "reply"), text=text, form=str(uuid4()))

    assert response.status_code == 422
    assert said in text_of(response)
    assert f">{text}</textarea>" in response.text
    assert len(await told(house)) == 1


async def test_telephone_numbers_of_offices_go_out(house: House) -> None:
    one, conversation = await taken(house)

    await one.post(at(conversation, "reply"), text="请打0371-65506666问。", form=str(uuid4()))

    assert (await told(house))[-1] == "请打0371-65506666问。"


async def test_who_lost_the_chat_says_nothing_more_in_it(house: House) -> None:
    one, conversation = await taken(house)
    await one.post(at(conversation, "to-queue"))

    response = await one.post(at(conversation, "reply"), text="还有一句。", form=str(uuid4()))

    assert response.status_code == 422
    assert "现在不归您接待" in text_of(response)
    assert "还有一句。" not in await told(house)


async def test_back_to_the_bot_is_said_once_and_does_not_queue_again(house: House) -> None:
    one, conversation = await taken(house)

    await one.post(at(conversation, "to-bot"))
    answer = await house.line.send("落户要几天", "m-7")

    assert [text[:8] for text in await told(house)] == ["工作人员已经接入", "工作人员已经离开"]
    assert [reply["text"] for reply in answer["replies"]] == ["听到：落户要几天"]
    assert answer["state"]["owner"] == "bot"
    assert house.rows("SELECT count(*) FROM person_request WHERE closed_at IS NULL AND cancelled_at IS NULL") == [(0,)]
    assert owner_of(house, conversation) == "bot"


async def test_back_to_the_queue_keeps_the_place(house: House) -> None:
    one, conversation = await taken(house, "s-1")
    await waits(house, "s-2")

    await one.post(at(conversation, "to-queue"))
    page = (await one.get("/desk")).text

    assert owner_of(house, conversation) == "queue"
    assert page.index(str(conversation)) < page.index("先看看", page.index(str(conversation)) + 1)
    assert house.rows("SELECT how FROM desk_visit WHERE left_at IS NOT NULL") == [("queue",)]
    assert page.count("/take") == 2
    assert page.index(f"{conversation}/take") == page.index("/desk/chats/") + len("/desk/chats/")


async def test_a_colleague_goes_on(house: House) -> None:
    one, conversation = await taken(house)
    other = counselor(house, "李四")

    page = text_of(await one.get(at(conversation)))
    await one.post(at(conversation, "transfer"), to=other.login)
    late = await one.post(at(conversation, "reply"), text="我再说一句。", form=str(uuid4()))
    await other.post(at(conversation, "reply"), text="我来接着说。", form=str(uuid4()))

    assert f"李四（{other.login}）" in page
    assert late.status_code == 422
    assert (await told(house))[1:] == [
        "已为您转给另一位工作人员。前面说过的不用再说，接下来由这位工作人员回复您。",
        "我来接着说。",
    ]


async def test_nobody_is_handed_a_chat_who_is_not_there(house: House) -> None:
    one, conversation = await taken(house)
    away = signed_in(house, "counselor", name="王五")

    await one.post(at(conversation, "transfer"), to=away.login)

    assert "重新选一位" in text_of(await one.get(at(conversation)))
    assert house.rows("SELECT count(*) FROM desk_visit WHERE left_at IS NULL") == [(1,)]


async def test_closing_needs_an_outcome_and_keeps_it(house: House) -> None:
    one, conversation = await taken(house)

    without = await one.post(at(conversation, "close"), outcome="")
    await one.post(at(conversation, "close"), outcome="solved")

    assert without.status_code == 422
    assert "请选一个处理结果" in text_of(without)
    assert house.rows("SELECT how, outcome FROM desk_visit") == [("closed", "solved")]
    assert house.rows("SELECT count(*) FROM person_request WHERE closed_at IS NULL") == [(0,)]
    assert (await told(house))[-1].startswith("这次人工服务结束了")
    assert owner_of(house, conversation) == "bot"


async def test_earlier_visits_are_on_the_brief(house: House) -> None:
    one, conversation = await taken(house)
    await one.post(at(conversation, "close"), outcome="directed")
    await house.line.send("人工", "m-8")
    await one.post(at(conversation, "take"))

    assert "张三：结束，已告诉去哪里办" in text_of(await one.get(at(conversation)))


async def test_several_chats_stand_side_by_side_and_each_look_is_noted(house: House) -> None:
    one, first = await taken(house, "s-1")
    second = await waits(house, "s-2", "找个活人")
    await one.post(at(second, "take"))
    await waits(house, "s-3")

    page = await one.get("/desk/chats")
    answer = await one.post(at(second, "reply"), text="在的。", form=str(uuid4()), back="side")

    assert "我的对话（2）" in text_of(page)
    assert page.text.index(str(first)) < page.text.index(str(second))
    assert house.rows(VIEWS) == [(2,)]
    assert answer.headers["location"] == "/desk/chats"
    assert (await told(house, "s-2"))[-1] == "在的。"


async def test_who_was_taken_waits_until_a_counselor_says_something(house: House) -> None:
    one, conversation = await taken(house)
    await waits(house, "s-2")

    begun = text_of(await one.get(at(conversation)))
    mine = text_of(await one.get("/desk/mine"))
    await one.post(at(conversation, "reply"), text="在的。", form=str(uuid4()))
    answered = text_of(await one.get(at(conversation))), text_of(await one.get("/desk/mine"))
    await house.line.send("那要几天", "m-9", "s-1")
    again = text_of(await one.get(at(conversation)))

    assert "起在等您回复" in begun
    assert "等您回复" in mine
    assert "人工 / 户口怎么办" in mine
    assert [("等您回复" in page) for page in answered] == [False, False]
    assert "起在等您回复" in again

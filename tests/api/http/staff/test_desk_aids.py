"""What helps a counselor to write: drafts with sections, canned replies, limits of the channel, wrong answers."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.api.conftest import House
from tests.fakes.desk import at, conversation_of, counselor, waits
from tests.fakes.rasa import say
from tests.fakes.staff import Browser, signed_in, text_of

ASKED = "户口注销证明要不要带"
PLACE = {
    "guide": "x",
    "title": "指南",
    "doc_no": "豫〔2024〕1号",
    "section": "四(一)",
    "valid_from": None,
}


async def taken(house: House, said: str = ASKED, **more: object) -> tuple[Browser, UUID]:
    """A counselor who has taken the chat of somebody of Henan who asked something and then for a person."""
    house.rasa.answer = lambda asked: [
        say("要带。", "answer", citations=[PLACE], data={"knowledge_ids": ["henan.x"]}).model_copy(
            update={"memory": {"region": {"code": "410000", "name": "河南"}}}
        )
    ]
    await house.line.send(said, "q-1", "s-1", **more)  # type: ignore[arg-type]
    await house.line.send("人工", "q-2", "s-1", **more)  # type: ignore[arg-type]
    conversation = conversation_of(house)
    house.change("""UPDATE conversation SET state = '{"region": {"code": "410000", "name": "河南"}}'""")
    one = counselor(house)
    await one.post(at(conversation, "take"))
    return one, conversation


async def test_a_draft_answers_the_last_question_with_its_sections_and_is_sent_by_nobody(house: House) -> None:
    one, conversation = await taken(house)
    before = house.rows("SELECT count(*) FROM outbox"), house.rows("SELECT state FROM conversation")
    rows = house.rows("SELECT count(*) FROM transcript")

    draft = text_of(await one.get(at(conversation, "draft")))
    page = await one.get(at(conversation) + "?draft=yes")

    assert "入伍前不是河南户籍的要带" in draft
    assert draft.count("依据：豫退役军人〔2024〕63号") == draft.count("依据") == 1
    assert "想看更多" not in draft
    assert ASKED in draft
    assert "入伍前不是河南户籍的要带" in page.text.split("<textarea")[1].split("</textarea>")[0]
    assert (house.rows("SELECT count(*) FROM outbox"), house.rows("SELECT state FROM conversation")) == before
    assert house.rows("SELECT count(*) FROM transcript") == rows


async def test_where_no_guide_answers_nothing_is_drafted(house: House) -> None:
    one, conversation = await taken(house, "今天天气怎么样")

    draft = await one.get(at(conversation, "draft"))

    assert "没有找到能回复的话" in text_of(draft)
    assert "use-draft" not in draft.text


async def test_only_who_holds_the_chat_gets_a_draft(house: House) -> None:
    _, conversation = await taken(house)

    assert (await counselor(house, "李四").get(at(conversation, "draft"))).status_code == 404


async def test_what_a_draft_leaves_open_is_answered_from_an_earlier_message(house: House) -> None:
    one, conversation = await taken(house)
    await house.line.send("在吗", "q-3", "s-1")

    assert ASKED in text_of(await one.get(at(conversation, "draft")))


async def test_canned_replies_are_found_by_the_beginning_of_their_shortcut(house: House) -> None:
    lead, one = counselor(house, "班长", "lead"), counselor(house)
    for shortcut, said in (("hy", "您好，请问办什么事？"), ("hyzl", "请带户口簿。"), ("zj", "再见。")):
        await lead.post("/desk/replies", shortcut=shortcut, said=said, place="")

    found = await one.get("/desk/replies/matching?beginning=HY")
    none = await one.get("/desk/replies/matching?beginning=xx")

    assert (found.text.count('role="option"'), "请带户口簿" in found.text, "再见" in found.text) == (2, True, False)
    assert 'role="option"' not in none.text


async def test_the_limits_of_a_line_of_text_messages_stand_beside_the_box(house: House) -> None:
    one, conversation = await taken(house, form="text_message")

    page = await one.get(at(conversation))

    assert 'data-counted="parts" data-one="70" data-more="67"' in page.text
    assert "1 段 70 字，2 段 134 字" in text_of(page)


@pytest.mark.parametrize(
    ("left", "lasts", "said"),
    [
        (3, "5 hours 5 minutes", "微信还能发 3 条"),
        (0, "5 hours", "微信现在不让我们发"),
        (3, "-1 hour", "微信现在不让我们发"),
    ],
)
async def test_the_messages_that_wechat_still_takes_are_shown(house: House, left: int, lasts: str, said: str) -> None:
    one, conversation = await taken(house)
    house.change("UPDATE conversation SET channel = 'wechat'")
    house.change(
        "INSERT INTO allowance (conversation_id, messages_left, until) VALUES (%s, %s, now() + %s::interval)",
        conversation,
        left,
        lasts,
    )

    page = await one.get(at(conversation, "part"))

    assert said in text_of(page)
    assert 'data-counted="bytes" data-one="2048"' in page.text


async def test_telegrams_longest_message_stands_beside_the_box(house: House) -> None:
    one, conversation = await taken(house)
    house.change("UPDATE conversation SET channel = 'telegram'")

    assert 'data-counted="units" data-one="4096"' in (await one.get(at(conversation))).text


async def reply_in(house: House) -> int:
    [(number,)] = house.rows("SELECT id FROM transcript WHERE speaker = 'bot' ORDER BY id LIMIT 1")
    return int(number)


async def test_a_wrong_answer_goes_to_the_editors_with_the_right_words(house: House) -> None:
    one, conversation = await taken(house)
    reply = await reply_in(house)

    asked = await one.get(at(conversation, f"wrong/{reply}"))
    marked = await one.post(
        at(conversation, f"wrong/{reply}"), right="入伍前是河南户籍的不用带。身份证 11010519491231002X", remark="太绝对"
    )
    page = text_of(await one.get(marked.headers["location"]))

    assert ASKED in text_of(asked)
    assert "要带。" in text_of(asked)
    assert "记下了，编辑会看到" in page
    assert "标记答错 张三：太绝对" in page
    assert house.rows("SELECT verdict, right_text, note, region, knowledge_ids, transcript_id FROM answer_mark") == [
        ("wrong", "入伍前是河南户籍的不用带。身份证 〔身份证号1〕", "太绝对", "410000", ["henan.x"], reply)
    ]
    assert house.rows("SELECT count(*) FROM audit WHERE act = 'answer.wrong'") == [(1,)]


async def test_marked_again_the_later_words_count(house: House) -> None:
    one, conversation = await taken(house)
    reply = await reply_in(house)

    for words in ("不用带", "看情况"):
        await one.post(at(conversation, f"wrong/{reply}"), right=words, remark="")

    assert house.rows("SELECT right_text, note FROM answer_mark") == [("看情况", None)]


async def test_only_replies_of_the_bot_in_this_chat_are_marked(house: House) -> None:
    one, conversation = await taken(house)
    other = await waits(house, "s-2")
    [(of_person,)] = house.rows("SELECT min(id) FROM transcript WHERE speaker = 'person'")
    reply = await reply_in(house)

    statuses = [
        (await one.post(address, right="x", remark="")).status_code
        for address in (
            at(conversation, f"wrong/{of_person}"),
            at(other, f"wrong/{reply}"),
            at(conversation, "wrong/abc"),
            at(conversation, "wrong/99999999999999999999999"),
        )
    ]

    assert statuses == [404] * 4
    assert (await one.post(at(conversation, f"wrong/{reply}"), right="长" * 1001, remark="")).status_code == 422
    assert house.rows("SELECT count(*) FROM answer_mark") == [(0,)]


async def test_only_answers_can_be_called_wrong(house: House) -> None:
    one, conversation = await taken(house)
    await one.post(at(conversation, "reply"), text="您好。", form=str(UUID(int=1)))
    spoken = house.rows("SELECT id, reply->>'kind' FROM transcript WHERE speaker <> 'person' ORDER BY id")
    [answer, *others] = [number for number, _ in spoken]

    page = await one.get(at(conversation))
    statuses = {(await one.get(at(conversation, f"wrong/{other}"))).status_code for other in others}

    assert [kind for _, kind in spoken] == ["answer", "handoff", "notice", "notice"]
    assert page.text.count("这条答错了</a>") == 1
    assert f"wrong/{answer}" in page.text
    assert statuses == {404}


async def test_another_province_is_not_his_business(house: House) -> None:
    _, conversation = await taken(house)
    reply = await reply_in(house)
    stranger = signed_in(house, "counselor", regions=("460000",))

    assert (await stranger.get(at(conversation, f"wrong/{reply}"))).status_code == 404

"""Notes and labels: kept with the matter, there at the next visit, found by their words, and gone with the data."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest

from tests.api.conftest import House
from tests.fakes.desk import at, counselor, waits
from tests.fakes.staff import Browser, signed_in, text_of

FIND = "/desk/search/notes"
ACTS = "SELECT act FROM audit WHERE act IN ('desk.note', 'desk.label', 'desk.unlabel') ORDER BY id"


async def taken(house: House, session: str = "s-1", place: str = "河南") -> tuple[Browser, UUID]:
    conversation = await waits(house, session, place=place)
    one = counselor(house)
    await one.post(at(conversation, "take"))
    return one, conversation


async def noted(one: Browser, conversation: UUID, words: str, form: str = "") -> int:
    return (await one.post(at(conversation, "note"), words=words, form=form or str(uuid4()))).status_code


async def labelled(one: Browser, conversation: UUID, name: str) -> int:
    return (await one.post(at(conversation, "label"), name=name)).status_code


async def test_they_are_there_at_the_next_visit_for_whoever_takes_it(house: House) -> None:
    one, conversation = await taken(house)
    await noted(one, conversation, "介绍信丢了，答应星期五再问武装部")
    await labelled(one, conversation, "要跟进")
    await one.post(at(conversation, "close"), outcome="follow_up")
    await house.line.send("人工", "m-9", "s-1")
    other = counselor(house, "李四")

    queue = text_of(await other.get("/desk"))
    await other.post(at(conversation, "take"))
    chat = text_of(await other.get(at(conversation)))
    part = text_of(await other.get(at(conversation, "part")))

    assert "要跟进" in queue
    for page in (chat, part):
        assert "介绍信丢了，答应星期五再问武装部" in page
        assert "备注（张三，" in page
        assert "要跟进" in page


async def test_open_pages_of_the_chat_hear_of_a_note(house: House) -> None:
    one, conversation = await taken(house)
    with psycopg.connect(house.settings.database_url, autocommit=True) as connection:
        connection.execute("LISTEN tuiyi_staff")
        await noted(one, conversation, "已打过电话")
        heard = {bell.payload for bell in connection.notifies(timeout=5, stop_after=1)}

    assert f"conversation:{conversation}" in heard


async def test_numbers_are_masked_and_a_form_counts_once(house: House) -> None:
    one, conversation = await taken(house)
    form = str(uuid4())

    for _ in range(2):
        await noted(one, conversation, "他的电话13800138000", form)
    await labelled(one, conversation, "要跟进")
    await labelled(one, conversation, " 要跟进 ")

    assert house.rows("SELECT text FROM desk_note") == [("他的电话〔手机号1〕",)]
    assert house.rows("SELECT name FROM desk_label") == [("要跟进",)]
    assert house.rows(ACTS) == [("desk.note",), ("desk.label",)]


@pytest.mark.parametrize(
    ("act", "field", "value"),
    [("note", "words", "  "), ("note", "words", "长" * 501), ("label", "name", ""), ("label", "name", "长" * 13)],
)
async def test_nothing_and_too_much_are_refused_in_words(house: House, act: str, field: str, value: str) -> None:
    one, conversation = await taken(house)

    await one.post(at(conversation, act), **{field: value})

    assert "没有存下来" in text_of(await one.get(at(conversation)))
    assert house.rows("SELECT count(*) FROM desk_note") == house.rows("SELECT count(*) FROM desk_label") == [(0,)]


async def test_a_label_is_taken_off_and_offered_again(house: House) -> None:
    one, conversation = await taken(house)
    _, other = await taken(house, "s-2")
    for chat in (conversation, other):
        await labelled(one, chat, "要跟进")

    await one.post(at(conversation, "unlabel"), name="要跟进")
    page = await one.get(at(conversation))

    assert house.rows("SELECT conversation_id FROM desk_label") == [(other,)]
    assert '<option value="要跟进">' in page.text
    assert "去掉标签" not in page.text


async def test_they_are_found_by_their_words_and_the_look_is_noted(house: House) -> None:
    one, conversation = await taken(house)
    _, other = await taken(house, "s-2")
    await noted(one, conversation, "介绍信丢了")
    await noted(one, conversation, "已经补办")
    await labelled(one, conversation, "要跟进")
    await noted(one, other, "问优待证，100%满意")

    by_note = text_of(await one.get(f"{FIND}?q=介绍信"))
    by_label = text_of(await one.get(f"{FIND}?q=要跟进"))
    by_sign = text_of(await one.get(f"{FIND}?q=0%25"))
    nothing = text_of(await one.get(f"{FIND}?q=_"))

    assert ("介绍信丢了" in by_note, "已经补办" in by_note, "优待证" in by_note) == (True, False, False)
    assert "已经补办" in by_label
    assert ("优待证" in by_sign, "介绍信" in by_sign) == (True, False)
    assert "没有找到" in nothing
    assert house.rows("SELECT count(*) FROM audit WHERE act = 'desk.find'") == [(4,)]


async def test_another_place_is_not_his_business(house: House) -> None:
    one, conversation = await taken(house)
    house.change("""UPDATE conversation SET state = '{"region": {"code": "410000", "name": "河南"}}'""")
    await noted(one, conversation, "介绍信丢了")
    stranger = signed_in(house, "counselor", regions=("460000",))

    assert await noted(stranger, conversation, "x") == 404
    assert await labelled(stranger, conversation, "x") == 404
    assert "没有找到" in text_of(await stranger.get(f"{FIND}?q=介绍信"))
    assert "介绍信丢了" in text_of(await signed_in(house, "lead", regions=("410700", "410000")).get(f"{FIND}?q=介绍信"))


async def test_they_are_told_to_the_person_and_go_with_his_data(house: House) -> None:
    one, conversation = await taken(house)
    await noted(one, conversation, "介绍信丢了")
    await labelled(one, conversation, "要跟进")
    await one.post(at(conversation, "close"), outcome="solved")

    told = await house.line.send("我的信息有哪些", "d-1", "s-1")
    await house.line.send("删除我的信息", "d-2", "s-1")
    await house.line.send("1", "d-3", "s-1")

    assert "工作人员写的备注 1 条" in told["replies"][0]["text"]
    assert house.rows("SELECT count(*) FROM desk_note") == house.rows("SELECT count(*) FROM desk_label") == [(0,)]
    assert "没有找到" in text_of(await one.get(f"{FIND}?q=介绍信"))

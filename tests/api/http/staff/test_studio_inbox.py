"""The inbox: from a question without an answer to an edit in a change set, and back when that did not help."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.inbox.gathering import Gatherer
from knowledge.entry_kinds import EntryName
from tests.api.conftest import House, knowledge
from tests.fakes.asked import ask
from tests.fakes.staff import Browser, signed_in, text_of
from tests.fakes.studio import Studio, studio_of

QUESTION = "我孙子上学能不能加分"
NEAR = "henan.topic.channels"
TOPICS = "provinces/henan/topics.yaml"
EARLIER = timedelta(minutes=5)


@pytest.fixture
async def studio(house: House) -> AsyncIterator[Studio]:
    async with studio_of(house) as one:
        yield one


@pytest.fixture
def editor(house: House) -> Browser:
    return signed_in(house, "editor", name="王编辑", regions=("410000",))


async def gathered(house: House) -> int:
    """The newest group."""
    engine = build_engine(house.settings.sqlalchemy_url, 2)
    await Gatherer(engine, knowledge, lambda: datetime.now(LOCAL)).gather()
    await engine.dispose()
    [(number,)] = house.rows("SELECT coalesce(max(id), 0) FROM question_group")
    return int(number)


async def asked(house: House, question: str = QUESTION, **more: str) -> int:
    ask(house, question, datetime.now(LOCAL) - EARLIER, nearest=more.pop("nearest", NEAR), **more)  # type: ignore[arg-type]
    return await gathered(house)


async def listed(browser: Browser, state: str = "open") -> str:
    return text_of(await browser.get(f"/studio/inbox?state={state}"))


async def test_who_edits_there_sees_it_with_its_count_and_nobody_of_elsewhere(house: House, editor: Browser) -> None:
    await asked(house)
    group = await asked(house)
    elsewhere = signed_in(house, "editor", regions=("460000",))

    assert f"{QUESTION} 没听懂 2 次 2 次 河南" in await listed(editor)
    assert "答不上的问题：1 组要处理" in text_of(await editor.get("/studio"))
    assert QUESTION not in await listed(elsewhere)
    assert (await elsewhere.get(f"/studio/inbox/{group}")).status_code == 404
    assert (await elsewhere.post(f"/studio/inbox/{group}/nothing", why="不是在问事情")).status_code == 404


async def test_a_question_becomes_a_phrasing_in_a_change_set(studio: Studio, house: House, editor: Browser) -> None:
    group = await asked(house)
    page = await editor.get(f"/studio/inbox/{group}")
    assert "可能性" in text_of(page)

    sent = await editor.post(
        f"/studio/inbox/{group}/phrasing", entry=NEAR, phrasing=" 孙子上学 加分吗，我电话13800138000 ", set="new"
    )

    number = int(sent.headers["location"].split("/")[-1])
    edited = await studio.edited(number)
    after = edited[EntryName(TOPICS, "topic", "channels")]
    assert after is not None
    assert "孙子上学 加分吗，我电话〔手机号1〕" in after
    assert "13800138000" not in after
    assert QUESTION not in await listed(editor)
    assert "王编辑" in await listed(editor, "waiting")
    assert house.rows("SELECT act, object FROM audit WHERE act = 'inbox.phrasing'") == [
        ("inbox.phrasing", f"inbox:{group}")
    ]


async def test_a_side_of_an_item_can_take_it_too(studio: Studio, house: House, editor: Browser) -> None:
    group = await asked(house)
    fact = "henan.item.household_registration.time_limit"

    sent = await editor.post(f"/studio/inbox/{group}/phrasing", entry=fact, phrasing="落个户得等多久嘞", set="new")

    [(name, after)] = (await studio.edited(int(sent.headers["location"].split("/")[-1]))).items()
    assert (name.kind, "落个户得等多久嘞" in (after or "")) == ("item", True)


async def test_it_becomes_a_draft_faq_with_the_marked_right_text(studio: Studio, house: House, editor: Browser) -> None:
    reply = ask(house, QUESTION, datetime.now(LOCAL) - EARLIER, kind="answer", say="错的", nearest=NEAR)
    counselor = signed_in(house, "counselor", name="李接线")
    house.change(
        "INSERT INTO answer_mark (transcript_id, staff_id, verdict, right_text, region)"
        " SELECT %s, id, 'wrong', '请问教育部门。', '410000' FROM staff WHERE login = %s",
        reply,
        counselor.login,
    )
    group = await gathered(house)
    page = await editor.get(f"/studio/inbox/{group}")
    assert "应该这样答：请问教育部门。" in text_of(page)
    assert ">请问教育部门。</textarea>" in page.text

    sent = await editor.post(
        f"/studio/inbox/{group}/faq", title="孙子上学加分", question=QUESTION, say="请问教育部门。", set="new"
    )

    form = await editor.get(sent.headers["location"])
    assert form.status_code == 200
    assert "请问教育部门。" in form.text
    assert "草稿已经放进修改单" in text_of(form)
    assert house.rows("SELECT settled_as FROM answer_mark") == [("faq",)]


async def test_it_comes_back_when_it_is_asked_after_the_release_that_should_answer_it(
    studio: Studio, house: House, editor: Browser
) -> None:
    group = await asked(house)
    await editor.post(f"/studio/inbox/{group}/phrasing", entry=NEAR, phrasing=QUESTION, set="new")
    await asked(house)
    assert QUESTION not in await listed(editor)

    house.change("UPDATE change_set SET state = 'published', published_at = now() - interval '6 minutes'")
    assert "发布以后又有人问" in await listed(editor)
    house.change("UPDATE change_set SET published_at = now()")
    assert QUESTION not in await listed(editor)
    assert QUESTION in await listed(editor, "done")


@pytest.mark.parametrize(
    "undone",
    [
        "UPDATE change_set SET state = 'withdrawn'",
        "DELETE FROM change_edit",
    ],
)
async def test_it_comes_back_when_nothing_comes_of_it(
    studio: Studio, house: House, editor: Browser, undone: str
) -> None:
    group = await asked(house)
    await editor.post(f"/studio/inbox/{group}/phrasing", entry=NEAR, phrasing=QUESTION, set="new")

    house.change(undone)

    assert QUESTION in await listed(editor)


async def test_nothing_to_be_done_needs_a_reason_and_can_be_taken_back(house: House, editor: Browser) -> None:
    group = await asked(house)
    refused = await editor.post(f"/studio/inbox/{group}/nothing", why=" ", reason="")
    assert (refused.status_code, "请选或者写一个原因" in text_of(refused)) == (422, True)

    await editor.post(f"/studio/inbox/{group}/nothing", why="不是在问事情", reason="")
    assert QUESTION not in await listed(editor)
    assert "不用处理：不是在问事情" in await listed(editor, "done")
    again = await editor.post(f"/studio/inbox/{group}/nothing", why="不是在问事情")
    assert "刚才已经有人处理了" in text_of(await editor.get(again.headers["location"]))

    await editor.post(f"/studio/inbox/{group}/back")
    assert QUESTION in await listed(editor)


@pytest.mark.parametrize(
    ("act", "given", "told"),
    [
        ("phrasing", {"entry": "", "phrasing": "x"}, "请选一条"),
        ("phrasing", {"entry": NEAR, "phrasing": ""}, "请写一种问法"),
        ("phrasing", {"entry": NEAR, "phrasing": "长" * 201}, "最多 200 个字"),
        ("phrasing", {"entry": "henan.topic.what_it_is", "phrasing": "一件事是个啥"}, "已经有这个问法"),
        ("phrasing", {"entry": "henan.topic.no_such", "phrasing": "x"}, "已经不在了"),
        ("phrasing", {"entry": "hainan.topic.channels", "phrasing": "x"}, "已经不在了"),
        ("faq", {"title": ""}, "请写标题"),
        ("faq", {"title": "x", "question": "长" * 201}, "请写一种问法，最多 200 个字"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_made(
    studio: Studio, house: House, editor: Browser, act: str, given: dict[str, str], told: str
) -> None:
    group = await asked(house)

    refused = await editor.post(f"/studio/inbox/{group}/{act}", set="new", **given)

    assert (refused.status_code, told in text_of(refused)) == (422, True)
    assert house.rows("SELECT count(*) FROM question_decision") == [(0,)]
    assert house.rows("SELECT count(*) FROM change_set") == [(0,)]


async def test_of_questions_of_no_place_the_editor_says_it(studio: Studio, house: House, editor: Browser) -> None:
    group = await asked(house, code=None, nearest="")  # type: ignore[arg-type]
    page = await editor.get(f"/studio/inbox/{group}?province=henan")
    assert "没说是哪里的" in text_of(page)
    assert re.search(r'name="province" value="henan"', page.text)

    missing = await editor.post(f"/studio/inbox/{group}/faq", title="孙子上学", set="new")
    sent = await editor.post(f"/studio/inbox/{group}/faq", title="孙子上学", set="new", province="henan")

    assert (missing.status_code, sent.status_code) == (422, 303)


async def test_a_new_set_into_which_nothing_came_is_given_up(studio: Studio, house: House, editor: Browser) -> None:
    group = await asked(house, code=None, nearest="")  # type: ignore[arg-type]
    elsewhere = {"province": "hainan", "entry": "hainan.topic.channels"}

    refused = await editor.post(f"/studio/inbox/{group}/phrasing", phrasing="孙子上学", set="new", **elsewhere)

    assert refused.status_code == 422
    assert house.rows("SELECT state FROM change_set") == [("withdrawn",)]


async def test_an_entry_is_found_by_words(studio: Studio, house: House, editor: Browser) -> None:
    group = await asked(house)

    page = text_of(await editor.get(f"/studio/inbox/{group}?words=免申即享"))

    assert "找“免申即享”，有" in page
    assert "哪些免申即享" in page


async def test_a_mark_whose_question_is_gone_keeps_the_words_of_staff(house: House, editor: Browser) -> None:
    counselor = signed_in(house, "counselor", name="李接线")
    [(mark,)] = house.rows(
        "INSERT INTO answer_mark (staff_id, verdict, right_text, region)"
        " SELECT id, 'wrong', '应该去派出所。', '410000' FROM staff WHERE login = %s RETURNING id",
        counselor.login,
    )
    assert "应该去派出所。" in await listed(editor)

    await editor.post(f"/studio/inbox/marks/{mark}/settle", reason="已经改好了\x00")

    assert "应该去派出所。" not in await listed(editor)
    assert house.rows("SELECT settled_as FROM answer_mark") == [("已经改好了",)]

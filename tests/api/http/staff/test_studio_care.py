"""The pages on which editors see what is to be put in order."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from api.care.suggested import suggestions
from api.changes.records import Proposed
from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.inbox.gathering import Gatherer
from api.staff.accounts import Staff
from knowledge.reference import Reference
from tests.api.conftest import House, knowledge
from tests.api.http.staff.test_studio_guides import FIRST, SECOND, bring
from tests.fakes.asked import ask
from tests.fakes.staff import Browser, signed_in, text_of
from tests.fakes.studio import Studio, studio_of

USED = "henan.topic.without_applying"
FEW = "henan.topic.new_one"
VIEWS = ("review", "gone", "suggested", "twice", "apart", "use", "unused", "coverage", "leaving", "log")


@pytest.fixture
async def studio(house: House) -> AsyncIterator[Studio]:
    async with studio_of(house) as one:
        yield one


@pytest.fixture
def editor(house: House) -> Browser:
    return signed_in(house, "editor", name="王编辑", regions=("410000",))


async def seen(browser: Browser, view: str, **more: str) -> str:
    more = {"province": "henan", **more}
    page = await browser.get(f"/studio/care?view={view}&" + "&".join(f"{name}={one}" for name, one in more.items()))
    assert page.status_code == 200
    return text_of(page)


@pytest.mark.parametrize("view", VIEWS)
async def test_every_view_shows_and_leads_nowhere_else(house: House, editor: Browser, view: str) -> None:
    page = await editor.get(f"/studio/care?view={view}&province=hainan")

    assert page.status_code == 200
    assert "海南" not in text_of(page)


async def test_what_was_said_is_counted_by_release_beside_what_was_thought_of_it(house: House, editor: Browser) -> None:
    now = datetime.now(LOCAL)
    release = knowledge().library.release
    replies = [
        ask(house, "x", now - timedelta(minutes=5), kind="answer", say="是。", ids=(USED,), release=name)
        for name in (release, release, "1-old")
    ]
    marked = "INSERT INTO answer_mark (transcript_id, verdict, knowledge_ids) VALUES (%s, 'down', %s)"
    house.change(marked, replies[0], [USED])
    engine = build_engine(house.settings.sqlalchemy_url, 2)
    await Gatherer(engine, knowledge, lambda: now).gather()
    await engine.dispose()

    assert "哪些免申即享 3 2 0 1 0" in await seen(editor, "use")
    unused = await seen(editor, "unused")
    assert "是不是 11 项都要办" in unused
    assert "哪些免申即享" not in unused


async def test_a_questionnaire_shows_where_people_left_and_only_those_who_agreed(house: House, editor: Browser) -> None:
    first = knowledge().library.provinces["henan"].questionnaire.questions[0]

    def begun(days: int, put: str, consents: bool, answers: dict[str, str], phase: str = "asking") -> None:
        private = {"province": "henan", "phase": phase, "put": put, "asks": None, "answers": answers}
        [(number,)] = house.rows(
            "INSERT INTO conversation (channel, session_id, state, last_message_at)"
            " VALUES ('hotline', gen_random_uuid()::text, %s, now() - %s * interval '1 day') RETURNING id",
            json.dumps({"private": private}),
            days,
        )
        if consents:
            house.change("INSERT INTO consent (conversation_id, version) VALUES (%s, '1')", number)

    second = knowledge().library.provinces["henan"].questionnaire.questions[1]
    begun(3, first.id, True, {})
    begun(3, first.id, False, {})
    begun(3, second.id, True, {first.id: "x"}, "done")
    begun(0, second.id, True, {first.id: "x"})

    told = await seen(editor, "leaving")

    assert "3 人开始填，1 人填完，1 人一天以内还在填" in told
    assert f"1. {first.text} 2 1 33%" in told


async def test_the_log_of_an_entry_has_what_concerns_it_alone(studio: Studio, house: House, editor: Browser) -> None:
    [(number,)] = house.rows("SELECT id FROM staff WHERE login = %s", editor.login)
    staff = Staff(int(number), editor.login, "王编辑", frozenset({"editor"}))
    _, _, entries = await studio.changes.workbench.base()
    found = entries.find("provinces/henan/topics.yaml", "topic", "without_applying")
    assert found
    change_set = await studio.changes.create(staff, "换一句话", "文件改了")
    edit = Proposed(*found.name, found.text, found.text.replace("两项免申即享", "有两项免申即享"))
    await studio.changes.put_edit(staff, change_set, edit)

    own = await seen(editor, "log", path=found.path, kind=found.kind, key=found.key)
    other = await seen(editor, "log", path=found.path, kind=found.kind, key="choose_items")

    assert f"{editor.login} 改内容（草稿） 修改单 {change_set}" in own
    assert "建修改单" in own
    assert "没有记录" in other


def with_a_new_entry() -> Reference:
    """Henan with an entry that knows one way of asking, as an editor has just made it."""
    province = knowledge().library.provinces["henan"]
    topic = province.topics["channels"].model_copy(
        update={"id": "new_one", "title": "孙子上学", "questions": ("上学",)}
    )
    changed = replace(province, topics={**province.topics, "new_one": topic})
    library = replace(knowledge().library, provinces={**knowledge().library.provinces, "henan": changed})
    return Reference(library, knowledge())


async def test_what_was_asked_near_an_entry_with_few_ways_of_asking_is_suggested(house: House) -> None:
    now = datetime.now(LOCAL)
    for words, nearest in (("孙子上学加分不", FEW), ("孙子上学加分不", FEW), ("网上还是窗口", "henan.topic.channels")):
        ask(house, words, now - timedelta(minutes=5), nearest=nearest)
    engine = build_engine(house.settings.sqlalchemy_url, 2)
    await Gatherer(engine, knowledge, lambda: now).gather()
    reference = with_a_new_entry()
    async with engine.connect() as connection:
        province = reference.library.provinces["henan"]
        found = await suggestions(connection, province, reference, now - timedelta(days=1))
    await engine.dispose()

    assert [(one.fact, one.title, one.phrasings) for one in found] == [(FEW, "孙子上学", 1)]
    assert [(one.words, one.asked) for one in found[0].questions] == [("孙子上学加分不", 2)]


async def test_a_suggestion_leads_to_its_question_with_the_entry_chosen(house: House, editor: Browser) -> None:
    ask(house, "有哪些能走的路", datetime.now(LOCAL) - timedelta(minutes=5), nearest="henan.topic.channels")
    engine = build_engine(house.settings.sqlalchemy_url, 2)
    await Gatherer(engine, knowledge, lambda: datetime.now(LOCAL)).gather()
    await engine.dispose()
    [(group,)] = house.rows("SELECT id FROM question_group")
    near = re.findall(r'name="entry" value="([^"]+)"', (await editor.get(f"/studio/inbox/{group}")).text)

    page = await editor.get(f"/studio/inbox/{group}?entry={near[-1]}")

    assert f'name="entry" value="{near[-1]}" checked' in page.text


async def test_a_cited_section_that_the_newest_text_lacks_is_an_alarm(house: House) -> None:
    """The first text has 三(五), the second does not; entries of Fujian cite it."""
    editor = signed_in(house, "editor", regions=("350000",))
    await bring(editor, FIRST)
    before = await seen(editor, "gone", province="fujian")
    await bring(editor, SECOND)
    after = await seen(editor, "gone", province="fujian")

    assert "三(五) 恢复户口登记 上一版有，新的一版没有了" not in before
    assert "三(五)" in after
    assert "上一版有，新的一版没有了" in after
    assert "最新导入的指南原文里却找不到" in await seen(editor, "review", province="fujian")
    assert "却找不到" not in await seen(signed_in(house, "editor"), "review", province="hainan")

"""The pages on which editors see what is to be put in order."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from api.changes.records import Proposed
from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.inbox.gathering import Gatherer
from api.staff.accounts import Staff
from tests.api.conftest import House, knowledge
from tests.fakes.asked import ask
from tests.fakes.staff import Browser, signed_in, text_of
from tests.fakes.studio import Studio, studio_of

USED = "henan.topic.without_applying"
VIEWS = ("review", "twice", "apart", "use", "unused", "coverage", "leaving", "log")


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

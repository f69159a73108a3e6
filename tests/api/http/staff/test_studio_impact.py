"""What a change set would change: looked at beside what is published, kept with its version, and used by the gate."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator

import pytest

from api.changes.records import Proposed
from api.conversations.own_data import delete_all
from api.db.engine import build_engine
from api.impact import material
from api.impact.gate_sets import GateSet, gate_set
from api.staff.accounts import Staff
from knowledge.entry_kinds import EntryName
from tests.api.conftest import House
from tests.fakes.staff import Browser, signed_in, text_of
from tests.fakes.studio import Studio, studio_of

ITEM = EntryName("provinces/henan/items/household_registration.yaml", "item", "household_registration")
HEAD = EntryName("provinces/henan/province.yaml", "province", "henan")
ASKED = "公安弄户口得几天 弄好以后俺是不是还得去哪签个啥表"
FINISHED = "SELECT count(*) FROM impact WHERE finished_at IS NOT NULL"


@pytest.fixture
async def studio(house: House) -> AsyncIterator[Studio]:
    async with studio_of(house) as one:
        yield one


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate of the one question that the change breaks and one that it does not."""
    whole = gate_set("henan")
    chosen = tuple(one for one in whole.questions if one.said == ASKED) + whole.questions[:1]
    small = GateSet(questions=chosen, personas=whole.personas[:2])
    monkeypatch.setattr(material, "gate_set", lambda name: small if name == "henan" else GateSet())


async def changed(
    studio: Studio,
    editor: Browser,
    old: str = "10 个工作日",
    new: str = "12 个工作日",
    entry: EntryName = ITEM,
) -> int:
    """A set in which the registration takes longer."""
    made = await editor.post("/studio/changes", title="落户时限", reason="文件改了")
    number = int(made.headers["location"].split("/")[-1])
    [(staff, login, name)] = studio.house.rows("SELECT id, login, name FROM staff WHERE login = %s", editor.login)
    _, _, entries = await studio.changes.workbench.base()
    found = entries.find(*entry)
    assert found is not None
    edit = Proposed(*entry, found.text, found.text.replace(old, new))
    await studio.changes.put_edit(Staff(staff, login, name, frozenset({"editor"}), ()), number, edit)
    return number


def asked_by_somebody(house: House, text: str, region: str = "河南", code: str = "410000") -> None:
    """A question in the transcript, as a turn records it."""
    turn = uuid.uuid4()
    state = json.dumps({"region": {"code": code, "name": region}})
    [(conversation,)] = house.rows(
        "INSERT INTO conversation (channel, session_id, state) VALUES ('web', %s, %s) RETURNING id", str(turn), state
    )
    reply = {"kind": "answer", "text": "…", "citations": [{}], "data": {"region": region}}
    row = "INSERT INTO transcript (conversation_id, turn_id, speaker, text, reply, why) VALUES (%s, %s, %s, %s, %s, %s)"
    house.change(row, conversation, turn, "person", text, None, None)
    house.change(row, conversation, turn, "bot", "…", json.dumps(reply), json.dumps({"question": text}))


async def looked(house: House, browser: Browser, number: int) -> str:
    """The page of a look once it is done."""
    begun = await browser.post(f"/studio/changes/{number}/impact")
    assert begun.status_code == 303
    async with asyncio.timeout(120):
        while house.rows(FINISHED) != [(1,)]:  # noqa: ASYNC110, another process works on it
            await asyncio.sleep(0.2)
    return str((await browser.get(f"/studio/changes/{number}/impact")).text)


@pytest.mark.usefixtures("few")
async def test_the_story_of_a_look(house: House, studio: Studio) -> None:
    """One look takes seconds, so that all of it is told in one go."""
    editor = signed_in(house, "editor", login="editor", name="王编辑")
    asked_by_somebody(house, "落户要几天")
    asked_by_somebody(house, "落户要几天", "海南", "460000")
    house.change(
        "INSERT INTO conversation (channel, session_id, state) VALUES ('web', 'q', %s)",
        json.dumps({"private": {"province": "henan", "phase": "asking", "answers": {"cancelled": "yes"}}}),
    )
    number = await changed(studio, editor)
    address = f"/studio/changes/{number}"

    assert "还没有算过" in (await editor.get(f"{address}/impact")).text
    page = await looked(house, editor, number)

    text = " ".join(page.split())
    assert "有 1 处原来对、改后不对" in text
    assert ASKED in text
    assert "群众问过的问题：会变的 1 条" in text
    assert "<del>0</del>" in text or "<del>10</del>" in text
    [(counts,)] = house.rows("SELECT result->'counts' FROM impact")
    assert (counts["real"], counts["open"], counts["questions"], counts["personas"]) == (1, 1, 2, 2)

    # The gate knows it from the look, and lets pass with a reason that is kept and noted.
    await editor.post(f"{address}/submit", version=str((await studio.changes.get(number)).version))
    approver = signed_in(house, "approver", login="approver", name="李主任")
    version = str((await studio.changes.get(number)).version)
    assert "已经过时" not in page

    refused = await approver.post(f"{address}/approve", version=version)
    assert "原来答得对，改了以后就不对了" in refused.text
    assert (await studio.releases.current()).number == 1
    await approver.post(f"{address}/approve", version=version, override_reason="时限本来就改了")
    assert (await studio.releases.current()).number == 2
    [(kept,)] = house.rows("SELECT override_reason FROM change_set")
    [(noted,)] = house.rows("SELECT count(*) FROM audit WHERE detail->>'override' = '时限本来就改了'")
    assert (kept, noted) == ("时限本来就改了", 1)
    assert "已经过时" in (await editor.get(f"{address}/impact")).text


async def test_the_words_of_other_places_and_deleted_ones_are_not_shown(house: House, studio: Studio) -> None:
    editor = signed_in(house, "editor", login="editor")
    number = await changed(studio, editor)
    asked_by_somebody(house, "问过的一句话")
    asked_by_somebody(house, "删掉的一句话")
    side = {"text": "甲", "ids": [], "is_answer": True}
    real = {"province": "henan", "then": "answered", "how": "other_words", "old": side, "new": {**side, "text": "乙"}}
    result = {
        "counts": {"real_changed": 2, "gate_changed": 0, "personas_changed": 0, "open_changed": 0},
        "gate": [], "personas": [], "open": [], "provinces": ["henan"],
    }  # fmt: skip
    stored(house, number, result=json.dumps(result))
    house.change(
        "INSERT INTO impact_question SELECT %s, id, %s FROM transcript WHERE speaker = 'person'",
        *(number, json.dumps(real)),
    )
    house.change("DELETE FROM transcript WHERE text = '删掉的一句话'")

    mine = await editor.get(f"/studio/changes/{number}/impact")
    others = await signed_in(house, "approver", regions=("460000",)).get(f"/studio/changes/{number}/impact")

    assert mine.text.count("问过的一句话") == 1
    assert "问过的一句话" not in others.text
    assert "删掉的一句话" not in mine.text
    assert "另有 1 条" in others.text
    assert house.rows("SELECT count(*) FROM impact_question") == [(1,)]


@pytest.mark.usefixtures("few")
async def test_nothing_of_a_question_stays_when_its_asker_deletes_his_data(house: House, studio: Studio) -> None:
    """The reply to a paper that no guide names repeats it: the word is the asker's own."""
    editor = signed_in(house, "editor", login="editor")
    asked_by_somebody(house, "落户要不要带无犯罪记录证明")
    number = await changed(studio, editor, "打 12345 热线", "拨打 12345", HEAD)
    await looked(house, editor, number)
    kept = (
        "SELECT coalesce(string_agg(q.difference::text, ''), '') || i.result::text FROM impact i LEFT JOIN"
        " impact_question q USING (change_set_id) GROUP BY i.result"
    )
    [(before,)] = house.rows(kept)
    [(conversation,)] = house.rows("SELECT conversation_id FROM transcript WHERE speaker = 'person'")
    engine = build_engine(house.settings.sqlalchemy_url, 1)
    async with engine.begin() as connection:
        await delete_all(connection, conversation, 0)
    await engine.dispose()
    [(after,)] = house.rows(kept)

    assert "犯罪记录证明" in before
    assert "犯罪记录证明" not in after
    assert house.rows("SELECT count(*) FROM impact_question") == [(0,)]


async def test_a_look_under_way_shows_how_far_it_is_and_one_that_broke_off_can_be_begun_anew(
    house: House, studio: Studio
) -> None:
    editor = signed_in(house, "editor", login="editor")
    number = await changed(studio, editor)
    stored(house, number, done=50, total=200)

    under_way = text_of(await editor.get(f"/studio/changes/{number}/impact/part"))
    house.change("UPDATE impact SET beat_at = now() - interval '10 minutes'")
    broken_off = text_of(await editor.get(f"/studio/changes/{number}/impact"))

    assert "25%" in under_way
    assert "再算一次" not in under_way
    assert "上次没有算完" in broken_off
    assert "再算一次" in broken_off


async def test_what_is_none_is_not_found(house: House, studio: Studio) -> None:
    editor = signed_in(house, "editor")

    answers = [await editor.get(f"/studio/changes/{one}/impact") for one in ("999", "x", "9" * 30)]
    answers.append(await editor.post("/studio/changes/999/impact"))

    assert [one.status_code for one in answers] == [404] * 4


def stored(house: House, number: int, done: int = 0, total: int = 0, result: str | None = None) -> None:
    """A look as it stands in the table; one with a result is finished."""
    [(version, staff)] = house.rows("SELECT version, created_by FROM change_set WHERE id = %s", number)
    house.change(
        "INSERT INTO impact (change_set_id, run, version, release, started_by, started_at, beat_at, done, total,"
        " result) VALUES (%s, %s, %s, 1, %s, now(), now(), %s, %s, %s)",
        *(number, uuid.uuid4(), version, staff, done, total, result),
    )
    house.change("UPDATE impact SET finished_at = now() WHERE result IS NOT NULL")

"""Personal numbers: hidden before anything is stored, sent on or said."""

from __future__ import annotations

import json
import logging

import pytest

from api.logs import configure_logs
from bot.message import Citation
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say

NUMBER = "410102199001011239"


def database_text(house: House) -> str:
    """Everything that stands in the tables, as text."""
    tables = [name for (name,) in house.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return "\n".join(str(house.rows(f"SELECT t::text FROM {name} t")) for name in tables)  # noqa: S608


async def test_number_is_hidden_everywhere_and_the_person_is_told(house: House) -> None:
    answer = await house.line.send(f"我的身份证 {NUMBER} 要带吗", "m-1", region=f"河南 {NUMBER}")

    assert [reply["kind"] for reply in answer["replies"]] == ["smalltalk", "notice"]
    assert "身份证号" in answer["replies"][1]["text"]
    assert "〔身份证号1〕" in answer["replies"][0]["text"]
    assert NUMBER not in json.dumps(house.rasa.asked)
    assert NUMBER not in database_text(house)
    assert house.rows("SELECT placeholder FROM vault") == [("〔身份证号1〕",)]


async def test_raw_number_in_a_reply_does_not_leave(build: Build) -> None:
    citation = Citation(guide="g", title="t", doc_no=None, section="一", valid_from=None)
    rasa = FakeRasa(answer=lambda _: [say(f"您的号码是 {NUMBER}", kind="answer", citations=[citation])])
    async with build(rasa=rasa) as house:
        answer = await house.line.send("你好", "m-1")

    assert NUMBER not in json.dumps(answer)


async def test_answer_without_its_source_does_not_leave(build: Build) -> None:
    rasa = FakeRasa(answer=lambda _: [say("十个工作日", kind="answer")])
    async with build(rasa=rasa) as house:
        answer = await house.line.send("多久办好", "m-1")

    assert [reply["kind"] for reply in answer["replies"]] == ["fallback"]
    assert "十个工作日" not in json.dumps(answer, ensure_ascii=False)


async def test_answer_that_speaks_from_nothing_needs_no_source(build: Build) -> None:
    said = say("指南没有写明", kind="answer", data={"completeness": "none"})
    async with build(rasa=FakeRasa(answer=lambda _: [said])) as house:
        answer = await house.line.send("多久办好", "m-1")

    assert [reply["kind"] for reply in answer["replies"]] == ["answer"]


async def test_error_bodies_never_repeat_what_was_sent(house: House) -> None:
    bodies = [
        json.dumps({"message_id": "m-1", "session_id": "s-1", "text": [NUMBER]}),
        json.dumps({"message_id": NUMBER * 10, "session_id": "s-1", "text": "x"}),
        '{"text": "' + NUMBER,
    ]
    answers = [await house.line.post(body) for body in bodies]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert not any(NUMBER in answer.text for answer in answers)


def test_logs_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    try:
        raise ValueError(f"bad value {NUMBER}")
    except ValueError:
        logging.getLogger("library").exception("failed for %s", NUMBER)

    written = capsys.readouterr().out
    assert NUMBER not in written
    assert "ValueError" in written

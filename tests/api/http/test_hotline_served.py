"""The hotline over a real connection to the running product."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest

from api.processes.stack import Stack
from tests.fakes.line import Line

pytestmark = pytest.mark.stack

NUMBER = "410102199001011239"


@pytest.fixture
def line(stack: Stack) -> Line:
    http = httpx.AsyncClient(base_url=stack.base_url, timeout=30)
    return Line(http, stack.settings.hotline_secret.get_secret_value())


async def test_question_is_answered_with_its_section(line: Line) -> None:
    answer = await line.send("户口注销证明要不要带", "served-1", session_id="served", region="河南")

    reply = answer["replies"][0]
    assert reply["kind"] == "answer"
    assert reply["citations"][0]["section"]
    assert answer["state"]["region"] == {"code": "410000", "name": "河南"}


async def test_ten_megabytes_are_answered_with_413(line: Line) -> None:
    answer = await line.http.post("/channels/hotline/messages", content=b"x" * 10_000_000)

    assert answer.status_code == 413


async def test_endless_body_of_unknown_length_is_answered_with_413(line: Line) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 10_000

    answer = await line.http.post("/channels/hotline/messages", content=parts())

    assert answer.status_code == 413


async def test_number_stands_nowhere(stack: Stack, line: Line) -> None:
    answer = await line.send(f"身份证号{NUMBER}，手机13800138000，要带户口本吗", "served-2", session_id="served-2")
    await line.post(json.dumps({"message_id": NUMBER, "session_id": [NUMBER], "text": NUMBER}))

    with psycopg.connect(stack.settings.database_url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables "
            "WHERE table_schema IN ('public', 'rasa')"
        ).fetchall()
        rows = [str(connection.execute(f"SELECT t::text FROM {name} t".encode()).fetchall()) for (name,) in found]  # noqa: S608
    logs = [path.read_text(errors="replace") for path in stack.settings.log_dir.glob("*.log")]
    assert any("〔身份证号1〕" in text for text in rows)
    for raw in (NUMBER, "13800138000"):
        assert raw not in json.dumps(answer)
        assert not any(raw in text for text in rows + logs)


async def test_log_names_no_session(stack: Stack, line: Line) -> None:
    await line.later("a-very-special-session")

    file = stack.settings.log_dir / "app.log"
    async with asyncio.timeout(10):
        # The line is written when the response is out.
        while "/channels/hotline/sessions/{session_id" not in file.read_text():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert "a-very-special-session" not in file.read_text()

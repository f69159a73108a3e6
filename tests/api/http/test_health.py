"""What the health page says of the knowledge."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from knowledge.loader import load_library
from tests.api.conftest import Build, House, knowledge
from tests.knowledge.builders import reference_of
from tests.knowledge.check.toy import CARD, written


async def health(house: House) -> dict[str, Any]:
    answer: dict[str, Any] = (await house.http.get("/healthz")).json()
    return answer


async def test_it_names_the_release_and_no_fault(house: House) -> None:
    told = await health(house)

    assert told["parts"] == {"database": "ok", "rasa": "ok", "knowledge": "ok"}
    assert (told["status"], told["release"]) == ("ok", knowledge().library.release)
    assert told["knowledge_faults"] == []
    assert told["embedding"] == ("ok" if knowledge().has_meaning else "absent")


async def test_a_faulty_edit_is_shown_while_the_release_before_it_answers(build: Build, tmp_path: Path) -> None:
    data = written(tmp_path / "knowledge" / "data", {CARD: "id: card\n"})
    async with build(watched=data) as house, asyncio.timeout(10):
        told = await health(house)
        while not told["knowledge_faults"] or told["status"] != "ok":  # A thread finds it; a probe may be late.
            await asyncio.sleep(0.05)
            told = await health(house)

    assert told["knowledge_faults"][0].startswith("knowledge/data/provinces/toy/items/card.yaml:1: ")
    assert (told["status"], told["release"]) == ("ok", knowledge().library.release)


async def test_it_names_the_published_release_and_what_waits_for_a_decision(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = written(tmp_path / "knowledge" / "data")
    toy = reference_of(load_library(data))
    monkeypatch.setattr("tests.api.conftest.knowledge", lambda: toy)
    async with build(watched=data) as house, asyncio.timeout(10):
        first = await health(house)
        house.change("INSERT INTO knowledge_blob VALUES (sha256('x: 1'), 'x: 1')")
        house.change("INSERT INTO knowledge_release (number, kind, digest, reason) VALUES (2, 'change', 'd', '')")
        house.change(
            "INSERT INTO knowledge_release_file SELECT 2, path, CASE WHEN path = %s THEN sha256('x: 1') ELSE sha256 END"
            " FROM knowledge_release_file WHERE release = 1",
            CARD,
        )
        while not (told := await health(house))["knowledge_faults"]:  # noqa: ASYNC110, the app hears of it
            await asyncio.sleep(0.05)

    assert (first["release"].split("-")[0], first["knowledge_faults"], first["knowledge_waiting"]) == ("1", [], [])
    assert told["release"] == first["release"]
    assert told["knowledge_faults"][0].startswith("release 2-d cannot be used")


async def test_a_turn_says_to_rasa_and_to_the_transcript_what_it_is_answered_from(house: House) -> None:
    await house.line.send("你好", "m-1")

    release = knowledge().library.release
    assert house.rasa.asked[-1]["metadata"]["release"] == release
    assert house.rows("SELECT DISTINCT knowledge_release FROM transcript WHERE speaker = 'bot'") == [(release,)]


async def test_without_the_embedding_it_serves_by_words_and_says_so(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.api.conftest.knowledge", lambda: reference_of(knowledge().library))
    async with build() as house:
        told = await health(house)

    assert (told["status"], told["embedding"]) == ("ok", "absent")

"""Every question of every questionnaire survives an interruption, a doubt, a change and a restart of everything."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api.processes.stack import Stack
from knowledge import model
from knowledge.library import Library
from knowledge.loader import load_library
from tests.conversations.ways import number_of, way_to
from tests.fakes.line import Line

LIBRARY = load_library()
QUESTIONS = [
    pytest.param(province.id, question.id, id=f"{province.id}: {question.id}")
    for province in LIBRARY.provinces.values()
    for question in province.questionnaire.questions
]
STEPS = ("question", "confirm")


class Caller:
    """Somebody on the line who fills in a questionnaire."""

    def __init__(self, line: Line, library: Library, province: str) -> None:
        self._line = line
        self._province = library.provinces[province]
        self._region = library.region_of(self._province).short_name
        self._session = uuid.uuid4().hex

    async def says(self, text: str) -> dict[str, Any]:
        """The answer to one message."""
        return dict(await self._line.send(text, uuid.uuid4().hex, session_id=self._session, region=self._region))

    async def comes_to(self, question_id: str) -> model.Question:
        """Answers until the question is put."""
        asked = self._province.questionnaire
        answer = await self.says("看看我要办哪些事")
        for question, value in way_to(asked, question_id):
            assert put(answer) == question.id
            answer = await self.says(number_of(question, value))
        assert put(answer) == question_id
        return next(one for one in asked.questions if one.id == question_id)


def put(answer: dict[str, Any]) -> str | None:
    """The question that an answer puts last; None when it puts none."""
    return answer["replies"][-1]["data"].get("question") if answer["replies"] else None


def answered(answer: dict[str, Any]) -> int:
    """How many questions are answered."""
    return int(answer["state"]["questionnaire"]["answered"])


@pytest.fixture
async def line(stack: Stack) -> AsyncIterator[Line]:
    async with httpx.AsyncClient(base_url=stack.base_url, timeout=15) as http:
        yield Line(http, stack.settings.hotline_secret.get_secret_value())


@pytest.mark.stack
@pytest.mark.parametrize(("province", "question_id"), QUESTIONS)
async def test_a_question_survives_talk(line: Line, province: str, question_id: str) -> None:
    caller = Caller(line, LIBRARY, province)
    question = await caller.comes_to(question_id)

    interrupted = await caller.says("身份证要不要带")
    assert interrupted["replies"][0]["kind"] in ("answer", "clarify")
    assert put(interrupted) == question_id

    why = await caller.says("为什么问这个")
    assert why["replies"][0]["text"] == question.why
    assert put(why) == question_id

    before = answered(why)
    unsure = await caller.says("不确定")
    assert question.unsure in [reply["text"] for reply in unsure["replies"]]
    assert unsure["replies"][-1]["kind"] in STEPS
    assert answered(unsure) == before + 1

    back = await caller.says("上一步")
    assert put(back) == question_id

    changed = await caller.says("1")
    assert any(question.options[0].label in reply["text"] for reply in changed["replies"])


@pytest.mark.stack
async def test_every_question_survives_a_restart_of_everything(stack: Stack, line: Line) -> None:
    callers = []
    for parameters in QUESTIONS:
        province, question_id = parameters.values
        caller = Caller(line, LIBRARY, str(province))
        await caller.comes_to(str(question_id))
        callers.append((caller, str(question_id)))

    stack.kill("app")
    stack.kill("rasa")
    await asyncio.to_thread(stack.wait_until_ready, 60.0)

    for caller, question_id in callers:
        again = await caller.says("再说一遍")
        assert put(again) == question_id

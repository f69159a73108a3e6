"""Whole conversations as they are written in `scripts/`, with the real Rasa, the real database and the real line."""

import asyncio
from collections import Counter

import httpx
import pytest

from api.processes.stack import Stack
from tests.conversations.player import Part, Script, play, written_scripts
from tests.fakes.line import Line

ALL = written_scripts()


@pytest.mark.stack
@pytest.mark.parametrize("script", ALL, ids=[script.name for script in ALL])
async def test_conversation_goes_as_written(script: Script, stack: Stack) -> None:
    async def restart(parts: list[Part]) -> None:
        for part in parts:
            stack.kill(part)
        await asyncio.to_thread(stack.wait_until_ready, 60.0)

    async with httpx.AsyncClient(base_url=stack.base_url, timeout=15) as http:
        line = Line(http, stack.settings.hotline_secret.get_secret_value())
        differences = await play(script, line, restart)

    assert differences == []


def test_scripts_have_names_of_their_own() -> None:
    assert [name for name, times in Counter(script.name for script in ALL).items() if times > 1] == []


def test_every_message_of_a_script_expects_something() -> None:
    silent = [
        (script.name, turn.say)
        for script in ALL
        for turn in script.turns
        if turn.say and not turn.model_fields_set - {"say"}
    ]

    assert silent == []

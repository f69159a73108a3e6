"""Two hundred calls at once, and operators who type as in a telegram."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.processes.stack import Stack
from api.settings import ROOT
from tests.conversations.crowd import answers
from tests.fakes.gateway import Call, Gateway, figures, places
from tests.fakes.line import Line

TELEGRAPH = [
    tuple(line.split("\t")) for line in (ROOT / "tests/conversations/telegraph.tsv").read_text("utf-8").splitlines()
]
SAID = {"户口注销证明要不要带": "看情况", "落户要几天": "10 个工作日", "人工": "您排"}
CALLS = 200
LEAST_UNDERSTOOD = 54


@pytest.mark.stack
async def test_operators_are_understood_in_telegraph_style(stack: Stack) -> None:
    plain = [found_by(one) for one in await answers(stack, [meant for _, meant in TELEGRAPH])]
    before = [found_by(one) for one in await answers(stack, [typed for typed, _ in TELEGRAPH])]
    after = [found_by(one) for one in await answers(stack, [typed for typed, _ in TELEGRAPH], operator=True)]
    missed = [pair for pair, wanted, got in zip(TELEGRAPH, plain, after, strict=True) if wanted != got]
    same = [sum(map(tuple.__eq__, plain, found)) for found in (before, after)]
    print(f"\nof {len(TELEGRAPH)} answered as the plain question: {same[0]} as typed, {same[1]} written out; {missed}")  # noqa: T201

    assert same[1] >= LEAST_UNDERSTOOD


@pytest.mark.stack
@pytest.mark.timeout(420)
async def test_two_hundred_calls_at_once_lose_nothing_and_keep_their_order(stack: Stack) -> None:
    calls = [Call(SAID, operator=bool(number % 2)) for number in range(CALLS)]
    async with httpx.AsyncClient(
        base_url=stack.base_url, timeout=120, limits=httpx.Limits(max_connections=250)
    ) as http:
        took = await Gateway(Line(http, stack.settings.hotline_secret.get_secret_value())).play(calls)
    print("\n" + figures(calls, took))  # noqa: T201, shown with -s

    told = {call.session: places(call) for call in calls}
    assert [session for session, found in told.items() if found is None] == []
    assert [session for session, found in told.items() if found != sorted(found or ())] == []
    assert sum(call.differing for call in calls) == 0
    assert [call.session for call in calls if call.operator and "read_aloud" not in call.told[0]["data"]] == []


def found_by(answer: dict[str, Any]) -> tuple[str, ...]:
    """What the answer was taken from; its kind where it was taken from nothing."""
    first = next((one for one in answer["replies"] if one["kind"] != "notice"), {"kind": "none", "data": {}})
    return tuple(first["data"].get("knowledge_ids", ())[:1]) or (first["kind"],)

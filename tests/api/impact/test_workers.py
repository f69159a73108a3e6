"""What a look's processes are started with."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.impact.job import Talk
from api.impact.workers import LookFailed, Workers, shares
from knowledge.embedding import Embedder
from knowledge.vectors import VectorStore


async def test_a_process_computes_with_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []

    async def started(*command: str, env: dict[str, str], **_: Any) -> None:
        seen.append(env)
        raise OSError("not here")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)
    monkeypatch.setenv("KEPT", "yes")
    workers = Workers(tmp_path, "12345", lambda: datetime(2026, 1, 1, tzinfo=UTC), lambda: VectorStore({}, Embedder()))

    with pytest.raises(LookFailed):
        await workers.look({}, {}, {}, [Talk("henan", "410000", ())])

    assert [(one["OPENBLAS_NUM_THREADS"], one["KEPT"]) for one in seen] == [("1", "yes")]


def test_few_questions_are_one_process_and_many_are_shared() -> None:
    assert len(shares([Talk("henan", "410000", ())])) == 1

"""Work that goes on by itself outlives a database that is away, and nothing else."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import SQLAlchemyError
from structlog.testing import capture_logs

from api.background import again_and_again


@pytest.mark.parametrize("error", [SQLAlchemyError("away"), OSError("away")])
async def test_it_goes_on_after_the_database_was_away_and_says_so(error: Exception) -> None:
    outcomes = iter([error, None, asyncio.CancelledError()])

    async def work() -> None:
        if outcome := next(outcomes):
            raise outcome

    with capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await again_and_again(work, 0, "watch_pauses")
    assert logs == [{"event": "watch_pauses", "error": type(error).__name__, "log_level": "warning"}]
    assert list(outcomes) == []


async def test_an_error_that_nobody_expects_ends_it() -> None:
    async def work() -> None:
        raise ValueError("a mistake")

    with pytest.raises(ValueError, match="a mistake"):
        await again_and_again(work, 0, "watch_pauses")

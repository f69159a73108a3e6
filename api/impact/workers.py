"""Shares a look out to processes of their own, so that no turn of the app waits for it."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import shutil
import signal
import sys
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from api.impact.child import RESULT
from api.impact.job import Checked, Findings, Job, Piece, Talk, weight
from api.processes.supervisor import tied_to_this_process
from api.settings import ROOT
from knowledge.vectors import VectorStore

MOST_PROCESSES = 2
WORTH_ANOTHER = 400
"""From so many questions on a second process saves more than its start takes."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""A question is a small product of a matrix: on a busy machine its threads wait for each other four times as long."""
Progress = Callable[[int], Awaitable[None]]


class LookFailed(Exception):
    """A process did not come to its end. Its own log says why."""


class Workers:
    """Looks at pieces on both sides. One look at a time; others wait."""

    def __init__(
        self, folder: Path, phone: str, clock: Callable[[], datetime], vectors: Callable[[], VectorStore]
    ) -> None:
        """folder: where the sides' files are laid out while a look is under way. vectors: what remembers questions."""
        self._folder = folder
        self._phone = phone
        self._clock = clock
        self._vectors = vectors
        self._busy = asyncio.Lock()

    async def look(
        self,
        published: Mapping[str, bytes],
        draft: Mapping[str, bytes],
        phrases: Mapping[str, str],
        pieces: Sequence[Piece],
        progress: Progress | None = None,
    ) -> Findings:
        """What differs between two sets of files. Raises LookFailed."""
        if not pieces:
            return Findings()
        async with self._busy:
            place = self._folder / uuid.uuid4().hex
            done: dict[int, int] = {}

            async def told(number: int, count: int) -> None:
                done[number] = count
                if progress:
                    await progress(sum(done.values()))

            try:
                jobs = [
                    Job(
                        published=dict(published),
                        draft=dict(draft),
                        phrases=dict(phrases),
                        phone=self._phone,
                        now=self._clock(),
                        pieces=tuple(share),
                        folder=str(place / str(number)),
                        vectors=self._vectors().remembered(_texts(share)),
                    )
                    for number, share in enumerate(shares(pieces))
                ]
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(self._run(number, job, told)) for number, job in enumerate(jobs)]
            except* (LookFailed, OSError) as failed:
                raise LookFailed from failed
            finally:
                await asyncio.to_thread(shutil.rmtree, place, True)
            found = Findings()
            for task in tasks:
                found.add(task.result())
            return found

    async def _run(self, number: int, job: Job, told: Callable[[int, int], Awaitable[None]]) -> Findings:
        await asyncio.to_thread(Path(job.folder).mkdir, parents=True)
        command = tied_to_this_process([sys.executable, "-m", "api.impact.child"], signal.SIGKILL)
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            if process.stdin is None or process.stdout is None:
                raise LookFailed
            process.stdin.write(await asyncio.to_thread(pickle.dumps, job))
            process.stdin.close()
            async for line in process.stdout:
                await told(number, int(json.loads(line)["done"]))
            if await process.wait() != 0:
                raise LookFailed
        except (OSError, ValueError) as error:
            raise LookFailed from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        written = await asyncio.to_thread((Path(job.folder) / RESULT).read_bytes)
        found, vectors = pickle.loads(written)  # noqa: S301, our own process wrote it
        self._vectors().remember(vectors)
        return found  # type: ignore[no-any-return]


def shares(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces by process: the heaviest first, each to whoever has least."""
    total = sum(map(weight, pieces))
    count = min(MOST_PROCESSES, os.cpu_count() or 1) if total >= WORTH_ANOTHER else 1
    found: list[list[Piece]] = [[] for _ in range(count)]
    loads = [0] * count
    for piece in sorted(pieces, key=weight, reverse=True):
        least = loads.index(min(loads))
        found[least].append(piece)
        loads[least] += weight(piece)
    return found


def _texts(pieces: Sequence[Piece]) -> list[str]:
    said: list[str] = []
    for piece in pieces:
        if isinstance(piece, Talk):
            said += [one.text for one in piece.asked]
        elif isinstance(piece, Checked):
            said += [*piece.question.before, piece.question.said]
    return said

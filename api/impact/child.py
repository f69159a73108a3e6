"""A process that does a share of a look, so that the app's own turns go on: `python -m api.impact.child`.

It reads a pickled `Job` from its input, and writes a line `{"done": n}` now and then; the pickled findings and new
vectors go into the file that the job's folder holds, last. It yields to whatever else wants the processor.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

from api.impact.beside import Beside
from api.impact.gate_vectors import load_gate_vectors
from api.impact.job import Job, weight
from api.impact.kept_vectors import KeptVectors
from api.impact.replaying import Replay
from api.releases.files import Files, write_folder
from bot.wording import load_wording
from knowledge.kept_files import KeptFiles
from knowledge.library import Library
from knowledge.loader import KnowledgeError, read_library
from knowledge.reference import Reference
from knowledge.vectors import VectorStore

RESULT = "result.pickle"
NICER = 10
TOLD_EVERY_SECONDS = 0.5


def main() -> None:
    """Does the job."""
    os.nice(NICER)
    job: Job = pickle.loads(sys.stdin.buffer.read())  # noqa: S301, the app's own words
    asyncio.run(_work(job))


async def _work(job: Job) -> None:
    embedder = KeptVectors({**load_gate_vectors(), **job.vectors})
    folder, wording = Path(job.folder), load_wording(job.phone)
    kept = KeptFiles()
    published = _library(folder, job.published, job, kept)
    draft = _library(folder, job.draft, job, kept)
    old = Reference(published, vectors=VectorStore.load(embedder=embedder))
    new = Reference(draft, old)
    beside = Beside(Replay(old, wording, job.now), Replay(new, wording, job.now))
    done, told_at = 0, time.monotonic()
    _tell(0)
    for piece in job.pieces:
        await beside.look(piece)
        done += weight(piece)
        if time.monotonic() - told_at > TOLD_EVERY_SECONDS:
            _tell(done)
            told_at = time.monotonic()
    (folder / RESULT).write_bytes(pickle.dumps((beside.found, embedder.new)))
    _tell(done)


def _tell(done: int) -> None:
    sys.stdout.write(json.dumps({"done": done}) + "\n")
    sys.stdout.flush()


def _library(folder: Path, files: Files, job: Job, kept: KeptFiles) -> Library:
    """A side's library, with the sentences that the code says and an older release may lack. Both sides lie in one
    folder one after the other, so that what does not differ is read once."""
    data = folder / "knowledge" / "data"
    write_folder(data, files)
    library, faults, _ = read_library(data, kept)
    if library is None or faults:
        raise KnowledgeError(faults)
    return replace(library, phrases={**job.phrases, **library.phrases})


if __name__ == "__main__":
    main()

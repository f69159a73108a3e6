"""Times looks at a change of Henan's over 2,000 real questions: `python -m tests.bench.impact`.

The questions are the development questions of Henan with many endings, no two alike, so that none is saved by having
been asked before. Meanwhile questions are answered in this process, as the app does, one every
tenth of a second: how much longer they take than before the look is the price that turns pay.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import sys
import tempfile
import time
from datetime import datetime
from itertools import count, islice
from pathlib import Path

from api.conversations.desk_hours import LOCAL
from api.evaluation.questions import read_questions
from api.impact.job import Asked, Piece, Talk
from api.impact.material import gate_pieces
from api.impact.replaying import Replay
from api.impact.workers import Workers
from api.releases.files import read_folder
from bot.wording import load_wording
from knowledge.loader import DATA, load_library
from knowledge.reference import Reference

QUESTIONS = Path(__file__).parents[1] / "data" / "questions" / "development"
PATH = "provinces/henan/items/household_registration.yaml"
SHORT = 24
EVERY_SECONDS = 0.1


def real_questions(number: int) -> list[str]:
    """So many different ones, as long as callers' usual questions are."""
    said = [one.said[:SHORT] for one in read_questions(QUESTIONS)["henan"]]
    return list(islice((f"{text}{ending or ''}" for ending in count() for text in said), number))


async def turns(replay: Replay, stop: asyncio.Event, texts: list[str]) -> list[float]:
    """Milliseconds of each answer until told to stop."""
    times = []
    for text in texts:
        if stop.is_set():
            break
        begun = time.perf_counter()
        await replay.talk("410000", [text])
        times.append(1000 * (time.perf_counter() - begun))
        await asyncio.sleep(EVERY_SECONDS)
    return times


async def measure(number: int, folder: Path) -> None:
    """Prints the figures."""
    library = load_library()
    wording, now = load_wording("12345"), datetime.now(LOCAL)
    reference = Reference(library)
    replay = Replay(reference, wording, now)
    live = iter([f"{text}呢" for text in real_questions(2_500)])  # None twice: one that was asked is remembered.
    before = await turns(replay, asyncio.Event(), list(islice(live, 40)))
    files = read_folder(DATA)
    changed = files[PATH].decode().replace("10 个工作日", "12 个工作日").encode()
    real: list[Piece] = [
        Talk("henan", "410000", (Asked(row, text, "answered"),)) for row, text in enumerate(real_questions(number))
    ]
    workers = Workers(folder, "12345", lambda: now, lambda: reference.vectors)
    for name in ("first look", "look again", "again while nobody asks"):
        stop, begun = asyncio.Event(), time.perf_counter()
        if "nobody" in name:
            stop.set()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        meanwhile = asyncio.create_task(turns(replay, stop, list(islice(live, 800))))
        found = await workers.look(files, {**files, PATH: changed}, library.phrases, [*real, *gate_pieces(["henan"])])
        took = time.perf_counter() - begun
        stop.set()
        during, spent = await meanwhile, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime
        line(f"{name}: {took:.1f} s, {cpu:.1f} s of processors, {found.counts}, {len(found.real)} differ")
        if not during:
            continue
        ratio = statistics.median(during) / statistics.median(before)
        line(
            f"  an answer meanwhile {statistics.median(during):.0f} ms, before {statistics.median(before):.0f} ms:"
            f" {ratio:.2f} times"
        )


def line(text: str) -> None:
    """Prints a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=2_000)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(parser.parse_args().questions, Path(folder)))


if __name__ == "__main__":
    main()

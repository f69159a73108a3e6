"""How soon two processes speak from what is published, edited or rolled back: `python -m tests.bench.releases`.

Both are processes of their own on the real data; one watches the folder, as an app does on its machine.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import shutil
import statistics
import tempfile
import time
from multiprocessing.queues import Queue
from pathlib import Path

import psycopg

from api.db.engine import build_engine
from api.db.upgrade import upgrade
from api.processes.embedded import start_embedded
from api.processes.supervisor import Supervisor
from api.releases.store import Releases
from api.settings import Settings, load_settings
from knowledge.loader import DATA
from tests.fakes.following import process, write

SPAWN = multiprocessing.get_context("spawn")
PATH = "provinces/sichuan/topics.yaml"
FIRST = "questions: ["
LOOK_EVERY_SECONDS = 0.005
MOST_SECONDS = 60
Heard = Queue  # Of (which process, number of the release, when).


def follow(name: int, var: Path, url: str, data: Path, watches: bool, heard: Heard) -> None:
    """One process; tells when it speaks from a release."""

    async def run() -> None:
        settings = load_settings(var_dir=var, database_url=url, demo=False)
        async with process(settings, data, watches=watches, runs=True) as one:
            known = ""
            while True:
                if one.number != known:
                    known = one.number
                    heard.put((name, int(known), time.monotonic()))
                await asyncio.sleep(LOOK_EVERY_SECONDS)

    asyncio.run(run())


def wait_for(heard: Heard, number: int, since: float) -> list[float]:
    """The seconds until each of the two spoke from a release."""
    took: dict[int, float] = {}
    while len(took) < 2:
        name, taken, at = heard.get(timeout=MOST_SECONDS)
        if taken == number:
            took[name] = at - since
    return list(took.values())


async def publish(settings: Settings, content: bytes | None, back_to: int = 0) -> int:
    """As the studio does it."""
    engine = build_engine(settings.sqlalchemy_url, 1)
    releases = Releases(engine)
    async with engine.begin() as connection:
        if back_to:
            number = await releases.roll_back(connection, back_to, reason="bench")
        else:
            number = await releases.publish(connection, {PATH: content}, kind="change", reason="bench")
    await engine.dispose()
    return number


def measure(settings: Settings, data: Path, heard: Heard, rounds: int) -> dict[str, list[float]]:
    """Seconds of both processes by what was done."""
    took: dict[str, list[float]] = {"edit of a file": [], "publish": [], "roll-back": []}
    number = 1
    for one in range(rounds):
        began = time.monotonic()
        write(data / PATH, FIRST, f"{FIRST}月亮掉进河里第{one}回咋整, ")
        number += 1
        took["edit of a file"] += wait_for(heard, number, began)
        time.sleep(1)
        content = (data / PATH).read_bytes().replace(FIRST.encode(), f"{FIRST}星星第{one}回咋整, ".encode(), 1)
        began = time.monotonic()
        number = asyncio.run(publish(settings, content))
        took["publish"] += wait_for(heard, number, began)
        time.sleep(1)
        began = time.monotonic()
        number = asyncio.run(publish(settings, None, back_to=number - 1))
        took["roll-back"] += wait_for(heard, number, began)
        time.sleep(1)
    return took


def main() -> None:
    """Prints the median and the worst of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    supervisor = Supervisor()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        data = Path(shutil.copytree(DATA, folder / "knowledge" / "data"))
        try:
            url = start_embedded(load_settings(var_dir=folder / "var", database_url=""), supervisor)
            upgrade(url)
            settings = load_settings(var_dir=folder / "var", database_url=url, demo=False)
            heard: Heard = SPAWN.Queue()
            for name, watches in ((1, True), (2, False)):
                arguments = (name, folder / "var", url, data, watches, heard)
                SPAWN.Process(target=follow, args=arguments, daemon=True).start()
                wait_started(url)
            time.sleep(8)  # Both read everything once in the background.
            while not heard.empty():
                heard.get()
            for what, seconds in measure(settings, data, heard, rounds).items():
                middle, worst = statistics.median(seconds), max(seconds)
                print(f"{what}: live in both processes after {middle:.2f} s (median), {worst:.2f} s (worst)")  # noqa: T201
        finally:
            supervisor.end()


def wait_started(url: str) -> None:
    """Until the first import is there, so that the second process begins from it."""
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute("SELECT count(*) FROM knowledge_release").fetchone() == (0,):
            time.sleep(0.1)


if __name__ == "__main__":
    main()

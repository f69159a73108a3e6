"""Sends news from several processes that are killed again and again: `python -m tests.bench.news`.

Each message must go out once and in its order, whatever was killed in the middle. Prints the messages a second with
one process that nobody kills, too.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import signal
import tempfile
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import psycopg

from api.db.engine import build_engine
from api.db.upgrade import upgrade
from api.main import local_now
from api.news.jobs import send_forever
from api.news.quiet_hours import read_quiet_hours
from api.news.sending import NewsSender
from api.processes.embedded import start_embedded
from api.processes.supervisor import Supervisor
from api.settings import load_settings
from bot.wording import load_wording
from knowledge.library import Library
from knowledge.loader import load_library

FORK = multiprocessing.get_context("fork")
PLAN = """
    TRUNCATE conversation, case_file, planned_message, outbox, transcript RESTART IDENTITY CASCADE;
    INSERT INTO conversation (channel, session_id) SELECT 'hotline', g::text FROM generate_series(1, {people}) g;
    INSERT INTO case_file (case_no, region, id_number_sealed, id_number_index, last_four_index, accepted_at)
        SELECT 'TY26-' || session_id, '410000', '', '', '', now() FROM conversation;
    INSERT INTO case_binding (conversation_id, case_id, news)
        SELECT c.id, f.id, 'agreed' FROM conversation c JOIN case_file f ON f.case_no = 'TY26-' || c.session_id;
    INSERT INTO planned_message (conversation_id, case_id, item, kind, key, reply, due_at)
        SELECT b.conversation_id, b.case_id, 'household_registration', 'news', 'made:' || g,
            jsonb_build_object('kind', 'progress', 'text', lpad(g::text, 4, '0')), now() - interval '1 minute'
        FROM generate_series(1, {each}) g, case_binding b ORDER BY g, b.case_id;
"""
LEFT = "SELECT count(*) FROM planned_message WHERE sent_at IS NULL AND cancelled_at IS NULL"
SENT = "SELECT conversation_id, reply->>'text' FROM outbox ORDER BY id"


def send(url: str, library: Library) -> None:
    """One process that sends until it is killed."""
    engine = build_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), 2)
    sender = NewsSender(engine, load_wording("12345"), read_quiet_hours(""), lambda: library, local_now)
    asyncio.run(send_forever(sender))


def run(url: str, library: Library, processes: int, kill_every_seconds: float | None) -> tuple[float, int]:
    """Sends all that is planned; the seconds it took, and how often a process was killed."""
    begun, kills = time.perf_counter(), 0
    working = [_started(url, library) for _ in range(processes)]
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(LEFT).fetchone() != (0,):
            time.sleep(kill_every_seconds or 0.05)
            if kill_every_seconds:
                place = random.randrange(processes)  # noqa: S311, no secret
                _kill(working[place])
                working[place], kills = _started(url, library), kills + 1
    seconds = time.perf_counter() - begun
    for one in working:
        _kill(one)
    return seconds, kills


def _started(url: str, library: Library) -> BaseProcess:
    process = FORK.Process(target=send, args=(url, library))
    process.start()
    return process


def _kill(process: BaseProcess) -> None:
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()


def check(url: str, people: int, each: int) -> str:
    """What was sent, compared with what was planned."""
    with psycopg.connect(url) as connection:
        sent = connection.execute(SENT).fetchall()
    told: dict[object, list[str]] = {}
    for conversation, text in sent:
        told.setdefault(conversation, []).append(text.partition("：")[2][:4])
    expected = [f"{number:04d}" for number in range(1, each + 1)]
    wrong = sum(one != expected for one in told.values())
    return f"planned {people * each:,}, sent {len(sent):,}, people told {len(told):,}, in wrong order or number {wrong}"


def main() -> None:
    """Measures with what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--each", type=int, default=10)
    given = parser.parse_args()
    library, supervisor = load_library(), Supervisor()
    with tempfile.TemporaryDirectory() as folder:
        try:
            url = start_embedded(load_settings(var_dir=Path(folder) / "var", database_url=""), supervisor)
            upgrade(url)
            for processes, kill_every_seconds in ((1, None), (4, 0.3)):
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(PLAN.format(people=given.people, each=given.each).encode())
                seconds, kills = run(url, library, processes, kill_every_seconds)
                rate = given.people * given.each / seconds
                print(f"{processes} processes, {kills} killed: {rate:.0f} a second")  # noqa: T201
                print(check(url, given.people, given.each))  # noqa: T201
        finally:
            supervisor.end()


if __name__ == "__main__":
    main()

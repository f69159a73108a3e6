"""Times the case backend on a real server and database: `python -m tests.bench.cases`.

Parts, one or several as arguments: `events` (10,000 events, each delivered three times, shuffled), `bodies` (generated
ones, none may be answered with 5xx), `proof` (unknown case against wrong proof), `lookup` (with few and many cases).
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import psycopg
import structlog
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlalchemy import insert

from api.cases.lookup import PostgresCases
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.engine import build_engine
from api.db.models import Conversation
from api.db.upgrade import upgrade
from api.processes.addresses import free_port
from api.processes.embedded import start_embedded
from api.processes.supervisor import Supervisor
from api.settings import Settings, load_settings
from knowledge.loader import load_library
from tests.bench.many_cases import fill
from tests.fakes.bodies_of_cases import CASE_BODIES, EVENT_BODIES
from tests.fakes.department import CASES, Department, delivered, new_key
from tests.fakes.site import Site

SIDE_BY_SIDE = 32
STATUSES = ("submitted", "received", "accepted", "under_review", "review_passed", "processing", "completed")
BEGUN = datetime(2026, 6, 1, 10, 0, tzinfo=LOCAL)


def say(line: str) -> None:
    """Prints a result."""
    print(line, flush=True)  # noqa: T201


async def events(settings: Settings, http: httpx.AsyncClient, secret: str, count: int) -> None:
    """Each event three times, side by side and shuffled: counted once, in its order, and how many a second."""
    department, draw = Department(http, secret), random.Random(6)  # noqa: S311, no secret
    numbers = [await department.opened(accepted_at=BEGUN.isoformat()) for _ in range(count // 50)]
    sent = [
        (number, {"event_id": f"{place:04d}", "status": draw.choice(STATUSES), "at": _at(place)})
        for number in numbers
        for place in range(50)
    ]
    once, shuffled = sent[: count // 10], sent * 3
    draw.shuffle(shuffled)
    begun = time.perf_counter()
    failed = await delivered(department, shuffled, SIDE_BY_SIDE)
    seconds = time.perf_counter() - begun
    expected = {number: [event["event_id"] for of, event in sent if of == number] for number in numbers}
    wrong = 0
    for number in numbers:
        told = (await department.show(number)).json()
        last = [event for of, event in sent if of == number][-1]["status"]
        item = next(one for one in told["items"] if one["item"] == "household_registration")
        wrong += [one["event_id"] for one in told["history"]] != expected[number] or item["status"] != last
    with psycopg.connect(settings.database_url) as connection:
        stored = connection.execute("SELECT count(*) FROM case_event").fetchone()
    say(f"{len(sent):,} events, each delivered three times: stored {stored}, not taken {failed}, wrong cases {wrong}")
    say(f"{len(shuffled) / seconds:.0f} deliveries a second, {SIDE_BY_SIDE} side by side")
    fresh = [await department.opened(accepted_at=BEGUN.isoformat()) for _ in range(len(once) // 5)]
    news = [(fresh[place % len(fresh)], {**event, "event_id": str(place)}) for place, (_, event) in enumerate(once)]
    begun = time.perf_counter()
    await delivered(department, news, SIDE_BY_SIDE)
    say(f"{len(news) / (time.perf_counter() - begun):.0f} new events a second, five to a case")


def bodies(base_url: str, secret: str, number: str, count: int) -> None:
    """Generated bodies for both addresses."""
    answered: dict[int, int] = {}
    with httpx.Client(base_url=base_url, headers={"authorization": f"Bearer {secret}"}, timeout=30) as http:
        for path, generated in ((CASES, CASE_BODIES), (f"{CASES}/{number}/events", EVENT_BODIES)):
            _try(http, path, generated, answered, count)
    say(f"{sum(answered.values()):,} generated bodies: {dict(sorted(answered.items()))}")
    if any(status >= 500 for status in answered):
        raise SystemExit("an answer of 5xx")


def _try(
    http: httpx.Client, path: str, generated: st.SearchStrategy[bytes], answered: dict[int, int], count: int
) -> None:
    @trying(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(generated)
    def post(content: bytes) -> None:
        status = http.post(path, content=content).status_code
        answered[status] = answered.get(status, 0) + 1
        assert status < 500

    post()


async def proof(settings: Settings, number: str, tries: int) -> None:
    """The same words, and how long they take, for a case that is not there and for a wrong proof."""
    cases, engine = _cases(settings)
    conversation = await _conversation(engine)
    times: dict[str, list[float]] = {"unknown case": [], "wrong proof": []}
    asked = {"unknown case": "TY26-0000-0000", "wrong proof": number}
    for _ in range(tries):
        for name, case_no in asked.items():
            times[name].append(await _milliseconds(lambda case_no=case_no: cases.prove(conversation, case_no, "9999")))
    medians = {name: statistics.median(one) for name, one in times.items()}
    apart = abs(medians["unknown case"] - medians["wrong proof"])
    say(f"{tries} tries each: medians {medians}, {apart:.3f} ms apart")
    await engine.dispose()


async def lookup(settings: Settings, secret: str, base_url: str, sizes: list[int]) -> None:
    """How long a proof, a bound case and a department's look at a case take, by the number of cases."""
    async with httpx.AsyncClient(base_url=base_url, timeout=30) as http:
        for size in sizes:
            await _look_up(settings, Department(http, secret), size)


async def _look_up(settings: Settings, department: Department, size: int) -> None:
    cases, engine = _cases(settings)
    bound, stranger = await _conversation(engine), await _conversation(engine)
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        number, last_four, case_id = fill(connection, _sealer(settings), size)
        connection.execute("INSERT INTO case_binding (conversation_id, case_id) VALUES (%s, %s)", (bound, case_id))
    ways: dict[str, Callable[[], Awaitable[object]]] = {
        "right proof": lambda: cases.prove(stranger, number, last_four),
        "unknown case": lambda: cases.prove(stranger, "TY26-0000-0000", last_four),
        "bound case": lambda: cases.bound_to(bound),
        "GET by a department": lambda: department.show(number),
    }
    for name, way in ways.items():
        times = [await _milliseconds(way) for _ in range(300)][50:]
        late = statistics.quantiles(times, n=20)[-1]
        say(f"{size:>9,} cases, {name}: median {statistics.median(times):.2f} ms, 95th {late:.2f} ms")
    await engine.dispose()


async def _milliseconds(way: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await way()
    return 1000 * (time.perf_counter() - begun)


def _at(place: int) -> str:
    return (BEGUN + timedelta(minutes=place)).isoformat()


def _sealer(settings: Settings) -> Sealer:
    return Sealer(settings.data_key.get_secret_value(), settings.index_key.get_secret_value())


def _cases(settings: Settings):  # type: ignore[no-untyped-def]
    engine, library = build_engine(settings.sqlalchemy_url, 2), load_library()
    return PostgresCases(engine, _sealer(settings), lambda: library, lambda: datetime.now(LOCAL)), engine


async def _conversation(engine) -> str:  # type: ignore[no-untyped-def]
    async with engine.begin() as connection:
        row = insert(Conversation).values(channel="hotline", session_id=uuid.uuid4().hex).returning(Conversation.id)
        return str((await connection.execute(row)).scalar_one())


def serve(settings: Settings, port: int) -> None:
    """The app by itself, in a process of its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))

    async def forever() -> None:
        async with Site(settings, port=port).up():
            await asyncio.Event().wait()

    asyncio.run(forever())


@contextmanager
def server(settings: Settings) -> Iterator[str]:
    """The address of the app as long as the block lasts."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(settings, port), daemon=True)
    process.start()
    base_url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(f"{base_url}/api/v1/openapi.json", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield base_url
    finally:
        process.terminate()
        process.join()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("parts", nargs="*", default=["events", "bodies", "proof", "lookup"])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--bodies", type=int, default=10_000, help="for each of the two addresses")
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 1_000_000])
    chosen = parser.parse_args()
    supervisor = Supervisor()
    with tempfile.TemporaryDirectory(prefix="tuiyi-bench-") as folder:
        settings = load_settings(var_dir=Path(folder) / "var", database_url="", demo=False, log_level="error")
        try:
            settings = settings.with_values(database_url=start_embedded(settings, supervisor))
            upgrade(settings.database_url)
            secret = asyncio.run(new_key(settings))
            with server(settings) as base_url:
                asyncio.run(run(chosen, settings, secret, base_url))
        finally:
            supervisor.end()


async def run(chosen: argparse.Namespace, settings: Settings, secret: str, base_url: str) -> None:
    """The parts that were chosen."""
    async with httpx.AsyncClient(base_url=base_url, timeout=60) as http:
        number = await Department(http, secret).opened()
        if "events" in chosen.parts:
            await events(settings, http, secret, chosen.events)
    if "bodies" in chosen.parts:
        await asyncio.to_thread(bodies, base_url, secret, number, chosen.bodies)
    if "proof" in chosen.parts:
        await proof(settings, number, 500)
    if "lookup" in chosen.parts:
        await lookup(settings, secret, base_url, chosen.cases)


if __name__ == "__main__":
    main()

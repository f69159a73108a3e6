"""What Telegram's webhook costs and keeps: `python -m tests.bench.telegram_intake`.

First updates come at an even rate, whether or not those before are acknowledged, and beside them requests that the app
refuses without the database: what they wait for is the machine and the server, what is more is ours. Then every update
is delivered three times, shuffled and over 40 connections: it is to be stored once and answered once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx
import psycopg

from api.processes.addresses import free_port
from tests.bench.running_app import running_app, serve
from tests.bench.telegram_kills import ECHO, server_settings
from tests.fakes.telegram_server import MOST_CONNECTIONS, TelegramServer

PATH = "/channels/telegram/webhook"
PEOPLE = 400
TIMES = 3


async def post(http: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> tuple[int, float]:
    """The status and how many milliseconds it took."""
    begun = time.perf_counter()
    status = (await http.post(PATH, content=body, headers=headers)).status_code
    return status, 1000 * (time.perf_counter() - begun)


def shown(waits: list[float]) -> str:
    """Median and 99th of 100."""
    waits = sorted(waits)
    return f"{waits[len(waits) // 2]:.0f} ms (median), {waits[len(waits) * 99 // 100]:.0f} ms (99th of 100)"


async def three_times(http: httpx.AsyncClient, server: TelegramServer, url: str, updates: int) -> None:
    """Every update three times."""
    bodies = [json.dumps(server.update(1_000 + n % PEOPLE, f"第{n}句")).encode() for n in range(updates)]
    server.pending.clear()
    deliveries = bodies * TIMES
    random.Random(7).shuffle(deliveries)  # noqa: S311
    gate, statuses = asyncio.Semaphore(MOST_CONNECTIONS), Counter[int]()

    async def one(body: bytes) -> None:
        async with gate:
            statuses[(await post(http, body, server.headers))[0]] += 1

    begun = time.monotonic()
    await asyncio.gather(*map(one, deliveries))
    taken = time.monotonic() - begun
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute("SELECT count(*) FROM inbox WHERE handled_at IS NULL").fetchone() != (0,):  # noqa: ASYNC110
            await asyncio.sleep(0.5)
        rows = connection.execute(
            "SELECT (SELECT count(*) FROM inbox i JOIN conversation c ON c.id = i.conversation_id "
            "WHERE c.session_id < '5000'), (SELECT count(*) FROM quarantine), "
            "(SELECT count(*) FROM outbox WHERE reply->>'text' LIKE %s), "
            "(SELECT count(DISTINCT reply->>'text') FROM outbox WHERE reply->>'text' LIKE %s)",
            (ECHO + "第%", ECHO + "第%"),
        ).fetchone()
    print(  # noqa: T201
        f"{updates} updates x {TIMES}: statuses {dict(statuses)} in {taken:.0f} s; (stored, kept apart, replies, "
        f"different replies) = {rows}; handled after {time.monotonic() - begun:.0f} s",
        flush=True,
    )


async def evenly(http: httpx.AsyncClient, server: TelegramServer, rate: float, seconds: float) -> None:
    """So many updates a second, and every fifth time a bare request beside them."""
    ours: list[asyncio.Task[tuple[int, float]]] = []
    bare: list[asyncio.Task[tuple[int, float]]] = []
    begun = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        body = json.dumps(server.update(5_000 + number % PEOPLE, f"又一句{number}")).encode()
        server.pending.clear()
        ours.append(asyncio.create_task(post(http, body, server.headers)))
        if number % 5 == 0:
            bare.append(asyncio.create_task(post(http, body, {})))
    answered, refused = await asyncio.gather(*ours), await asyncio.gather(*bare)
    waits, floor = [one for _, one in answered], [one for _, one in refused]
    ratio = sorted(waits)[len(waits) // 2] / sorted(floor)[len(floor) // 2]
    print(  # noqa: T201
        f"{rate:.0f}/s for {seconds:.0f} s: statuses {dict(Counter(status for status, _ in answered))}; acknowledged "
        f"after {shown(waits)}; bare {shown(floor)}; {ratio:.1f} times as long in the median",
        flush=True,
    )


async def run(updates: int, rates: list[float], seconds: float, folder: Path) -> None:
    """Starts everything and measures."""
    server, api_port = TelegramServer(secret="bench-secret"), free_port()
    played = await serve(server, api_port)
    try:
        async with running_app(folder, **server_settings(api_port)) as app:
            limits = httpx.Limits(max_connections=200, keepalive_expiry=2)
            async with httpx.AsyncClient(limits=limits, timeout=120, base_url=app.address) as http:
                await post(http, b"{}", {})
                for rate in rates:
                    await evenly(http, server, rate, seconds)
                await three_times(http, server, app.settings.database_url, updates)
    finally:
        played.cancel()


def main() -> None:
    """Reads the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--updates", type=int, default=10_000)
    reader.add_argument("--rates", type=float, nargs="+", default=[20.0, 50.0, 100.0])
    reader.add_argument("--seconds", type=float, default=30.0)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(given.updates, given.rates, given.seconds, Path(folder)))


if __name__ == "__main__":
    main()

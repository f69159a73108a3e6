"""kill -9 of the app under messages from Telegram: `python -m tests.bench.telegram_kills`.

The app runs as a process of its own with a real database; Telegram and Rasa are played here, so that what is measured
is how messages are taken in, kept and sent. Each person writes his next message when the last was acknowledged; some
are delivered twice. A doubled reply is one that Telegram took in the moment of a kill.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import psycopg
import uvicorn

from api.db.upgrade import upgrade
from api.processes.addresses import free_port, listen
from api.processes.embedded import start_embedded
from api.processes.supervisor import Child, Supervisor
from api.settings import ROOT, load_settings
from tests.fakes.rasa import FakeRasa
from tests.fakes.telegram_server import TOKEN, TelegramServer

ECHO = "听到："
TWICE = 0.03


async def rasa_app(scope: Any, receive: Any, send: Any) -> None:
    """A Rasa that says again what it was told, on a port."""
    if scope["type"] != "http":
        return
    part = await receive()
    if part["type"] == "http.disconnect":  # Killed in the middle of its request.
        return
    body = part.get("body", b"")
    request = httpx.Request(scope["method"], "http://rasa" + scope["path"], content=body)
    answer = await FakeRasa().handle_async_request(request)
    head = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": head})
    await send({"type": "http.response.body", "body": answer.content})


async def serve(app: Any, port: int) -> asyncio.Task[None]:
    """Serves an app in this process."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110, the server has no event for it
        await asyncio.sleep(0.02)
    return task


async def insist(http: httpx.AsyncClient, server: TelegramServer, url: str, update: dict[str, Any]) -> int:
    """Delivers an update until it is taken; returns how often it had to be tried."""
    tries = 0
    while True:
        tries += 1
        try:
            if (await http.post(url, content=json.dumps(update).encode(), headers=server.headers)).is_success:
                return tries
        except httpx.HTTPError:
            pass
        await asyncio.sleep(0.3)


async def person(
    http: httpx.AsyncClient, server: TelegramServer, url: str, chat: int, count: int, chance: random.Random
) -> list[float]:
    """Says so many things; returns for how long each waited to be acknowledged."""
    waits = []
    for number in range(count):
        update = server.update(chat, f"{chat}-{number}")
        server.pending.clear()
        begun = time.perf_counter()
        await insist(http, server, url, update)
        waits.append(time.perf_counter() - begun)
        if chance.random() < TWICE:
            await insist(http, server, url, update)
        await asyncio.sleep(chance.uniform(0.2, 1.8))
    return waits


async def run(messages: int, chats: int, kills: int, folder: Path) -> None:
    """Starts everything, kills, waits for the end and prints the figures."""
    server, rasa_port, api_port = TelegramServer(secret="bench-secret"), free_port(), free_port()
    played = [await serve(server, api_port), await serve(rasa_app, rasa_port)]
    settings = load_settings(var_dir=folder, port=0, rasa_port=rasa_port, demo=False).with_values(
        telegram_token=TOKEN, telegram_secret="bench-secret", telegram_api_url=f"http://127.0.0.1:{api_port}"
    )
    supervisor = Supervisor()
    listener = listen("127.0.0.1", 0)
    try:
        url = await asyncio.to_thread(start_embedded, settings, supervisor)
        upgrade(url)
        settings = settings.with_values(database_url=url, port=listener.getsockname()[1])
        environment = {**os.environ, **settings.environment()}
        command = [sys.executable, "-m", "api.serve", str(listener.fileno())]
        log = folder / "app.log"
        app = Child("app", command, log, environment, ROOT, stop_seconds=12.0, descriptors=(listener.fileno(),))
        supervisor.add(app)
        supervisor.restarts = True
        address = f"http://127.0.0.1:{settings.port}/channels/telegram/webhook"
        await figures(server, supervisor, address, url, (messages, chats, kills))
    finally:
        await asyncio.to_thread(supervisor.end)
        for task in played:
            task.cancel()


async def figures(
    server: TelegramServer, supervisor: Supervisor, address: str, url: str, size: tuple[int, int, int]
) -> None:
    """Plays the people, kills the app, and prints what became of every message."""
    messages, chats, kills = size
    each = messages // chats
    limits = httpx.Limits(max_connections=40)
    async with httpx.AsyncClient(limits=limits, timeout=60) as http:
        await http.post(address, content=b"{}")  # Answered, with a refusal, when the app is up.
        begun = time.monotonic()
        people = [
            asyncio.create_task(person(http, server, address, 1_000 + n, each, random.Random(n)))  # noqa: S311
            for n in range(chats)
        ]
        for kill in range(kills):
            # Evenly over the whole talk, each at a moment of its own when something is under way.
            due = messages * (kill + 0.5) / kills
            while len(server.sent) < due:  # noqa: ASYNC110
                await asyncio.sleep(random.uniform(0.01, 0.05))  # noqa: S311
            supervisor["app"].deaths = 0
            process = supervisor["app"].process
            if process:
                process.kill()
            await asyncio.sleep(1)
            print(f"kill {kill + 1}: {len(server.sent)} sent after {time.monotonic() - begun:.0f} s", flush=True)  # noqa: T201
        waits = sorted(wait for one in await asyncio.gather(*people) for wait in one)
    with psycopg.connect(url, autocommit=True) as connection:
        unhandled, unsent = "inbox WHERE handled_at IS NULL", "outbox WHERE sent_at IS NULL"
        left = f"SELECT (SELECT count(*) FROM {unhandled}) + (SELECT count(*) FROM {unsent})"  # noqa: S608
        while connection.execute(left.encode()).fetchone() != (0,):  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    lost = doubled = inverted = 0
    for chat in range(1_000, 1_000 + chats):
        heard = [text.removeprefix(ECHO) for text in server.texts(chat) if text.startswith(ECHO)]
        lost += len({f"{chat}-{n}" for n in range(each)} - set(heard))
        doubled += sum(count - 1 for count in Counter(server.texts(chat)).values())
        order = [int(text.partition("-")[2]) for text in dict.fromkeys(heard)]
        inverted += sum(1 for one, other in pairwise(order) if other < one)
    times = sorted(one.at for one in server.sent)
    busiest = max(sum(1 for other in times[n : n + 40] if other < at + 1) for n, at in enumerate(times))
    print(  # noqa: T201
        f"{each * chats} messages of {chats} people, {kills} kills, {time.monotonic() - begun:.0f} s: "
        f"{lost} lost, {inverted} out of order, {doubled} doubled; at most {busiest} sent within a second; "
        f"acknowledged after {1000 * waits[len(waits) // 2]:.0f} ms (median), "
        f"{1000 * waits[len(waits) * 99 // 100]:.0f} ms (99th of 100), kills included"
    )


def main() -> None:
    """Reads the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--messages", type=int, default=3_000)
    reader.add_argument("--people", type=int, default=60)
    reader.add_argument("--kills", type=int, default=20)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(given.messages, given.people, given.kills, Path(folder)))


if __name__ == "__main__":
    main()

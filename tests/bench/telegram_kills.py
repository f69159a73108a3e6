"""kill -9 of the app under messages from Telegram: `python -m tests.bench.telegram_kills`.

The app runs as a process of its own with a real database; Telegram and Rasa are played here, so that what is measured
is how messages are taken in, kept and sent. Telegram delivers what each person wrote, in order, until it is taken, and
some of it twice. The kills fall evenly over the messages that were answered, and only while the app is up and has some
under way; what was, is printed with each. A doubled reply is one that Telegram took in the moment of a kill.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import psycopg

from api.processes.addresses import free_port
from api.processes.supervisor import Supervisor
from tests.bench.running_app import RunningApp, running_app, serve
from tests.fakes.telegram_server import TOKEN, TelegramServer

ECHO = "听到："
TWICE = 0.03
UNDER_WAY = """
    SELECT (SELECT count(*) FROM inbox WHERE handled_at IS NULL), (SELECT count(*) FROM outbox WHERE sent_at IS NULL)
"""


@dataclass(frozen=True)
class Size:
    """How large a run is."""

    messages: int
    people: int
    kills: int
    rate: float


@dataclass
class Talk:
    """What the people of a run share. at_once, after_kills: seconds until a message was acknowledged, by whether the
    first try was."""

    server: TelegramServer
    http: httpx.AsyncClient
    address: str
    pause: float
    at_once: list[float] = field(default_factory=list)
    after_kills: list[float] = field(default_factory=list)

    def answered(self) -> int:
        """How many messages have their answer."""
        return len({(one.chat, one.text) for one in self.server.sent if one.text.startswith(ECHO)})


def words(chat: int, number: int) -> str:
    """What a person says; not only digits, which would be a code."""
    return f"{chat}号说的第{number}句"


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


async def person(talk: Talk, chat: int, count: int) -> None:
    """Says so many things, about as fast as an app can answer that is never killed."""
    chance = random.Random(chat)  # noqa: S311
    await asyncio.sleep(chance.uniform(0, 2 * talk.pause))
    for number in range(count):
        update = talk.server.update(chat, words(chat, number))
        talk.server.pending.clear()
        begun = time.perf_counter()
        tries = await insist(talk.http, talk.server, talk.address, update)
        waited = time.perf_counter() - begun
        (talk.at_once if tries == 1 else talk.after_kills).append(waited)
        if chance.random() < TWICE:
            await insist(talk.http, talk.server, talk.address, update)
        await asyncio.sleep(chance.uniform(0.5, 1.5) * talk.pause)


async def run(size: Size, folder: Path) -> None:
    """Starts everything, kills, waits for the end and prints the figures."""
    server, api_port = TelegramServer(secret="bench-secret"), free_port()
    played = await serve(server, api_port)
    try:
        async with running_app(folder, **server_settings(api_port)) as app:
            await figures(server, app, size)
    finally:
        played.cancel()


def server_settings(api_port: int) -> dict[str, str]:
    """What makes an app talk with the Telegram that is played on a port."""
    return {
        "telegram_token": TOKEN,
        "telegram_secret": "bench-secret",
        "telegram_api_url": f"http://127.0.0.1:{api_port}",
    }


async def figures(server: TelegramServer, app: RunningApp, size: Size) -> None:
    """Plays the people, kills the app, and prints what became of every message."""
    each, address = size.messages // size.people, f"{app.address}/channels/telegram/webhook"
    limits = httpx.Limits(max_connections=40)
    async with httpx.AsyncClient(limits=limits, timeout=60) as http:
        await http.post(address, content=b"{}")  # Answered, with a refusal, when the app is up.
        begun = time.monotonic()
        talk = Talk(server, http, address, size.people / size.rate)
        people = [asyncio.create_task(person(talk, 1_000 + n, each)) for n in range(size.people)]
        with psycopg.connect(app.settings.database_url, autocommit=True) as connection:
            for number in range(size.kills):
                due = size.messages * (number + 0.5) / size.kills
                under_way = await kill(talk, app.supervisor, connection, due)
                at = f"{talk.answered()} answered after {time.monotonic() - begun:.0f} s"
                print(f"kill {number + 1}: {at}; {under_way}", flush=True)  # noqa: T201
            await asyncio.gather(*people)
            while connection.execute(UNDER_WAY).fetchone() != (0, 0):  # noqa: ASYNC110
                await asyncio.sleep(0.5)
            (turns,) = connection.execute("SELECT count(*) FROM transcript WHERE speaker = 'person'").fetchone() or (0,)
    lost = doubled = inverted = 0
    for chat in range(1_000, 1_000 + size.people):
        heard = [text.removeprefix(ECHO) for text in server.texts(chat) if text.startswith(ECHO)]
        places = {words(chat, number): number for number in range(each)}
        lost += len(places.keys() - set(heard))
        doubled += sum(count - 1 for count in Counter(server.texts(chat)).values())
        order = [places[text] for text in dict.fromkeys(heard)]
        inverted += sum(1 for one, other in pairwise(order) if other < one)
    times = sorted(one.at for one in server.sent)
    busiest = max(sum(1 for other in times[n : n + 40] if other < at + 1) for n, at in enumerate(times))
    print(  # noqa: T201
        f"{each * size.people} messages of {size.people} people, {turns} turns, {size.kills} kills, "
        f"{time.monotonic() - begun:.0f} s: {lost} lost, {inverted} out of order, {doubled} doubled "
        f"({doubled / max(1, size.kills):.2f} a kill); at most {busiest} sent within a second; acknowledged "
        f"{_waits(talk.at_once)}; tried again because of a kill {_waits(talk.after_kills)}"
    )


async def kill(talk: Talk, supervisor: Supervisor, connection: psycopg.Connection[Any], due: float) -> str:
    """Kills the app when so many messages are answered, it is up, and some are under way; returns what was."""
    process, seen = supervisor["app"].process, talk.answered()
    unhandled = unsent = 0
    while process is None or talk.answered() < max(due, seen + 1) or not unhandled + unsent:
        await asyncio.sleep(random.uniform(0.005, 0.02))  # noqa: S311
        process = supervisor["app"].process
        unhandled, unsent = _under_way(connection)
    supervisor["app"].deaths = 0  # Else the next start waits longer each time.
    process.kill()
    await asyncio.to_thread(process.wait)
    return f"{unhandled} messages without a turn, {unsent} replies not sent"


def _under_way(connection: psycopg.Connection[Any]) -> tuple[int, int]:
    unhandled, unsent = connection.execute(UNDER_WAY).fetchone() or (0, 0)
    return unhandled, unsent


def _waits(waits: list[float]) -> str:
    if not waits:
        return "never"
    waits = sorted(waits)
    middle, late = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    return f"{len(waits)} times after {1000 * middle:.0f} ms (median), {1000 * late:.0f} ms (99th of 100)"


def main() -> None:
    """Reads the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--messages", type=int, default=3_000)
    reader.add_argument("--people", type=int, default=60)
    reader.add_argument("--kills", type=int, default=20)
    reader.add_argument("--rate", type=float, default=15.0, help="messages a second of all people together")
    given = reader.parse_args()
    size = Size(given.messages, given.people, given.kills, given.rate)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(size, Path(folder)))


if __name__ == "__main__":
    main()

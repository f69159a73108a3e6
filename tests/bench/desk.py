"""Two hundred open conversations and twenty counselors with live pages: `python -m tests.bench.desk`.

Measured are how long people who talk with the bot wait for its replies, without Rasa's time, side by side with a desk
at which nobody is, and how long after the word 人工 somebody stands on the desks. Each page does what `staff.js` does:
it holds a stream of events open and fetches its parts again when one of them changed. Half of the counselors look at
the queue, half at their six chats side by side.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx

from tests.bench.desk_office import Counselor, Office, Person, office

OPEN, COUNSELORS, SIDE_BY_SIDE = 200, 20, 6
WAIT_SECONDS = 0.06
"""As in `staff.js`: what changes meanwhile is fetched together."""
SECONDS_APART = {"queue": 0.3, "conversation": 1.5}
"""As there: a part that hears of everybody is not fetched again sooner after such an event."""
SPREAD_SECONDS = 0.2
"""As there: nor by all pages at once."""
EVENT_STREAM = {"accept": "text/event-stream"}
BY_ITSELF = {"x-unattended": "1"}
DESKS, ALONE = "a desk with people", "nobody at the desk"


@dataclass(frozen=True)
class Rates:
    """How much is said in a second: to the bot, by those who hold or wait, by all counselors, and new requests."""

    bot: float
    held: float
    replies: float
    requests: float


@dataclass
class Part:
    """A part of a page that keeps itself current."""

    wanted: frozenset[str]
    source: str
    shown: Callable[[str, float], None]
    fetched: float = 0.0
    plan: asyncio.Task[None] | None = None
    due: float = 0.0


@dataclass
class LivePage:
    """An open page of a counselor."""

    counselor: Counselor
    parts: list[Part]
    fetches: list[float] = field(default_factory=list)

    async def live(self) -> None:
        """Listens until cancelled."""
        headers = {**self.counselor.headers, **EVENT_STREAM}
        async with self.counselor.http.stream("GET", "/desk/events", headers=headers, timeout=None) as stream:
            name = ""
            async for line in stream.aiter_lines():
                kind, _, value = line.partition(": ")
                if kind == "event":
                    name = value
                elif kind == "data" or line == "data:":
                    self._hear(name, value)

    def _hear(self, name: str, subject: str) -> None:
        for part in self.parts:
            if name == "reread" or name in part.wanted or f"{name}/{subject}" in part.wanted:
                self._refresh_soon(part, name if name in part.wanted else "")

    def _refresh_soon(self, part: Part, name: str) -> None:
        now = time.monotonic()
        apart = SECONDS_APART.get(name, 0.0)
        spread = random.uniform(0, SPREAD_SECONDS) if apart else 0.0  # noqa: S311
        due = max(now + WAIT_SECONDS + spread, part.fetched + apart)
        if part.plan and not part.plan.done():
            part.due = min(part.due, due) if part.due > now else due
            return
        part.due = due
        part.plan = asyncio.create_task(self._refresh(part))

    async def _refresh(self, part: Part) -> None:
        while part.due:
            while (left := part.due - time.monotonic()) > 0:  # noqa: ASYNC110, it may be due sooner meanwhile
                await asyncio.sleep(min(left, 0.02))
            part.due = 0.0
            part.fetched = begun = time.monotonic()
            text = (await self.counselor.get(part.source, **BY_ITSELF)).text
            self.fetches.append(time.monotonic() - begun)
            part.shown(text, time.monotonic())


@dataclass
class Seen:
    """Who was seen on the desks, and how long after his word, once for each desk."""

    asked: dict[str, float] = field(default_factory=dict)
    by: dict[str, set[int]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    def look(self, page: int) -> Callable[[str, float], None]:
        """What a page does with the queue that it has fetched."""

        def shown(text: str, now: float) -> None:
            for name, begun in self.asked.items():
                if page not in self.by[name] and name in text:
                    self.by[name].add(page)
                    self.waits.append(now - begun)

        return shown


async def steadily(rate: float, until: float, act: Callable[[], Awaitable[None]]) -> None:
    """Does something so many times a second, at random moments, whether or not what was begun has ended."""
    chance, begun = random.Random(8), set()  # noqa: S311
    while time.monotonic() < until:
        begun.add(asyncio.create_task(_done(act)))
        await asyncio.sleep(chance.expovariate(rate))
    await asyncio.gather(*begun)


async def _done(act: Callable[[], Awaitable[None]]) -> None:
    await act()


class Load:
    """What people do."""

    def __init__(self, house: Office, rates: Rates) -> None:
        self._house, self._rates = house, rates
        self._talkers = [house.person("hotline") for _ in range(60)]
        self._numbers = count()
        self._free = list(self._talkers)
        self.replied: list[float] = []
        self.errors = 0

    async def ask(self) -> None:
        """Somebody who has nothing under way asks the bot something."""
        if not self._free:
            self.errors += 1
            return
        person = self._free.pop(0)
        begun = time.monotonic()
        await self._say(person, f"问题{next(self._numbers)}")
        self.replied.append(time.monotonic() - begun)
        self._free.append(person)

    async def _say(self, person: Person, text: str) -> None:
        try:
            await person.say(text, uuid.uuid4().hex)
        except (httpx.HTTPError, AssertionError):
            self.errors += 1

    async def alone(self, seconds: float) -> None:
        """Nobody at the desk: people talk with the bot only."""
        await steadily(self._rates.bot, time.monotonic() + seconds, self.ask)

    async def with_desks(self, seconds: float, chats: list[tuple[Counselor, Person, uuid.UUID]], seen: Seen) -> None:
        """The same, while counselors talk with people and more people come."""
        chance = random.Random(9)  # noqa: S311

        async def write() -> None:
            await self._say(chance.choice(chats)[1], f"又说一句{next(self._numbers)}")

        async def reply() -> None:
            counselor, _, conversation = chance.choice(chats)
            if not await counselor.reply(conversation, f"回一句{next(self._numbers)}", uuid.uuid4()):
                self.errors += 1

        async def request() -> None:
            person, name = self._house.person("hotline"), "".join(chance.choices("甲乙丙丁戊己庚辛", k=12))
            await self._say(person, f"我是{name}")
            seen.by[name], seen.asked[name] = set(), time.monotonic()
            await self._say(person, "人工")
            await asyncio.sleep(5)
            await self._say(person, "取消")

        until = time.monotonic() + seconds
        jobs = ((self._rates.bot, self.ask), (self._rates.held, write), (self._rates.replies, reply))
        await asyncio.gather(
            *(steadily(rate, until, act) for rate, act in jobs), steadily(self._rates.requests, until, request)
        )


def processor_seconds(house: Office) -> float:
    """What the app has used up to now."""
    process = house.supervisor["app"].process
    parts = Path(f"/proc/{process.pid if process else 0}/stat").read_text("ascii").rpartition(") ")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def measured(house: Office, load: Load, name: str, late: dict[str, float]) -> Iterator[None]:
    """Prints how long people waited for replies meanwhile, and what it cost."""
    load.replied, used, begun = [], processor_seconds(house), time.monotonic()
    yield
    took = time.monotonic() - begun
    late[name] = p95(load.replied)
    print(  # noqa: T201
        f"{name}: {len(load.replied)} replies to people, median {1000 * statistics.median(load.replied):.0f} ms, "
        f"p95 {1000 * late[name]:.0f} ms; app {(processor_seconds(house) - used) / took:.2f} processors, "
        f"load of the machine {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def p95(times: list[float]) -> float:
    """What 95 of 100 stay below."""
    return sorted(times)[len(times) * 95 // 100] if times else float("nan")


async def open_desks(house: Office, seen: Seen) -> tuple[list[LivePage], list[tuple[Counselor, Person, uuid.UUID]]]:
    """Two hundred open conversations; each counselor holds six, the others wait."""
    counselors = [house.counselor(n) for n in range(COUNSELORS)]
    chats, held = [], {number: [] for number in range(COUNSELORS)}  # type: ignore[var-annotated]
    for number in range(OPEN):
        person, conversation = house.waiting(("hotline", "web")[number % 2])
        if number < COUNSELORS * SIDE_BY_SIDE:
            one = number % COUNSELORS
            await counselors[one].take(conversation)
            chats.append((counselors[one], person, conversation))
            held[one].append(conversation)
    pages = []
    for number, counselor in enumerate(counselors):
        if number % 2:
            sides = [
                Part(frozenset({f"conversation/{one}"}), f"/desk/chats/{one}/said", lambda *_: None)
                for one in held[number]
            ]
            pages.append(LivePage(counselor, sides))
            continue
        queue = Part(frozenset({"queue", "conversation"}), "/desk/queue", seen.look(number))
        drafts = Part(frozenset({"queue"}), "/desk/approvals/part", lambda *_: None)
        pages.append(LivePage(counselor, [queue, drafts]))
    return pages, chats


async def run(rates: Rates, seconds: float, folder: Path) -> None:
    """Measures without a desk, with it, and without it again."""
    late: dict[str, float] = {}
    async with office(folder) as house:
        load, seen = Load(house, rates), Seen()
        await load.alone(min(5, seconds))
        with measured(house, load, ALONE, late):
            await load.alone(seconds)
        pages, chats = await open_desks(house, seen)
        living = [asyncio.create_task(page.live()) for page in pages]
        await asyncio.sleep(3)
        with measured(house, load, DESKS, late):
            await load.with_desks(seconds, chats, seen)
        expected = len(seen.asked) * sum(1 for page in pages if len(page.parts) == 2)
        fetches = [one for page in pages for one in page.fetches]
        dead = sum(one.done() for one in living)
        for one in living:
            one.cancel()
        await asyncio.gather(*living, return_exceptions=True)
        with measured(house, load, f"{ALONE}, again", late):
            await load.alone(seconds)
    print(  # noqa: T201
        f"{OPEN} open conversations, {COUNSELORS} live pages: a new request on the desks "
        f"{len(seen.waits)} of {expected} times, median {1000 * statistics.median(seen.waits):.0f} ms, "
        f"p95 {1000 * p95(seen.waits):.0f} ms after the word; parts fetched {len(fetches) / seconds:.1f} a second, "
        f"median {1000 * statistics.median(fetches):.0f} ms, p95 {1000 * p95(fetches):.0f} ms; "
        f"p95 of replies to people {late[DESKS] / late[ALONE]:.1f} times that with "
        f"nobody at the desk; {load.errors} errors, {dead} pages lost"
    )


def main() -> None:
    """Reads the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seconds", type=float, default=60.0)
    reader.add_argument("--bot", type=float, default=4.0, help="messages a second to the bot")
    reader.add_argument("--held", type=float, default=3.0, help="messages a second to counselors")
    reader.add_argument("--replies", type=float, default=2.0, help="replies a second of all counselors")
    reader.add_argument("--requests", type=float, default=0.5, help="new requests a second")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Rates(given.bot, given.held, given.replies, given.requests), given.seconds, Path(folder)))


if __name__ == "__main__":
    main()

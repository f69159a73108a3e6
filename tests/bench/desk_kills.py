"""kill -9 of the app under replies of counselors: `python -m tests.bench.desk_kills`.

The app runs as a process of its own with a real database; counselors answer people on the hotline and on the web, who
write meanwhile. A counselor whose page shows no answer sends the same form again, as the browser does, and so does who
writes to him. The kills fall evenly over the replies, and only while some are sent and not acknowledged. What each
person hears is fetched all the while, by its cursor.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import httpx

from tests.bench.desk_office import Counselor, Office, Person, office

SPOKEN = re.compile(r"第(\d+)句回复")


@dataclass(frozen=True)
class Size:
    """How large a run is."""

    replies: int
    chats: int
    counselors: int
    kills: int
    rate: float


@dataclass
class Talk:
    """A chat: who answers, who hears, and what came of it."""

    counselor: Counselor
    person: Person
    conversation: uuid.UUID
    heard: list[int] = field(default_factory=list)
    said: int = 0
    acknowledged: int = 0


@dataclass
class Board:
    """What all talks share. under_way: replies that are sent and not acknowledged."""

    under_way: int = 0
    acknowledged: int = 0
    tried_again: int = 0
    is_over: bool = False


async def insist(ask: Callable[[], Awaitable[bool]]) -> int:
    """Asks until it is accepted; returns how often."""
    tries = 0
    while True:
        tries += 1
        try:
            if await ask():
                return tries
        except (httpx.HTTPError, AssertionError):  # Killed meanwhile, or not up yet.
            pass
        await asyncio.sleep(0.2)


async def answer(talk: Talk, board: Board, count: int, pause: float) -> None:
    """The counselor says so many things in a chat, one after the other."""
    chance = random.Random(talk.conversation.int)  # noqa: S311
    await asyncio.sleep(chance.uniform(0, pause))
    for number in range(count):
        form, text = uuid.uuid4(), f"第{number}句回复"
        board.under_way += 1
        tries = await insist(lambda form=form, text=text: talk.counselor.reply(talk.conversation, text, form))  # type: ignore[misc]
        board.under_way -= 1
        board.tried_again += tries > 1
        board.acknowledged += 1
        talk.acknowledged += 1
        if chance.random() < 0.25:  # What he writes meanwhile is taken in too.
            message = uuid.uuid4().hex

            async def write(message: str = message) -> bool:
                await talk.person.say(f"第{talk.said}句话", message)
                return True

            await insist(write)
            talk.said += 1
        await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)


async def listen(talk: Talk, board: Board) -> None:
    """The person hears what is said to him until all is over, and once more then."""
    is_last = False
    while not is_last:
        is_last = board.is_over
        try:
            talk.heard += spoken(await talk.person.hear())
        except (httpx.HTTPError, AssertionError, KeyError):
            is_last = False
        await asyncio.sleep(0 if is_last else 0.5)


def spoken(texts: list[str]) -> list[int]:
    """The numbers of the replies in what was heard."""
    return [int(found[1]) for text in texts if (found := SPOKEN.search(text))]


async def kill(house: Office, board: Board, due: float) -> int:
    """Kills the app when so many replies are acknowledged and others are under way; returns how many those are."""
    process, seen = house.supervisor["app"].process, board.acknowledged
    while process is None or board.acknowledged < max(due, seen + 1) or not board.under_way:
        await asyncio.sleep(random.uniform(0.001, 0.01))  # noqa: S311
        process = house.supervisor["app"].process
    house.supervisor["app"].deaths = 0  # Else the next start waits longer each time.
    under_way = board.under_way
    process.kill()
    await asyncio.to_thread(process.wait)
    return under_way


async def run(size: Size, folder: Path) -> None:
    """Starts everything, kills, waits for the end and prints the figures."""
    async with office(folder) as house:
        counselors = [house.counselor(n) for n in range(size.counselors)]
        talks = []
        for number in range(size.chats):
            person, conversation = house.waiting(("hotline", "web")[number % 2])
            talks.append(Talk(counselors[number % size.counselors], person, conversation))
        for talk in talks:
            await talk.counselor.take(talk.conversation)
        board, begun, each = Board(), time.monotonic(), size.replies // size.chats
        hearing = [asyncio.create_task(listen(talk, board)) for talk in talks]
        answering = [asyncio.create_task(answer(talk, board, each, size.chats / size.rate)) for talk in talks]
        for number in range(size.kills):
            under_way = await kill(house, board, each * size.chats * (number + 0.5) / size.kills)
            at = f"{board.acknowledged} acknowledged after {time.monotonic() - begun:.0f} s"
            print(f"kill {number + 1}: {at}; {under_way} under way", flush=True)  # noqa: T201
        await asyncio.gather(*answering)
        board.is_over = True
        await asyncio.gather(*hearing)
        took = time.monotonic() - begun
        print(  # noqa: T201
            f"{each * size.chats} replies of {size.counselors} counselors in {size.chats} chats, {size.kills} kills, "
            f"{took:.0f} s, {board.tried_again} sent again because of a kill"
        )
        for channel in ("hotline", "web"):
            mine = [one for one in talks if one.person.channel == channel]
            print(f"{channel}: {await verdict(house, mine, each)}")  # noqa: T201
        print(f"written by the people meanwhile: {written(house, talks)}")  # noqa: T201


async def verdict(house: Office, talks: list[Talk], each: int) -> str:
    """What became of the replies: as they were heard one after the other, and as they are written down at the end."""
    lost = doubled = inverted = differ = 0
    query = "SELECT text FROM transcript WHERE conversation_id = %s AND speaker = 'counselor' ORDER BY id"
    for talk in talks:
        counted = Counter(talk.heard)
        lost += len(set(range(each)) - set(counted))
        doubled += sum(count - 1 for count in counted.values())
        inverted += sum(1 for one, other in pairwise(talk.heard) if other < one)
        rows = house.database.execute(query.encode(), (talk.conversation,)).fetchall()
        differ += spoken([text for (text,) in rows]) != list(range(each))
    return f"{lost} lost, {doubled} doubled, {inverted} out of order; {differ} of {len(talks)} transcripts differ"


def written(house: Office, talks: list[Talk]) -> str:
    """What became of the words of the people."""
    query = "SELECT count(*), count(DISTINCT (conversation_id, text)) FROM transcript WHERE text LIKE '第%句话'"
    rows, different = house.database.execute(query.encode()).fetchone() or (0, 0)
    said = sum(talk.said for talk in talks)
    return f"{said}, of them {said - different} lost, {rows - different} doubled"


def main() -> None:
    """Reads the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--replies", type=int, default=1_200)
    reader.add_argument("--chats", type=int, default=24)
    reader.add_argument("--counselors", type=int, default=4)
    reader.add_argument("--kills", type=int, default=20)
    reader.add_argument("--rate", type=float, default=12.0, help="replies a second of all counselors together")
    given = reader.parse_args()
    size = Size(given.replies, given.chats, given.counselors, given.kills, given.rate)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(size, Path(folder)))


if __name__ == "__main__":
    main()

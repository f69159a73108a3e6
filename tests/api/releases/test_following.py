"""Several processes on one database speak from the same release, and nothing goes back and forth between two."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from api.releases.files import read_folder
from api.settings import Settings
from knowledge.loader import DATA, KnowledgeError
from tests.fakes.following import Process, process, seconds_until, write
from tests.knowledge.check.toy import CARD, TODAY, TOY, written

PHRASES = "national/phrases.yaml"
ONE_THING, CARD_TEXT = "优待证是一件事。", "优待证是一张卡。"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A checkout with the toy data."""
    return written(tmp_path / "one" / "knowledge" / "data")


@pytest.fixture
async def first(settings: Settings, data: Path) -> AsyncIterator[Process]:
    """A process on it that has imported everything."""
    async with running(settings, data) as one:
        yield one


def running(settings: Settings, data: Path, runs: bool = False) -> AbstractAsyncContextManager[Process]:
    return process(settings, data, TODAY, runs=runs)


def checkout(data: Path, name: str) -> Path:
    """Another folder with the same files."""
    return Path(shutil.copytree(data, data.parents[2] / name / "knowledge" / "data"))


def card(one: Process) -> str:
    """What is said of the card."""
    return one.now.library.provinces["toy"].items["card"].aspects["overview"].say


def edited(data: Path, path: str, old: str, new: str) -> bytes:
    """What a file would hold after an edit."""
    text = (data / path).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1).encode()


async def test_the_first_start_publishes_the_real_data_byte_for_byte(settings: Settings) -> None:
    async with process(settings, DATA) as one:
        release = await one.releases.current()

        assert (release.number, release.kind) == (1, "import")
        assert await one.releases.files(1) == read_folder(DATA)
        assert one.now.library.release == release.name


async def test_another_start_publishes_nothing(settings: Settings, first: Process, data: Path) -> None:
    async with running(settings, data) as second:
        assert second.number == "1"
        assert len(await second.releases.list()) == 1


async def test_what_is_published_is_spoken_by_every_process(settings: Settings, data: Path) -> None:
    async with running(settings, data, runs=True) as one, running(settings, data, runs=True) as two:
        await one.publish({CARD: edited(data, CARD, ONE_THING, CARD_TEXT)})

        waited = await seconds_until(lambda: one.number == two.number == "2")

    assert waited < 5
    assert card(two) == CARD_TEXT


async def test_a_roll_back_is_spoken_by_every_process_and_stays(settings: Settings, data: Path) -> None:
    async with running(settings, data, runs=True) as one, running(settings, data, runs=True) as two:
        await one.publish({CARD: edited(data, CARD, ONE_THING, CARD_TEXT)})
        await one.roll_back(1)

        await seconds_until(lambda: one.number == two.number == "3")
        await one.following.look()

        assert card(one) == ONE_THING
    async with running(settings, data) as later:
        assert later.number == "3"


async def test_an_edit_of_the_folder_keeps_what_the_studio_published(first: Process, data: Path) -> None:
    await first.publish({CARD: edited(data, CARD, ONE_THING, CARD_TEXT)})
    write(data / PHRASES, "问{ask}。", "去问{ask}。")

    await first.following.look()

    assert first.number == "3"
    assert first.says("toy", "优待证要钱吗").endswith("去问玩具窗口。")
    assert card(first) == CARD_TEXT
    assert first.knowledge.waiting == ()


async def test_what_both_changed_stays_as_the_studio_has_it_and_is_told(first: Process, data: Path) -> None:
    await first.publish({CARD: edited(data, CARD, ONE_THING, CARD_TEXT)})
    write(data / CARD, ONE_THING, "优待证是一张纸。")

    await first.following.look()
    await first.following.take_newest()

    assert (first.number, first.knowledge.waiting, first.knowledge.faults) == ("2", (CARD,), ())
    assert card(first) == CARD_TEXT


async def test_what_waits_is_still_told_after_a_restart(settings: Settings, first: Process, data: Path) -> None:
    await first.publish({CARD: edited(data, CARD, ONE_THING, CARD_TEXT)})
    write(data / CARD, ONE_THING, "优待证是一张纸。")
    await first.following.look()

    async with running(settings, data) as second:
        assert (second.number, second.knowledge.waiting) == ("2", (CARD,))


async def test_nothing_waits_once_the_folder_holds_what_the_studio_published(first: Process, data: Path) -> None:
    await first.publish({CARD: edited(data, CARD, ONE_THING, CARD_TEXT)})
    write(data / CARD, ONE_THING, "优待证是一张纸。")
    await first.following.look()
    write(data / CARD, "优待证是一张纸。", CARD_TEXT)

    await first.following.look()

    assert (first.knowledge.waiting, len(await first.releases.list())) == ((), 2)


async def test_an_edit_made_while_nobody_ran_is_published_at_the_start(settings: Settings, data: Path) -> None:
    async with running(settings, data):
        pass
    write(data / CARD, ONE_THING, CARD_TEXT)

    async with running(settings, data) as later:
        assert (later.number, card(later)) == ("2", CARD_TEXT)


async def test_an_edit_taken_back_while_nobody_ran_is_published_too(settings: Settings, data: Path) -> None:
    async with running(settings, data) as one:
        write(data / CARD, ONE_THING, CARD_TEXT)
        await one.following.look()
    write(data / CARD, CARD_TEXT, ONE_THING)

    async with running(settings, data) as later:
        assert (later.number, card(later)) == ("3", ONE_THING)


async def test_two_processes_on_one_folder_publish_an_edit_once(settings: Settings, data: Path) -> None:
    async with running(settings, data, runs=True) as one, running(settings, data, runs=True) as two:
        write(data / CARD, ONE_THING, CARD_TEXT)

        await seconds_until(lambda: one.number == two.number == "2")
        await one.following.look()
        await two.following.look()

        assert [release.number for release in await one.releases.list()] == [2, 1]


async def test_an_older_checkout_beside_a_newer_one_turns_nothing_back(
    settings: Settings, first: Process, data: Path
) -> None:
    newer = checkout(data, "newer")
    write(newer / CARD, ONE_THING, CARD_TEXT)
    async with running(settings, newer) as second:
        await first.following.take_newest()
        await first.following.look()
        async with running(settings, checkout(data, "older")) as third:
            for each in (third, first, second, third):
                await each.following.look()
                await each.following.take_newest()

            assert (first.number, second.number, third.number) == ("2", "2", "2")
            assert "published before" in third.knowledge.waiting[0]
        assert second.knowledge.waiting == ()


async def test_an_edit_of_an_older_checkout_brings_only_what_was_edited(
    settings: Settings, first: Process, data: Path
) -> None:
    newer, older = checkout(data, "newer"), checkout(data, "older")
    write(newer / CARD, ONE_THING, CARD_TEXT)
    async with running(settings, newer):
        pass
    write(older / PHRASES, "问{ask}。", "去问{ask}。")

    async with running(settings, older) as third:
        assert third.number == "3"
        assert third.says("toy", "优待证要钱吗").endswith("去问玩具窗口。")
        assert card(third) == CARD_TEXT


async def test_a_release_that_this_code_cannot_read_is_told_and_the_one_before_goes_on(
    settings: Settings, first: Process, data: Path
) -> None:
    await first.publish({CARD: b"id: card\n"})

    await first.following.take_newest()
    async with running(settings, data) as later:
        assert (first.number, later.number) == ("1", "1")
        assert "release 2-" in first.knowledge.unreadable[0]
        assert "release 2-" in later.knowledge.unreadable[0]
        await later.publish({CARD: edited(data, CARD, ONE_THING, CARD_TEXT)})
        await later.following.take_newest()

        assert (later.number, later.knowledge.unreadable) == ("3", ())


async def test_a_faulty_folder_does_not_keep_a_process_from_starting(
    settings: Settings, first: Process, data: Path
) -> None:
    write(data / CARD, "id: card", "id: [card")

    async with running(settings, data) as later:
        assert later.number == "1"
        assert "card.yaml:" in later.knowledge.faults[0]


async def test_before_anything_is_published_a_faulty_folder_does(settings: Settings, tmp_path: Path) -> None:
    data = written(tmp_path / "knowledge" / "data", {CARD: "id: card\n"})

    with pytest.raises(KnowledgeError):
        async with running(settings, data):
            pass


async def test_an_edit_that_does_not_fit_to_what_the_studio_published_changes_nothing(
    first: Process, data: Path
) -> None:
    await first.publish({CARD: edited(data, CARD, "department: office", "department: office2"), **_renamed(data)})
    await first.following.take_newest()
    write(data / f"{TOY}/papers.yaml", "photo", "picture")

    await first.following.look()

    assert first.number == "2"
    assert first.knowledge.faults != ()


def _renamed(data: Path) -> dict[str, bytes | None]:
    """The department under a new id in the catalogue beside the old one."""
    path = "national/departments.yaml"
    text = (data / path).read_text(encoding="utf-8")
    begin = text.index("- ")
    entry = text[begin:].split("\n- ")[0]
    more = f"\n{entry}".replace("id: office", "id: office2")
    return {path: (text.rstrip("\n") + more.rstrip("\n") + "\n").encode()}


async def test_sentences_that_a_release_lacks_come_from_the_codes_own_folder(
    settings: Settings, first: Process, data: Path
) -> None:
    text = (data / PHRASES).read_text(encoding="utf-8")
    key = "who_knows_number"
    kept = [line for line in text.split("\n") if not line.strip().startswith(f"{key}:")]
    await first.publish({PHRASES: "\n".join(kept).encode()})

    await first.following.take_newest()
    async with running(settings, data) as later:
        assert first.number == later.number == "2"
        assert first.now.library.phrases[key] == later.now.library.phrases[key]

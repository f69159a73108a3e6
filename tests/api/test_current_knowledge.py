"""Edits of the folder go live while the app runs; a faulty one changes nothing."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from api.settings import Settings
from knowledge.loader import DATA
from knowledge.reference import Reference
from tests.actions import builders
from tests.actions.builders import in_questionnaire
from tests.fakes.following import Process, process, seconds_until, write
from tests.knowledge.check.toy import CARD, TODAY, TOY, written

PHRASES = "national/phrases.yaml"
NEW_QUESTION = """\
  - source: 三
    id: can_swim
    text: 您会游泳吗？
    options:
      - {id: "yes", label: 会}
      - {id: "no", label: 不会}
    why: 会影响材料。
    unsure: 到窗口问。
    stated: true
"""
NO_SWIMMER = """\
  - source: 三
    id: no_swimmer
    when: {question: can_swim, equals: "no"}
    say: 不会游泳的请到窗口问。
"""


@pytest.fixture
async def current(settings: Settings, tmp_path: Path) -> AsyncIterator[Process]:
    """A process that speaks from the toy data, which lie in a folder to be edited."""
    async with process(settings, written(tmp_path / "knowledge" / "data"), TODAY) as one:
        yield one


def overview_of_card(current: Process) -> str:
    resolver = current.now.resolver(current.now.library.provinces["toy"])
    entry = resolver.entry("toy.item.card.overview")
    assert entry is not None
    return resolver.said(entry).say


async def test_nothing_is_taken_over_as_long_as_nothing_changes(current: Process) -> None:
    first = current.now

    await current.following.look()
    await current.following.take_newest()

    assert (current.now, current.knowledge.faults) == (first, ())


async def test_an_edited_text_is_the_next_answer(current: Process) -> None:
    write(current.data / CARD, "优待证是一件事。", "优待证是一张卡。")

    await current.following.look()

    assert overview_of_card(current) == "优待证是一张卡。"


async def test_the_assistants_own_sentences_are_taken_over_too(current: Process) -> None:
    write(current.data / PHRASES, "问{ask}。", "去问{ask}。")

    await current.following.look()

    assert current.says("toy", "优待证要钱吗").endswith("去问玩具窗口。")


async def test_a_new_everyday_name_is_understood(current: Process) -> None:
    write(current.data / "national/items.yaml", "优待卡", "老兵卡")

    await current.following.look()

    assert current.says("toy", "老兵卡要带什么") == "办优待证带：照片。"


async def test_what_did_not_change_is_not_built_again(current: Process) -> None:
    first = current.now
    write(current.data / PHRASES, "问{ask}。", "去问{ask}。")

    await current.following.look()

    assert current.now.vocabulary is first.vocabulary
    assert _index(current.now) is _index(first)


async def test_the_index_is_built_anew_for_other_phrasings(current: Process) -> None:
    first = current.now
    write(current.data / CARD, "优待证是一件事。", "优待证是一张卡。")

    await current.following.look()

    assert _index(current.now) is not _index(first)


def _index(reference: Reference) -> object:
    return reference.resolver(reference.library.provinces["toy"]).search


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (CARD, "next_step:", "nextstep:", "card.yaml:1: next_step: Field required"),
        (CARD, "id: card", "id: [card", "card.yaml:"),
        (CARD, "department: office", "department: nobody", "nobody"),
        (PHRASES, "who_knows_number:", "who_knows_numbers:", "'who_knows_number' is gone"),
        (PHRASES, "打{ask}", "打{ask", "the braces of 'who_knows_number'"),
        (PHRASES, "打{ask}", "打{who}", "names {who}"),
        (f"{TOY}/province.yaml", "id: toy\n", "id: toys\n", "is not the folder's name"),
    ],
    ids=["schema", "no YAML", "dangling id", "lost phrase", "open brace", "other name", "wrong folder"],
)
async def test_a_broken_edit_keeps_what_was_and_is_told(
    current: Process, file: str, old: str, new: str, told: str
) -> None:
    first = current.now
    write(current.data / file, old, new)

    await current.following.look()

    assert current.now is first
    assert told in "\n".join(current.knowledge.faults)


async def test_places_that_cannot_be_read_are_a_fault_too(current: Process) -> None:
    path = current.data / "national" / "region_aliases.yaml"
    path.unlink()
    path.write_text("aliases: [", encoding="utf-8")

    await current.following.look()

    assert "the places cannot be read" in current.knowledge.faults[0]


async def test_mending_goes_live_and_clears_the_fault(current: Process) -> None:
    write(current.data / CARD, "department: office", "department: nobody")
    await current.following.look()
    write(current.data / CARD, "department: nobody", "department: office")
    write(current.data / CARD, "优待证是一件事。", "优待证是一张卡。")

    await current.following.look()

    assert current.knowledge.faults == ()
    assert overview_of_card(current) == "优待证是一张卡。"


async def test_taking_an_edit_back_clears_the_fault(current: Process) -> None:
    first = current.now
    write(current.data / CARD, "department: office", "department: nobody")
    await current.following.look()
    write(current.data / CARD, "department: nobody", "department: office")

    await current.following.look()

    assert (current.now, current.knowledge.faults) == (first, ())


async def test_files_that_an_editor_leaves_for_a_while_are_no_edit(current: Process) -> None:
    first = current.now
    (current.data / TOY / ".topics.yaml.swp").write_text("{", encoding="utf-8")
    (current.data / TOY / "topics.yaml~").write_text("{", encoding="utf-8")

    await current.following.look()

    assert (current.now, current.knowledge.faults) == (first, ())


async def test_a_turn_keeps_the_release_under_which_it_began(current: Process) -> None:
    first = current.now
    with current.knowledge.of_one_turn() as release:
        write(current.data / PHRASES, "问{ask}。", "去问{ask}。")
        await current.following.look()

        assert current.knowledge.of(release) is first
        assert current.now is not first
    assert current.knowledge.of("a release of another process") is current.now


async def test_an_edit_becomes_a_numbered_release_that_names_its_files(current: Process) -> None:
    write(current.data / CARD, "优待证是一件事。", "优待证是一张卡。")

    await current.following.look()

    release = await current.releases.current()
    assert (release.number, release.kind, release.reason, release.made_by) == (2, "import", CARD, None)
    assert current.now.library.release == release.name


@asynccontextmanager
async def country(settings: Settings, tmp_path: Path, runs: bool = True) -> AsyncIterator[Process]:
    """A process on a copy of the real data."""
    data = Path(shutil.copytree(DATA, tmp_path / "knowledge" / "data"))
    async with process(settings, data, date.today(), runs=runs) as one:
        yield one


async def test_an_edit_of_the_real_data_is_live_within_a_second_and_a_broken_one_told_until_it_is_mended(
    settings: Settings, tmp_path: Path
) -> None:
    async with country(settings, tmp_path) as current:
        path = current.data / "provinces/sichuan/topics.yaml"
        write(path, "questions: [", "questions: [星星掉进河里啦怎么整, ")
        await seconds_until(lambda: current.number == "2")
        await current.following.take_newest()  # Only now all is read that a later edit need not read.
        write(path, "questions: [", "questions: [月亮掉进河里啦怎么整, ")
        busy = time.process_time()  # Of the processor, because a machine with other work takes longer by the clock.
        await seconds_until(lambda: current.number == "3")
        busy = time.process_time() - busy
        first_topic = next(iter(current.now.library.provinces["sichuan"].topics.values()))
        assert current.says("sichuan", "月亮掉进河里啦怎么整") == first_topic.say
        assert busy < 1.5

        before = current.now
        write(path, "topics:\n", "topicz:\n")
        await seconds_until(lambda: bool(current.knowledge.faults))
        assert current.now is before
        write(path, "topicz:\n", "topics:\n")
        await seconds_until(lambda: not current.knowledge.faults)


async def test_who_is_half_way_through_goes_on_under_the_new_release(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with country(settings, tmp_path, runs=False) as current:
        monkeypatch.setattr(builders, "knowledge", lambda: current.now)
        person = await in_questionnaire("1", "1")
        path = current.data / "provinces/henan/questionnaire.yaml"
        write(path, "questions:\n", f"questions:\n{NEW_QUESTION}")
        write(path, "not_covered:\n", f"not_covered:\n{NO_SWIMMER}")
        await current.following.look()

        result = await person.answers("1")

    assert current.knowledge.faults == ()
    assert "前面多了 1 题" in result.replies[0].text
    assert result.replies[-1].text.startswith("您会游泳吗？")

"""Edits of the data go live while the app runs; a faulty one changes nothing."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from api.current_knowledge import CurrentKnowledge
from knowledge.loader import DATA, load_library
from knowledge.reference import Reference
from knowledge.resolve import Subject
from tests.actions import builders
from tests.actions.builders import in_questionnaire
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
def data(tmp_path: Path) -> Path:
    """The toy data, to be edited."""
    return written(tmp_path / "knowledge" / "data")


@pytest.fixture
def current(data: Path) -> CurrentKnowledge:
    """What is spoken from, after the first look at the folder."""
    return watched(data, TODAY)


def watched(data: Path, today: date) -> CurrentKnowledge:
    knowledge = CurrentKnowledge(Reference(load_library(data)), data, lambda: today)
    knowledge.look()
    return knowledge


def write(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def answer(current: CurrentKnowledge, province: str, question: str) -> str:
    found = current.now.resolver(current.library.provinces[province]).resolve(question, Subject())
    return found.said.say if found.said else ""


def overview_of_card(current: CurrentKnowledge) -> str:
    resolver = current.now.resolver(current.library.provinces["toy"])
    entry = resolver.entry("toy.item.card.overview")
    assert entry is not None
    return resolver.said(entry).say


def test_nothing_is_taken_over_as_long_as_nothing_changes(current: CurrentKnowledge) -> None:
    first = current.now

    current.look()

    assert (current.now, current.faults) == (first, ())


def test_an_edited_text_is_the_next_answer(current: CurrentKnowledge, data: Path) -> None:
    write(data / CARD, "优待证是一件事。", "优待证是一张卡。")

    current.look()

    assert overview_of_card(current) == "优待证是一张卡。"


def test_the_assistants_own_sentences_are_taken_over_too(current: CurrentKnowledge, data: Path) -> None:
    write(data / PHRASES, "问{ask}。", "去问{ask}。")

    current.look()

    assert answer(current, "toy", "优待证要钱吗").endswith("去问玩具窗口。")


def test_a_new_everyday_name_is_understood(current: CurrentKnowledge, data: Path) -> None:
    write(data / "national/items.yaml", "优待卡", "老兵卡")

    current.look()

    assert answer(current, "toy", "老兵卡要带什么") == "办优待证带：照片。"


def test_what_did_not_change_is_not_built_again(current: CurrentKnowledge, data: Path) -> None:
    first = current.now
    write(data / PHRASES, "问{ask}。", "去问{ask}。")

    current.look()

    assert current.now.vocabulary is first.vocabulary
    assert _index(current.now) is _index(first)


def test_the_index_is_built_anew_for_other_phrasings(current: CurrentKnowledge, data: Path) -> None:
    first = current.now
    write(data / CARD, "优待证是一件事。", "优待证是一张卡。")

    current.look()

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
def test_a_broken_edit_keeps_what_was_and_is_told(
    current: CurrentKnowledge, data: Path, file: str, old: str, new: str, told: str
) -> None:
    first = current.now
    write(data / file, old, new)

    current.look()

    assert current.now is first
    assert told in "\n".join(current.faults)


def test_places_that_cannot_be_read_are_a_fault_too(current: CurrentKnowledge, data: Path) -> None:
    path = data / "national" / "region_aliases.yaml"
    path.unlink()
    path.write_text("aliases: [", encoding="utf-8")

    current.look()

    assert "the places cannot be read" in current.faults[0]


def test_mending_goes_live_and_clears_the_fault(current: CurrentKnowledge, data: Path) -> None:
    write(data / CARD, "department: office", "department: nobody")
    current.look()
    write(data / CARD, "department: nobody", "department: office")
    write(data / CARD, "优待证是一件事。", "优待证是一张卡。")

    current.look()

    assert current.faults == ()
    assert overview_of_card(current) == "优待证是一张卡。"


def test_taking_an_edit_back_clears_the_fault(current: CurrentKnowledge, data: Path) -> None:
    first = current.now
    write(data / CARD, "department: office", "department: nobody")
    current.look()
    write(data / CARD, "department: nobody", "department: office")

    current.look()

    assert (current.now, current.faults) == (first, ())


def test_files_that_an_editor_leaves_for_a_while_are_no_edit(current: CurrentKnowledge, data: Path) -> None:
    first = current.now
    (data / TOY / ".topics.yaml.swp").write_text("{", encoding="utf-8")
    (data / TOY / "topics.yaml~").write_text("{", encoding="utf-8")

    current.look()

    assert (current.now, current.faults) == (first, ())


def test_a_turn_keeps_the_release_under_which_it_began(current: CurrentKnowledge, data: Path) -> None:
    first = current.now
    with current.of_one_turn() as release:
        write(data / PHRASES, "问{ask}。", "去问{ask}。")
        current.look()

        assert current.of(release) is first
        assert current.now is not first
    assert current.of("a release of another process") is current.now


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> tuple[CurrentKnowledge, Path]:
    """A copy of the real data, and what is spoken from it."""
    data = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("copy") / "knowledge" / "data"))
    return watched(data, date.today()), data


@asynccontextmanager
async def watching(current: CurrentKnowledge) -> AsyncIterator[None]:
    task = asyncio.create_task(current.watch())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def seconds_until(is_so: Callable[[], bool]) -> float:
    began = time.monotonic()
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110, a thread changes it
            await asyncio.sleep(0.01)
    return time.monotonic() - began


async def test_an_edit_of_the_real_data_is_live_within_a_second(country: tuple[CurrentKnowledge, Path]) -> None:
    current, data = country
    before = current.library.release
    path = data / "provinces/sichuan/topics.yaml"
    async with watching(current):
        write(path, "questions: [", "questions: [月亮掉进河里啦怎么整, ")
        waited = await seconds_until(lambda: current.library.release != before)

    first_topic = next(iter(current.library.provinces["sichuan"].topics.values()))
    assert answer(current, "sichuan", "月亮掉进河里啦怎么整") == first_topic.say
    assert waited < 1


async def test_a_broken_edit_of_the_real_data_is_told_until_it_is_mended(
    country: tuple[CurrentKnowledge, Path],
) -> None:
    current, data = country
    before = current.now
    path = data / "provinces/sichuan/topics.yaml"
    async with watching(current):
        write(path, "topics:\n", "topicz:\n")
        await seconds_until(lambda: bool(current.faults))
        assert current.now is before
        write(path, "topicz:\n", "topics:\n")
        await seconds_until(lambda: not current.faults)


async def test_who_is_half_way_through_goes_on_under_the_new_release(
    country: tuple[CurrentKnowledge, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    current, data = country
    monkeypatch.setattr(builders, "knowledge", lambda: current.now)
    person = await in_questionnaire("1", "1")
    path = data / "provinces/henan/questionnaire.yaml"
    write(path, "questions:\n", f"questions:\n{NEW_QUESTION}")
    write(path, "not_covered:\n", f"not_covered:\n{NO_SWIMMER}")
    current.look()

    result = await person.answers("1")

    assert current.faults == ()
    assert "前面多了 1 题" in result.replies[0].text
    assert result.replies[-1].text.startswith("您会游泳吗？")

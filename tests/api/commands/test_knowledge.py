from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from api.cli import command_line
from api.impact.gate_vectors import load_gate_vectors, make_gate_vectors
from knowledge.check import examine
from knowledge.embedding import Embedder
from knowledge.ranking import load_ranking
from knowledge.reference import Reference
from knowledge.signals import NAMES
from knowledge.tuning import write
from knowledge.vectors import VectorStore
from tests.bench.country import ByHash
from tests.knowledge.builders import NoModel, library, province, statement
from tests.knowledge.check.toy import written

LINE = CliRunner()


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and all that was printed."""
    result = LINE.invoke(command_line([]), ["knowledge", *arguments])
    return result.exit_code, result.output


def test_check_counts_what_there_is_and_says_how_long_it_took() -> None:
    code, said = run("check")

    assert code == 0, said
    assert "combinations" in said
    assert "henan-2024: " in said
    assert " s of the processor).\nRelease " in said


def test_check_warns_of_guides_that_nobody_looked_at_again_and_passes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aged = partial(examine, written(tmp_path), date(2026, 1, 1))
    monkeypatch.setattr("api.commands.knowledge.examine", lambda **_: aged())

    code, said = run("check")

    assert code == 0
    assert "warning: " in said
    assert "'toy-guide' was last checked on 2024-02-01 and was to be checked again by 2025-02-01" in said
    assert "No faults, 2 warnings" in said


def test_hints_are_shown_when_asked_for() -> None:
    assert "hint: " not in run("check")[1]
    assert "hint: " in run("check", "--hints")[1]


def test_coverage_lists_the_facts_of_each_section_of_one_guide() -> None:
    code, said = run("coverage", "--guide", "henan-2024")

    assert code == 0
    assert "henan.item.household_registration" in next(one for one in said.splitlines() if one.startswith("四(三)5 "))
    assert "hainan" not in said


def test_an_unknown_guide_is_answered_with_those_there_are() -> None:
    code, said = run("coverage", "--guide", "henan")

    assert code == 1
    assert "no sections of 'henan'; there are " in said


@pytest.mark.parametrize("fact", ["henan.paper.photo", "hainan.item.subsidy"])
def test_show_prints_a_fact_with_its_source(fact: str) -> None:
    code, said = run("show", fact)

    assert code == 0
    assert '"source"' in said


TOPIC = statement("下雨照常办。", id="rain", title="下雨天办不办", questions=["下大雨还上班吗", "刮风下雨能去不"])


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> VectorStore:
    """One small province, and vectors by hash: the store that is in use."""
    return toy_with(monkeypatch, ByHash())


def toy_with(monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> VectorStore:
    store = VectorStore({}, embedder)
    monkeypatch.setattr("api.commands.knowledge._library", lambda: library(province(topics=[TOPIC])))
    monkeypatch.setattr("api.commands.knowledge.Reference", partial(Reference, vectors=store))
    return store


def test_search_shows_the_answer_how_sure_it_is_and_what_came_near(toy: VectorStore) -> None:
    code, said = run("search", "下大雨还上班吗")

    assert code == 0
    assert "== toy\n下雨照常办。\n   complete: toy.topic.rain\n" in said
    assert ", release toy release\n" in said
    assert "  toy.topic.rain  下雨天办不办\n" in said
    assert "own_words" not in said


def test_search_explains_what_each_signal_added(toy: VectorStore) -> None:
    said = run("search", "下大雨还上班吗", "--explain")[1]

    of_first = said.split("toy.topic.rain  下雨天办不办\n")[1].splitlines()[0]
    assert "own_words " in of_first
    assert "own_meaning " in of_first


def test_embed_keeps_the_vectors_of_todays_texts_and_no_others(
    toy: VectorStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    toy.add(["昨天的说法"])
    monkeypatch.setattr(VectorStore.save, "__defaults__", (tmp_path / "texts.npz",))
    monkeypatch.setattr(make_gate_vectors, "__defaults__", (tmp_path / "gate.npz",))

    code, said = run("embed")

    kept = VectorStore.load(tmp_path / "texts.npz", NoModel())
    assert code == 0
    assert kept.missing(["下雨照常办。", "下大雨还上班吗", "昨天的说法"]) == ["昨天的说法"]
    of_gate = len(load_gate_vectors(tmp_path / "gate.npz"))
    assert re.search(rf"\d+ vectors are kept, and {of_gate} of questions by which changes are judged\.\n$", said)


def test_tune_trains_on_the_development_questions(
    toy: VectorStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = {"id": "q1", "said": "下雨窗口开不开", "answerable": True, "topic": "time_limit", "must": ["照常办"]}
    (tmp_path / "toy.yaml").write_text(yaml.safe_dump({"questions": [{**asked, "section": ["一"]}]}), "utf-8")
    (tmp_path / "chat.txt").write_text("讲个笑话\n", "utf-8")
    (tmp_path / "injection.txt").write_text("", "utf-8")
    monkeypatch.setattr("api.commands.knowledge.DEVELOPMENT", tmp_path)
    monkeypatch.setattr("api.commands.knowledge.OFF_TOPIC", tmp_path)
    utterances = [{"text": "谢谢", "intent": "thank"}, {"text": "户口几天", "intent": "ask_policy"}]
    (tmp_path / "utterances.yml").write_text(yaml.safe_dump(utterances), "utf-8")
    monkeypatch.setattr("api.commands.knowledge.UTTERANCES", tmp_path / "utterances.yml")
    monkeypatch.setattr(write, "__defaults__", (tmp_path / "ranking.json",))

    code, said = run("tune")

    assert code == 0, said
    assert said == "The ranking is trained on 3 questions and the phrasings.\n"
    assert set(load_ranking(tmp_path / "ranking.json").with_meaning.weights) == set(NAMES)


@pytest.mark.parametrize("command", ["embed", "tune"])
def test_what_needs_the_embedding_says_so_where_there_is_none(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    toy_with(monkeypatch, NoModel())

    assert run(command) == (1, "tuiyi: the embedding cannot run on this machine; do this on another.\n")


def test_search_serves_by_words_where_there_is_no_embedding(monkeypatch: pytest.MonkeyPatch) -> None:
    toy_with(monkeypatch, NoModel())

    code, said = run("search", "下大雨还上班吗", "--explain")

    assert code == 0
    assert "toy.topic.rain" in said
    assert "own_meaning" not in said

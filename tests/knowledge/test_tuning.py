"""Training learns from examples what counts, and how sure the best entry is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from knowledge.ranking import Ranking, load_ranking
from knowledge.reference import Reference
from knowledge.search import Search
from knowledge.signals import NAMES, WORDS
from knowledge.tuning import Case, train, write
from knowledge.vectors import VectorStore
from tests.bench.country import ByHash
from tests.knowledge.builders import item, library, province, statement

MATTERS = {
    "rain": ("下雨天办不办", "下大雨还上班吗", "刮风下雨能去不"),
    "snow": ("下雪天办不办", "下大雪还开门吗", "雪天能去窗口不"),
    "parking": ("三轮车停哪儿", "有停车的地方没", "停车收费吗"),
    "lunch": ("中午能吃饭吗", "食堂开不开", "有没有午饭"),
}
ASKED = {"下雨窗口开门吗": "rain", "大雪天去窗口行不行": "snow", "车停哪里": "parking", "中午有饭没有": "lunch"}
OFF_TOPIC = ("月亮是圆的", "帮我写首诗", "股票涨了", "你喜欢什么歌")


@cache
def reference() -> Reference:
    topics = [
        statement(f"{said[0]}写在这里。", id=name, title=said[0], questions=list(said[1:]))
        for name, said in MATTERS.items()
    ]
    toy = province([item("reporting")], [], topics=topics)
    return Reference(library(toy), vectors=VectorStore({}, ByHash()))


@cache
def trained() -> Ranking:
    cases = [Case("toy", question, frozenset({f"toy.topic.{name}"})) for question, name in ASKED.items()]
    cases += [Case("toy", message, frozenset()) for message in OFF_TOPIC]
    return train(reference().searches, reference().vocabulary, cases)


def search() -> Search:
    before = reference().searches["toy"]
    return Search(before.entries, before.comparison.phrasings, reference().vectors, trained())


@pytest.mark.parametrize(("question", "name"), ASKED.items())
def test_what_it_was_trained_on_comes_first(question: str, name: str) -> None:
    best = search().rank(question, []).best

    assert best is not None
    assert best.entry.key == name


def test_what_an_entry_answers_is_likelier_than_what_nothing_answers() -> None:
    lowest = min(search().rank(question, []).chance for question in ASKED)
    highest = max(search().rank(message, []).chance for message in OFF_TOPIC)

    assert lowest > highest


def test_both_weighings_are_trained() -> None:
    assert set(trained().with_meaning.weights) == set(NAMES)
    assert set(trained().by_words.weights) == set(WORDS)


def test_words_of_the_phrasings_speak_for_an_entry() -> None:
    weights = trained().by_words.weights

    assert weights["matter_words"] + weights["pooled_words"] + weights["own_words"] > 0


def test_training_again_gives_the_same_numbers() -> None:
    first = trained().as_data()
    trained.cache_clear()

    assert trained().as_data() == first


def test_an_answer_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"toy\.topic\.hail"):
        train(reference().searches, reference().vocabulary, [Case("toy", "冰雹", frozenset({"toy.topic.hail"}))])


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "ranking.json"
    write(trained(), path)

    assert load_ranking(path).as_data() == trained().as_data()

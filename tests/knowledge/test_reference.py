"""The knowledge ready to be asked: with the embedding where there is one, by words alone elsewhere."""

from __future__ import annotations

from pathlib import Path

from knowledge.embedding import Embedder
from knowledge.library import Library
from knowledge.reference import Reference
from knowledge.subject import Subject
from knowledge.vectors import VectorStore
from tests.bench.country import ByHash
from tests.knowledge.builders import NoModel, item, library, province, statement

CARD = item(
    "card", aspects={"overview": statement("一张卡。"), "time_limit": statement("20 天。", questions=["多久到手"])}
)


def known(*topics: dict[str, object]) -> Library:
    return library(province([CARD, item("reporting")], [], topics=list(topics)))


def reference(embedder: Embedder) -> Reference:
    return Reference(known(), vectors=VectorStore({}, embedder))


def test_meaning_serves_where_the_embedding_runs() -> None:
    assert reference(ByHash()).has_meaning
    assert not reference(NoModel()).has_meaning


def test_stored_vectors_serve_nothing_where_a_question_cannot_be_embedded(tmp_path: Path) -> None:
    vectors = VectorStore({}, ByHash())
    texts = Reference(known(), vectors=vectors).texts
    vectors.save(texts, tmp_path / "texts.npz")

    stored = VectorStore.load(tmp_path / "texts.npz", NoModel())

    assert stored.missing(texts) == []
    assert not Reference(known(), vectors=stored).has_meaning


def test_words_alone_answer_where_there_is_no_embedding() -> None:
    here = reference(NoModel())
    found = here.resolver(here.library.provinces["toy"]).resolve("优待证几天", Subject())

    assert found.said is not None
    assert found.said.ids == ("toy.item.card.time_limit",)
    assert not found.found.by_meaning


def test_a_resolution_says_that_meaning_was_compared() -> None:
    here = reference(ByHash())

    assert here.resolver(here.library.provinces["toy"]).resolve("优待证几天", Subject()).found.by_meaning


def test_every_text_that_is_compared_is_named_once() -> None:
    texts = reference(NoModel()).texts

    assert {"多久到手", "20 天。", "优待证：多久"} <= set(texts)
    assert len(texts) == len(set(texts))


def test_a_release_with_new_words_takes_over_the_vectors_of_the_one_before() -> None:
    before = reference(ByHash())
    after = Reference(known(statement("照常办。", id="rain", title="下雨天办不办")), before)

    assert after.vectors is before.vectors
    assert after.vectors.missing(after.texts) == []
    assert "下雨天办不办" in after.texts

"""Vectors are computed once, kept by the text's hash, and stand beside the data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import DIMENSIONS, Embedder, NoEmbedding, Vectors
from knowledge.loader import load_library
from knowledge.reference import Reference
from knowledge.vectors import VectorStore, key_of
from tests.bench.country import ByHash
from tests.knowledge.builders import NoModel

MOST_MISSING = 300
"""So many are computed in five seconds when the app starts."""


class Counted(ByHash):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: list[str]) -> Vectors:
        self.asked += texts
        return super().embed(texts)


def store(embedder: Embedder | None = None) -> VectorStore:
    return VectorStore({}, embedder or ByHash())


def test_the_vector_of_a_text_is_nearly_what_was_embedded() -> None:
    kept = store().of(["落户", "优待证"])

    assert np.linalg.norm(kept, axis=1) == pytest.approx([1.0, 1.0], abs=1e-6)
    assert np.sum(kept * ByHash().embed(["落户", "优待证"]), axis=1) == pytest.approx([1.0, 1.0], abs=1e-3)


def test_a_text_is_embedded_once() -> None:
    counted = Counted()
    vectors = store(counted)

    vectors.of(["落户", "落户", "优待证"])
    vectors.of(["优待证", "落户"])

    assert counted.asked == ["落户", "优待证"]


def test_missing_are_those_without_a_vector_each_once() -> None:
    vectors = store()
    vectors.add(["落户"])

    assert vectors.missing(["优待证", "落户", "优待证"]) == ["优待证"]


def test_a_question_is_not_kept() -> None:
    vectors = store()
    vectors.of_question("落户要几天")

    assert vectors.missing(["落户要几天"]) == ["落户要几天"]


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    vectors, path = store(), tmp_path / "new" / "texts.npz"
    expected = vectors.of(["落户", "优待证"])
    vectors.save(["落户", "优待证"], path)

    loaded = VectorStore.load(path, NoModel())

    assert loaded.of(["落户", "优待证"]) == pytest.approx(expected)
    assert list(path.parent.iterdir()) == [path]


def test_texts_of_yesterday_are_not_saved(tmp_path: Path) -> None:
    vectors = store()
    vectors.add(["落户", "优待证"])
    vectors.save(["落户"], tmp_path / "texts.npz")

    assert VectorStore.load(tmp_path / "texts.npz").missing(["落户", "优待证"]) == ["优待证"]


def test_the_order_of_the_texts_does_not_change_the_file(tmp_path: Path) -> None:
    vectors = store()
    vectors.add(["落户", "优待证"])
    vectors.save(["落户", "优待证"], tmp_path / "one.npz")
    vectors.save(["优待证", "落户", "落户"], tmp_path / "two.npz")

    with np.load(tmp_path / "one.npz") as one, np.load(tmp_path / "two.npz") as two:
        assert (one["keys"] == two["keys"]).all()
        assert (one["vectors"] == two["vectors"]).all()


def test_nothing_stored_is_an_empty_store(tmp_path: Path) -> None:
    assert VectorStore.load(tmp_path / "texts.npz", NoModel()).missing(["落户"]) == ["落户"]


def test_no_texts_have_no_rows() -> None:
    assert store(NoModel()).of([]).shape == (0, DIMENSIONS)


def test_without_the_model_a_question_has_no_vector_and_a_new_text_raises() -> None:
    vectors = store(NoModel())

    assert vectors.of_question("落户") is None
    assert not vectors.can_embed
    with pytest.raises(NoEmbedding):
        vectors.of(["落户"])


def test_the_stored_vectors_cover_the_data() -> None:
    texts = Reference(load_library(), vectors=VectorStore({}, NoModel())).texts

    missing = VectorStore.load(embedder=NoModel()).missing(texts)

    assert len(missing) <= MOST_MISSING, f"{len(missing)} of {len(texts)} texts: run `tuiyi knowledge embed`"


def test_a_question_that_was_asked_is_not_computed_again_and_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.vectors.MOST_ASKED", 2)
    embedder = Counted()
    store = VectorStore({}, embedder)
    for question in ("一", "一", "二", "三", "一"):
        assert store.of_question(question) is not None

    assert embedder.asked[-4:] == ["一", "二", "三", "一"]
    assert set(store.remembered(["一", "二", "三"])) == {key_of("一"), key_of("三")}

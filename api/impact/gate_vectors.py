"""Vectors of the gate's questions and their parts, kept beside them, so that the gate opens or shuts in seconds.

`tuiyi knowledge embed` makes them anew. Those that were made with other directions than today's are left alone.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path

import numpy as np

from api.impact.gate_sets import FOLDER, gate_set
from api.impact.kept_vectors import Kept, KeptVectors
from api.impact.replaying import Replay
from bot.wording import Wording
from knowledge.embedding import BASIS
from knowledge.library import Library
from knowledge.reference import Reference
from knowledge.vectors import VectorStore

STORED = FOLDER / "vectors.npz"


def load_gate_vectors(path: Path = STORED) -> Kept:
    """Vectors by the text's key; none when they are missing or out of date."""
    if not path.exists():
        return {}
    with np.load(path) as stored:
        if stored["basis"].tobytes() != _basis():
            return {}
        vectors = stored["vectors"].astype(np.float32)
        return dict(zip((key.tobytes() for key in stored["keys"]), vectors, strict=True))


def make_gate_vectors(library: Library, wording: Wording, now: datetime, path: Path = STORED) -> int:
    """Asks all questions of the gate, keeps what had to be embedded for that, and says how many texts it was."""
    embedder = KeptVectors(load_gate_vectors(path))
    replay = Replay(Reference(library, vectors=VectorStore.load(embedder=embedder)), wording, now)

    async def ask() -> None:
        for province in library.provinces.values():
            for one in gate_set(province.id).questions:
                await replay.talk(library.region_of(province).code, [*one.before, one.said])

    asyncio.run(ask())
    kept = dict(sorted(embedder.used.items()))
    keys = np.frombuffer(b"".join(kept), np.uint8).reshape(-1, 8)
    vectors = np.stack(list(kept.values())).astype(np.float16)
    np.savez_compressed(path, keys=keys, vectors=vectors, basis=np.frombuffer(_basis(), np.uint8))
    return len(kept)


def _basis() -> bytes:
    """Which directions the vectors are brought down to."""
    return hashlib.sha256(BASIS.read_bytes()).digest()[:8]

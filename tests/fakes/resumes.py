"""Codes that a test lays out, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field

from actions.ports import Kept, Locked


@dataclass
class FakeResumes:
    """Implements `actions.ports.Resumes`: what is `kept` by code, for everybody."""

    kept: dict[str, Kept] = field(default_factory=dict)
    locked: Locked | None = None

    async def open(self, conversation: str, code: str) -> Kept | Locked | None:
        """What the code opens."""
        return self.locked or self.kept.get(code)

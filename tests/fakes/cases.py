"""Cases that a test lays out, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field

from actions.ports import Away, CaseProgress, Locked


@dataclass
class FakeCases:
    """Implements `actions.ports.Cases`: `provable` by number and last four, `bound` for everybody."""

    provable: dict[tuple[str, str], CaseProgress] = field(default_factory=dict)
    bound: list[CaseProgress] = field(default_factory=list)
    locked: Locked | Away | None = None
    tried: list[tuple[str, str]] = field(default_factory=list)

    async def bound_to(self, conversation: str) -> list[CaseProgress]:
        """The cases that need no proof."""
        return self.bound

    async def prove(self, conversation: str, case_no: str, last_four: str) -> CaseProgress | Locked | Away | None:
        """The case of a right proof."""
        self.tried.append((case_no, last_four))
        return self.locked or self.provable.get((case_no, last_four))


@dataclass
class FakeSecrets:
    """Implements `actions.ports.Secrets`: the raw values by placeholder."""

    values: dict[str, str] = field(default_factory=dict)

    async def open(self, conversation: str, placeholder: str) -> str | None:
        """The raw value, or None when it is gone."""
        return self.values.get(placeholder)

"""Ports of actions where nobody is behind the question: no case, no secret and no code is ever there."""

from __future__ import annotations

from actions.contract import Services
from actions.ports import CaseProgress, NoOriginals, Originals
from knowledge.reference import Reference


class NoCases:
    """No conversation has a case, and no proof is right."""

    async def bound_to(self, conversation: str) -> list[CaseProgress]:
        """None."""
        return []

    async def prove(self, conversation: str, case_no: str, last_four: str) -> None:
        """Nothing is shown."""


class NoSecrets:
    """Nothing was kept."""

    async def open(self, conversation: str, placeholder: str) -> None:
        """Nothing."""


class NoResumes:
    """No questionnaire waits."""

    async def open(self, conversation: str, code: str) -> None:
        """Nothing."""


def quiet_services(knowledge: Reference, pages_url: str = "", originals: Originals | None = None) -> Services:
    """What actions use when they answer nobody's own question."""
    return Services(knowledge, NoCases(), NoSecrets(), NoResumes(), pages_url, originals or NoOriginals())

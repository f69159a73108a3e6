"""Why a file cannot be taken for a guide."""

from __future__ import annotations


class GuideRefused(Exception):
    """key: of the sentence that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = f"guides.refused.{key}"
        self.values = values

"""The knowledge of this checkout, as it lies in the folder. Loaded once for all tests."""

from __future__ import annotations

from functools import cache

from knowledge.loader import load_library
from knowledge.reference import Reference


@cache
def knowledge() -> Reference:
    """The whole, ready to be asked."""
    reference = Reference(load_library())
    reference.complete()
    return reference

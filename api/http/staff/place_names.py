"""The names of places on the pages of the consoles."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.regions import Regions


def place_names(codes: Iterable[str | None], regions: Regions) -> dict[str, str]:
    """The whole names of places by their adcodes, without those that are not known."""
    known = {code: regions.by_code(code) for code in codes if code}
    return {code: regions.describe(region) for code, region in known.items() if region}

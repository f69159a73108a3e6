"""Whose business the files of an edit are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.changes.refusals import NeedsWholeCountry, NotYourRegion
from api.staff.accounts import Staff
from knowledge.entry_kinds import city_of, province_of
from knowledge.entry_pieces import EntryUnreadable
from knowledge.entry_text import EntryFile
from knowledge.regions import Regions


def check_regions(staff: Staff, paths: Iterable[str], files: Mapping[str, bytes], regions: Regions) -> None:
    """That all these files are his business: a province's by its place, what is national for the whole country.

    files: those of the newest release, or at least the heads of their provinces and cities.
    Raises NotYourRegion, NeedsWholeCountry.
    """
    if not staff.regions:
        return
    for path in sorted(set(paths)):
        region = region_of(path, files)
        if region is None:
            raise NeedsWholeCountry
        if not staff.covers(region, regions):
            place = regions.by_code(region)
            raise NotYourRegion(place=regions.describe(place) if place else region)


def region_of(path: str, files: Mapping[str, bytes]) -> str | None:
    """Adcode of the place that a file concerns; None for all provinces, and for one that is not there yet."""
    head = path if city_of(path) else f"provinces/{province_of(path)}/province.yaml"
    kind = "city" if city_of(path) else "province"
    try:
        found = EntryFile(head, files.get(head)).blocks
    except EntryUnreadable:
        return None
    return next((str(block.content.get("region")) for block in found if block.kind == kind), None)


def heads_of(paths: Iterable[str]) -> set[str]:
    """The files that say whose business these are."""
    return {path if city_of(path) else f"provinces/{province_of(path)}/province.yaml" for path in paths}

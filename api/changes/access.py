"""Whose business the files of an edit are."""

from __future__ import annotations

from collections.abc import Iterable

from api.changes.refusals import NeedsWholeCountry, NotYourRegion
from api.staff.accounts import Staff
from knowledge.entry_list import EntryList
from knowledge.regions import Regions


def check_regions(staff: Staff, paths: Iterable[str], entries: EntryList, regions: Regions) -> None:
    """That all these files are his business: a province's by its place, what is national for the whole country.

    A file of a place that is not among the entries counts as national. Raises NotYourRegion, NeedsWholeCountry.
    """
    if not staff.regions:
        return
    for path in sorted(set(paths)):
        region = entries.region_of(path)
        if region is None:
            raise NeedsWholeCountry
        if not staff.covers(region, regions):
            place = regions.by_code(region)
            raise NotYourRegion(place=regions.describe(place) if place else region)

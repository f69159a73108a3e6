"""A province goes out as an Excel file and comes in again: nothing has changed."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api.excel.difference import difference_of
from api.excel.export import workbook_of
from api.excel.places import places_of
from api.releases.files import read_folder
from knowledge.loader import DATA
from tests.api.conftest import knowledge

PROVINCES = ["hainan", "sichuan", "hebei", "henan", "fujian"]


@cache
def files() -> dict[str, bytes]:
    return dict(read_folder(DATA))


@pytest.mark.parametrize("province", PROVINCES)
def test_what_went_out_comes_in_unchanged(province: str) -> None:
    library = knowledge().library
    places = places_of(library, library.provinces[province])

    difference = difference_of(workbook_of(places, ["说明"]), places, files(), lambda place: True)

    assert difference.faults == ()
    assert difference.edits == ()
    assert difference.absent == ()
    assert difference.same == sum(len(place.topics) for place in places)

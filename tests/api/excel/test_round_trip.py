"""A province goes out as an Excel file and comes in again: nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api.excel.columns import COLUMNS
from api.excel.export import workbook_of
from api.excel.faults import SheetRefused
from tests.fakes.sheets import compared, exported, places

PROVINCES = ["hainan", "sichuan", "hebei", "henan", "fujian"]


@pytest.mark.parametrize("province", PROVINCES)
def test_what_went_out_comes_in_unchanged(province: str) -> None:
    found = compared(workbook_of(places(province), ["说明"]), province)

    assert found.faults == ()
    assert found.edits == ()
    assert found.absent == ()
    assert found.same == sum(len(place.topics) for place in places(province))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"])
def test_nothing_that_somebody_typed_goes_out_as_a_formula(text: str) -> None:
    place = places()[0]
    topic = next(iter(place.topics.values())).model_copy(update={"title": text, "questions": (text,)})
    sheet = load_workbook(BytesIO(workbook_of([replace(place, topics={"a": topic})], [text]))).worksheets[0]
    cell = sheet.cell(2, COLUMNS.index("title") + 1)

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_explanations_are_no_formulas_either() -> None:
    notes = load_workbook(BytesIO(workbook_of(places(), ["=1+1"]))).worksheets[-1]

    assert notes["A1"].data_type == "s"


def test_days_go_out_as_days_and_all_else_as_text() -> None:
    row = exported().worksheets[0][2]

    assert row[COLUMNS.index("valid_from")].is_date
    assert {one.number_format for one in row if one.value and not one.is_date} == {"@"}


def test_empty_template_is_refused_as_empty() -> None:
    with pytest.raises(SheetRefused, match="empty"):
        compared(workbook_of(places(), ["说明"], is_template=True))

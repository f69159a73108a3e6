"""A sheet as a file holds it, before anybody asks what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass

from api.excel.cells import Cell

MOST_COLUMNS = 60
"""Cells further right are no columns of ours."""
MOST_SHEETS = 50
Area = tuple[int, int, int, int]
"""Top, left, bottom, right, from 1."""


@dataclass(frozen=True)
class RawSheet:
    """rows: cells by row and column, both from 1; empty cells are left out."""

    name: str
    rows: dict[int, dict[int, Cell]]
    merged: tuple[Area, ...]

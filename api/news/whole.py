"""The last day of a whole service, where a guide has one such as Henan's 18 working days, and whether it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from api.news.case_facts import case_of, items_of
from knowledge.case_clock import ItemDeadline, whole_deadline, whole_is_late
from knowledge.library import Library


@dataclass(frozen=True)
class LateWhole:
    """A case that is late as a whole, its limit, and the items that make it late."""

    case: Row[Any]
    limit: ItemDeadline
    items: Sequence[Row[Any]]


async def late_whole(connection: AsyncConnection, case_id: int, library: Library, now: datetime) -> LateWhole | None:
    """The case when it is late as a whole; else None."""
    case = await case_of(connection, case_id)
    province = library.province_for(case.region)
    whole = whole_deadline(library, province, case.accepted_at) if province else None
    if whole is None:
        return None
    left = [
        row
        for row in (await items_of(connection, case_id)).values()
        if whole_is_late(library, whole, [(row.status, _limit_of(row))], now)
    ]
    return LateWhole(case, whole, left) if left else None


def _limit_of(row: Row[Any]) -> ItemDeadline | None:
    return ItemDeadline.from_json(row.deadline) if row.deadline else None

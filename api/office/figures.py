"""How much is asked, answered, handed over and waited for, by day and province. Nothing personal is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Select, cast, distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import AnswerMark, CaseFile, CaseRating, Conversation, PersonRequest, Transcript
from api.office.tasks import within
from api.quality.marks import VERDICTS
from api.staff.accounts import Staff

Key = tuple[date, str]
"""A day and the first two digits of a province's adcode; without digits where no place is known."""
KEY_COLUMNS = ("day", "province")
REASONS = ("asked", "complaint", "distress")
COUNTED = ("conversations", "messages", "unanswered", *VERDICTS, *REASONS, "taken", "ratings")
"""What is counted; `waited` (seconds) and `stars` are sums of which `mean` makes means."""
MEANS = {"waited": "taken", "stars": "ratings"}


async def figures(connection: AsyncConnection, staff: Staff, since: datetime) -> dict[Key, Counter[str]]:
    """All since the beginning of a day that is this person's business."""
    found: dict[Key, Counter[str]] = {}
    for query in (_said(staff, since), _judged(staff, since), _requested(staff, since), _rated(staff, since)):
        for row in await connection.execute(query):
            counts = found.setdefault((row.day, row.province), Counter())
            numbers = {name: int(value or 0) for name, value in row._mapping.items() if name not in KEY_COLUMNS}
            counts.update(numbers)
    return found


def by_day(found: Mapping[Key, Counter[str]], first: date, days: int) -> dict[date, Counter[str]]:
    """One sum a day, also for days on which nothing was."""
    return {day: _sum(counts for (at, _), counts in found.items() if at == day) for day in _days(first, days)}


def by_province(found: Mapping[Key, Counter[str]]) -> dict[str, Counter[str]]:
    """One sum a province, the busiest first."""
    sums = {one: _sum(counts for (_, at), counts in found.items() if at == one) for one in {key[1] for key in found}}
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1]["messages"], pair[0])))


def mean(counts: Counter[str], name: str) -> float | None:
    """The mean of `waited`, in minutes, or of `stars`; None of nothing."""
    number = counts[MEANS[name]]
    if not number:
        return None
    return round(counts[name] / number / (60 if name == "waited" else 1), 1)


def _said(staff: Staff, since: datetime) -> Select[Any]:
    code = Conversation.state["region"]["code"].astext
    by_person, by_bot = Transcript.speaker == "person", Transcript.speaker == "bot"
    left_open = or_(
        Transcript.reply["kind"].astext == "fallback", Transcript.reply["data"]["completeness"].astext == "none"
    )
    return (
        _grouped(Transcript.at, code)
        .add_columns(
            func.count(distinct(Transcript.conversation_id)).filter(by_person).label("conversations"),
            func.count().filter(by_person).label("messages"),
            func.count().filter(by_bot, left_open).label("unanswered"),
        )
        .select_from(Transcript)
        .join(Conversation, Conversation.id == Transcript.conversation_id)
        .where(Transcript.at >= since, within(staff, code))
    )


def _requested(staff: Staff, since: datetime) -> Select[Any]:
    code = Conversation.state["region"]["code"].astext
    r = PersonRequest
    waited = func.extract("epoch", r.claimed_at - r.requested_at)
    return (
        _grouped(r.requested_at, code)
        .add_columns(*(func.count().filter(r.reason == reason).label(reason) for reason in REASONS))
        .add_columns(func.count(r.claimed_at).label("taken"), func.sum(waited).label("waited"))
        .select_from(r)
        .join(Conversation, Conversation.id == r.conversation_id)
        .where(r.requested_at >= since, within(staff, code))
    )


def _judged(staff: Staff, since: datetime) -> Select[Any]:
    """What people thought of answers, and how many of them staff called wrong."""
    m = AnswerMark
    return (
        _grouped(m.at, m.region)
        .add_columns(*(func.count().filter(m.verdict == verdict).label(verdict) for verdict in VERDICTS))
        .where(m.at >= since, within(staff, m.region))
    )


def _rated(staff: Staff, since: datetime) -> Select[Any]:
    return (
        _grouped(CaseRating.at, CaseFile.region)
        .add_columns(func.count().label("ratings"), func.sum(CaseRating.stars).label("stars"))
        .select_from(CaseRating)
        .join(CaseFile, CaseFile.id == CaseRating.case_id)
        .where(CaseRating.at >= since, CaseFile.is_demo.is_(False), within(staff, CaseFile.region))
    )


def _grouped(at: Any, code: Any) -> Select[Any]:
    day = cast(func.timezone("Asia/Shanghai", at), Date).label("day")
    province = func.coalesce(func.left(code, 2), "").label("province")
    columns: list[Any] = [day, province]
    return select(*columns).group_by(*columns)


def _days(first: date, days: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(days)]


def _sum(several: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in several:
        total.update(one)
    return total

"""What the chat page shows of a conversation: entries with signs, lines, choices and sources, still without markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.message import Citation, Reply

EMERGENCY_PHONES = ("12356", "110", "120", "119")
ONCE_ONLY = ("question", "confirm")
"""Kinds whose choices mean something only while the question stands open."""
MOST_SOURCES_SHOWN = 2

# A number with its dot, or a bullet, at the beginning of a line of a list.
_MARK = re.compile(r"(?P<mark>\d{1,2}\.|·)\s*(?P<rest>.+)")
# What a list line says first, and what it says about it.
_LEAD = re.compile(r"(?P<lead>.+?)(?:——|：)(?P<about>.+)")
_LANDLINE = r"0\d{2,3}-\d{7,8}"


@dataclass(frozen=True)
class Said:
    """One row of the masked transcript. `at` is local time."""

    id: int
    turn: str
    speaker: str
    text: str
    reply: Reply | None
    at: datetime


@dataclass(frozen=True)
class Line:
    """A line of a text: `mark` is the number or bullet of a list's line, `lead` what stands out in it."""

    mark: str
    lead: str
    text: str


@dataclass(frozen=True)
class Option:
    """A choice. `is_taken`: the person chose this one."""

    number: int
    label: str
    is_taken: bool


@dataclass(frozen=True)
class Source:
    """A guide and the places in it that an entry was taken from."""

    title: str
    doc_no: str | None
    since: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why one line of a result holds."""

    name: str
    because: tuple[str, ...]
    section: str


@dataclass(frozen=True)
class Entry:
    """One thing that was said, as the page shows it."""

    id: int
    turn: str
    speaker: str
    kind: str
    at: datetime
    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    can_choose: bool = False
    """Whether the options are buttons; else they are shown as what was asked."""
    sources: tuple[Source, ...] = ()
    more_sources: tuple[Source, ...] = ()
    source_count: int = 0
    reasons: tuple[Reason, ...] = field(default=())
    is_last_question: bool = False
    slip: str = ""
    """Where the printed list is that this entry hands out, as a path on this site."""
    calendar: str = ""
    """Where its days are, as a file for calendars."""
    reply: Reply | None = None
    """What it shows, for whoever wants it spoken."""
    clears: bool = False
    """Whether all that was said before is gone."""


def entries(rows: Sequence[Said], before: Said | None = None, is_newest: bool = True) -> list[Entry]:
    """The rows as entries.

    before: the last row with choices that comes before them. is_newest: the rows reach to the end of the
    conversation, so that the last choices stand open.
    """
    offers = [row for row in ([before] if before else []) + list(rows) if row.reply and row.reply.choices]
    newest = offers[-1].id if offers and is_newest else None
    shown, standing = [], before
    for position, row in enumerate(rows):
        if row.reply is None:
            shown.append(_spoken(row, standing))
        else:
            shown.append(_replied(row, row.reply, row.id == newest, _answer_to(row, rows[position + 1 :])))
            standing = row if row.reply.choices else standing
    return shown


def stays_open(offer: Said) -> bool:
    """Whether an offer that is not the newest may still be taken, by its label."""
    return offer.reply is not None and offer.reply.kind not in ONCE_ONLY


def label_of(offer: Said, number: int) -> str | None:
    """The label of a choice of an offer."""
    choices = offer.reply.choices if offer.reply else ()
    return next((choice.label for choice in choices if choice.number == number), None)


def fleeting(replies: Iterable[Reply], turn: str, at: datetime) -> list[Entry]:
    """Replies that stand in no transcript: the promise that the answer follows."""
    return [_replied(Said(0, turn, "bot", reply.text, reply, at), reply, False, None) for reply in replies]


def pieces(text: str, service_phone: str, kind: str = "") -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a telephone number.

    Emergency numbers count only where somebody may be in danger: elsewhere 110 and 120 are amounts and pages.
    """
    known = [service_phone, *(EMERGENCY_PHONES if kind == "crisis" else ())]
    pattern = rf"(?<![\d-])({'|'.join(map(re.escape, known))}|{_LANDLINE})(?![\d-])"
    for position, piece in enumerate(re.split(pattern, text)):
        if piece:
            yield piece, position % 2 == 1


def _spoken(row: Said, standing: Said | None) -> Entry:
    """Words without a reply's form. A number that takes a choice is shown with its label."""
    said = row.text.strip()
    label = label_of(standing, int(said)) if standing and re.fullmatch(r"[0-9]{1,3}", said) else None
    lines = (Line(f"{said}.", "", label),) if label else _plain_lines(row.text)
    return Entry(row.id, row.turn, row.speaker, "", row.at, lines)


def _replied(row: Said, reply: Reply, is_newest: bool, answer: str | None) -> Entry:
    options = tuple(
        Option(choice.number, choice.label, answer in (str(choice.number), choice.label)) for choice in reply.choices
    )
    places = len(reply.citations)
    sources = _sources(reply.citations[:MOST_SOURCES_SHOWN])
    slip = reply.data.get("slip") or {}
    addresses = {slip.get("url"), slip.get("calendar_url")}
    return Entry(
        id=row.id,
        turn=row.turn,
        speaker=row.speaker,
        kind=reply.kind,
        at=row.at,
        # What stands in the text as an address is a button here.
        lines=tuple(line for line in _lines(reply.text) if line.text not in addresses),
        options=options,
        can_choose=is_newest or reply.kind not in ONCE_ONLY,
        sources=sources,
        more_sources=_sources(reply.citations[MOST_SOURCES_SHOWN:]),
        source_count=places,
        reasons=_reasons(reply),
        is_last_question=reply.data.get("remaining") == 1,
        slip=str(slip.get("path", "")),
        calendar=str(slip.get("calendar_path", "")),
        reply=reply,
        clears=bool(reply.data.get("deleted")),
    )


def _answer_to(row: Said, later: Sequence[Said]) -> str | None:
    """What the person said first after an offer."""
    if row.reply is None or not row.reply.choices:
        return None
    for one in later:
        if one.speaker == "person":
            return one.text.strip()
        if one.reply and one.reply.choices:
            return None
    return None


def _plain_lines(text: str) -> tuple[Line, ...]:
    return tuple(Line("", "", line) for line in text.splitlines() if line.strip())


def _lines(text: str) -> tuple[Line, ...]:
    """The lines of a reply; those of a list are taken apart."""
    lines = []
    for line in text.splitlines():
        if not line.strip():
            continue
        mark = _MARK.fullmatch(line.strip())
        if mark is None:
            lines.append(Line("", "", line))
            continue
        lead = _LEAD.fullmatch(mark["rest"])
        lines.append(Line(mark["mark"], lead["lead"], lead["about"]) if lead else Line(mark["mark"], mark["rest"], ""))
    return tuple(lines)


def _sources(citations: Sequence[Citation]) -> tuple[Source, ...]:
    """The citations, those of one guide together."""
    guides: dict[str, list[Citation]] = {}
    for citation in citations:
        guides.setdefault(citation.guide, []).append(citation)
    return tuple(
        Source(
            title=found[0].title,
            doc_no=found[0].doc_no,
            since=_day(found[0]),
            sections=tuple(dict.fromkeys(one.section for one in found)),
        )
        for found in guides.values()
    )


def _day(citation: Citation) -> str:
    since = citation.valid_from
    return f"{since.year} 年 {since.month} 月 {since.day} 日" if since else ""


def _reasons(reply: Reply) -> tuple[Reason, ...]:
    """Why each item or paper stands in a result, and where the guide says so."""
    found = reply.data.get("items") if reply.kind == "result" else reply.data.get("materials")
    if reply.kind not in ("result", "materials") or not isinstance(found, list):
        return ()
    return tuple(
        Reason(
            name=str(one["name"]),
            because=tuple(f"{given['question']}——{given['answer']}" for given in one.get("because", ())),
            section=str((one.get("citation") or {}).get("section", "")),
        )
        for one in found
    )

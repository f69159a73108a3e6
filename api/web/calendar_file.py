"""The days of a list as a file for calendars (RFC 5545): whole days, each with an alarm on the morning before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from actions.slip import SlipDate

LONGEST = 75
"""Octets of a line without its end; a longer one goes on after a blank on the next."""
ALARM = "-PT15H"
"""Nine in the morning of the day before, because a whole day begins at midnight."""
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def calendar_file(dates: tuple[SlipDate, ...], made_at: datetime, advice: str) -> bytes:
    """The file. advice: said with every day, after its own note."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tuiyi//list//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for one in dates:
        lines += _event(one, made_at, advice)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(one: SlipDate, made_at: datetime, advice: str) -> Iterator[str]:
    summary = _escaped(one.say)
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}@tuiyi"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{_escaped((one.note or '') + advice)}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}", f"TRIGGER:{ALARM}", "END:VALARM")
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    return "".join(ESCAPED.get(char, char) for char in text.replace("\r\n", "\n").replace("\r", "\n"))


def _folded(line: str) -> bytes:
    """The line with its end, divided between characters so that no part is too long."""
    parts, part = [], b""
    for char in line:
        octets = char.encode()
        if len(part) + len(octets) > LONGEST:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"

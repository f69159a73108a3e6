"""The file for calendars, as RFC 5545 wants it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from actions.slip import SlipDate
from api.web.calendar_file import calendar_file

MADE_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
UID = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"


def a_day(say: str = "户口登记最晚这一天办好", note: str | None = None, day: date = date(2026, 12, 31)) -> SlipDate:
    return SlipDate(uid=UID, day=day, say=say, note=note)


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_day_is_a_whole_day_with_an_alarm_on_the_morning_before() -> None:
    assert unfolded(calendar_file((a_day(),), MADE_AT, "请拨打 12345。")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tuiyi//list//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{UID}@tuiyi",
        "DTSTAMP:20261123T093000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:户口登记最晚这一天办好",
        "DESCRIPTION:请拨打 12345。",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:户口登记最晚这一天办好",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_moment_of_another_zone_is_written_in_utc() -> None:
    local = datetime.fromisoformat("2026-11-23T01:30:00+08:00")

    assert b"DTSTAMP:20261122T173000Z\r\n" in calendar_file((a_day(),), local, "")


@pytest.mark.parametrize("length", range(1, 60))
def test_long_lines_are_divided_between_characters(length: int) -> None:
    say = "长" * length + "x"

    content = calendar_file((a_day(say),), MADE_AT, "")

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() is not None for line in content.split(b"\r\n"))
    assert f"SUMMARY:{say}" in unfolded(content)


def test_line_of_75_octets_is_not_divided() -> None:
    say = "x" * (75 - len("SUMMARY:"))

    assert f"SUMMARY:{say}\r\n".encode() in calendar_file((a_day(say),), MADE_AT, "")


def test_marks_with_a_meaning_are_escaped() -> None:
    content = calendar_file((a_day("一,二;三\\四\r\n五\n六"),), MADE_AT, "")

    assert "SUMMARY:一\\,二\\;三\\\\四\\n五\\n六" in unfolded(content)


def test_text_cannot_begin_a_line_of_its_own() -> None:
    content = calendar_file((a_day("好\r\nATTENDEE:mailto:x@example.org"),), MADE_AT, "")

    assert not any(line.startswith(b"ATTENDEE") for line in content.split(b"\r\n"))


def test_note_comes_before_the_advice() -> None:
    assert "DESCRIPTION:是预计的。请拨打。" in unfolded(calendar_file((a_day(note="是预计的。"),), MADE_AT, "请拨打。"))


def test_every_line_ends_in_carriage_return_and_line_feed() -> None:
    content = calendar_file((a_day(), a_day()), MADE_AT, "")

    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")

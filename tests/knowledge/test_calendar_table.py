"""What an editor may write into the table of days off, and what he is told when it cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.calendar import Calendar, CalendarError
from knowledge.calendar_table import read_table
from knowledge.loader import KnowledgeError, load_library
from tests.knowledge.builders import write_data

HEADER = "日期,安排,名称,通知"
NOT_ANNOUNCED = "2027-10-01,放假,国庆节,未发布"


def table(folder: Path, *rows: str, encoding: str = "utf-8-sig", end: str = "\n") -> Path:
    path = folder / "calendar.csv"
    path.write_bytes("".join(f"{row}{end}" for row in (HEADER, *rows)).encode(encoding))
    return path


def faults(path: Path) -> list[tuple[int, str]]:
    return [tuple(one) for one in read_table(path)[1]]


@pytest.mark.parametrize(
    ("row", "day", "works"),
    [
        pytest.param("2027-10-01,放假,国庆节,未发布", date(2027, 10, 1), False, id="as it stands"),
        pytest.param("2027/10/1,放假,国庆节,未发布", date(2027, 10, 1), False, id="as Excel writes a day"),
        pytest.param("2027年10月1日,放假,国庆节,未发布", date(2027, 10, 1), False, id="as Excel writes a long day"),
        pytest.param(" 2027-10-01 , 放假 ,国庆节, 未发布", date(2027, 10, 1), False, id="with spaces"),
        pytest.param("2027-10-09,上班,国庆节调休,未发布", date(2027, 10, 9), True, id="a Saturday that is worked"),
    ],
)
def test_a_row_is_read(tmp_path: Path, row: str, day: date, works: bool) -> None:
    days, found = read_table(table(tmp_path, row))

    assert found == []
    assert [(one.day, one.works, one.is_announced, one.line) for one in days] == [(day, works, False, 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_excel_may_save_it_in_any_of_its_ways(tmp_path: Path, encoding: str, end: str) -> None:
    path = table(tmp_path, NOT_ANNOUNCED, ",,,", "", encoding=encoding, end=end)

    assert not Calendar.load(path).is_working_day(date(2027, 10, 1))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2027-02-30,放假,春节,未发布", "日期: '2027-02-30' is no day; write it like 2027-01-01"),
        ("1月1日,放假,元旦,未发布", "日期: '1月1日' is no day; write it like 2027-01-01"),
        ("20270101,放假,元旦,未发布", "日期: '20270101' is no day; write it like 2027-01-01"),
        ("2027-01-01,休息,元旦,未发布", "安排: '休息' is not one of: 放假, 上班"),
        ("2027-01-01,放假,,未发布", "名称: the name of the holiday is missing"),
        ("2027-01-01,放假,元旦,是", "通知: '是' is not one of: 已发布, 未发布"),
        ("2027-01-01,放假,元旦", "3 cells instead of 4: 日期,安排,名称,通知"),
        (
            "2027-10-02,放假,国庆节,未发布",
            "日期: 2027-10-02 is a Saturday, off without this row; delete it or mend the date",
        ),
        (
            "2027-10-08,上班,国庆节调休,未发布",
            "日期: 2027-10-08 is a Friday, a working day without this row; delete it or mend the date",
        ),
    ],
)
def test_a_bad_row_is_a_fault_with_its_line(tmp_path: Path, row: str, problem: str) -> None:
    assert faults(table(tmp_path, NOT_ANNOUNCED, row)) == [(3, problem)]


def test_a_day_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    path = table(tmp_path, NOT_ANNOUNCED, "2027-10-04,放假,国庆节,未发布", "2027/10/1,放假,国庆,未发布")

    assert faults(path) == [(4, "日期: 2027-10-01 stands twice, first in line 2")]


def test_a_year_is_announced_or_not(tmp_path: Path) -> None:
    path = table(tmp_path, NOT_ANNOUNCED, "2027-10-04,放假,国庆节,已发布")

    assert (3, "通知: differs from line 2, which is of the same year") in faults(path)


def test_a_notice_that_is_entered_by_half_is_a_fault(tmp_path: Path) -> None:
    path = table(tmp_path, "2027-01-01,放假,元旦,已发布", "2027-02-05,放假,春节,已发布")

    assert faults(path) == [(3, "2027 has 2 days off beyond weekends; is the whole notice of that year entered?")]


def test_weekends_that_are_worked_are_no_days_off(tmp_path: Path) -> None:
    # Nine days off, 4 to 8 January and 11 to 14, but the Saturdays 2 and 9 January are worked for them.
    off = [f"2027-01-{day:02},放假,元旦,已发布" for day in (4, 5, 6, 7, 8, 11, 12, 13, 14)]
    path = table(tmp_path, *off, "2027-01-02,上班,元旦调休,已发布", "2027-01-09,上班,元旦调休,已发布")

    assert faults(path) == [(12, "2027 has 7 days off beyond weekends; is the whole notice of that year entered?")]


def test_nine_days_off_may_be_a_whole_year(tmp_path: Path) -> None:
    off = [f"2027-01-{day:02},放假,元旦,已发布" for day in (4, 5, 6, 7, 8, 11, 12, 13, 14)]

    assert faults(table(tmp_path, *off)) == []


def test_days_are_not_counted_while_a_row_cannot_be_read(tmp_path: Path) -> None:
    path = table(tmp_path, "2027-01-01,放假,元旦,已发布", "2027-02-30,放假,春节,已发布")

    assert [line for line, _ in faults(path)] == [3]


def test_what_is_no_table_at_all_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_bytes(b"PK\x03\x04\xff\xfe\x00\xff")

    assert [line for line, _ in faults(path)] == [1]


@pytest.mark.parametrize("content", ["", "\n\n", "day,works,name,notice\n2027-01-01,放假,元旦,未发布\n"])
def test_the_first_row_names_the_columns(tmp_path: Path, content: str) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text(content, encoding="utf-8")

    assert faults(path) == [(1, "the first row must be: 日期,安排,名称,通知")]


def test_a_missing_table_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path / "calendar.csv") == [(1, "No such file or directory")]


def test_a_cell_that_never_ends_is_a_fault(tmp_path: Path) -> None:
    path = table(tmp_path, f'"{"x" * 200_000}')

    assert faults(path) == [(2, "field larger than field limit (131072)")]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = table(tmp_path, "2027-02-30,放假,春节,未发布", NOT_ANNOUNCED, "2027-01-01,休息,元旦,未发布")

    with pytest.raises(CalendarError) as caught:
        Calendar.load(path)

    assert [one.line for one in caught.value.faults] == [2, 4]
    assert str(caught.value).splitlines()[1:] == [f"{path}:4: 安排: '休息' is not one of: 放假, 上班"]


def test_checking_the_knowledge_names_the_table_and_the_line(tmp_path: Path) -> None:
    rows = f"{HEADER}\n{NOT_ANNOUNCED}\n2027-01-01,休息,元旦,未发布\n"
    data = write_data(tmp_path / "knowledge" / "data", {"national/calendar.csv": rows})

    with pytest.raises(KnowledgeError) as caught:
        load_library(data)

    assert caught.value.faults == ["knowledge/data/national/calendar.csv:3: 安排: '休息' is not one of: 放假, 上班"]

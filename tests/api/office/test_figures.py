"""The office's figures: counted by day and province, plotted, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import pytest

from api.conversations.desk_hours import LOCAL
from api.office.plots import HEIGHT, plot
from api.office.sheets import harmless, sheet
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say
from tests.fakes.staff import Browser, signed_in, text_of

HENAN = """
UPDATE conversation SET state = state || '{"region": {"code": "410700", "name": "新乡"}}' WHERE session_id = 's-1'
"""


async def a_day(house: House) -> None:
    await house.line.send("你好", "m-1")
    await house.line.send("天气", "m-2")
    await house.line.send("天气", "m-3", session_id="s-2")
    await house.line.send("人工", "m-4")
    house.change(HENAN)
    house.change("UPDATE person_request SET claimed_at = requested_at + interval '90 seconds'")


async def table(browser: Browser, days: int = 7) -> list[dict[str, str]]:
    response = await browser.get(f"/desk/figures/sheet?days={days}")
    assert response.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


async def test_sheet_has_a_row_for_each_day_and_province(build: Build) -> None:
    rasa = FakeRasa(lambda asked: [say("好", "fallback" if "天气" in asked["message"] else "smalltalk")])
    async with build(rasa=rasa) as house:
        await a_day(house)
        rows = await table(signed_in(house, "lead"))

    names = ("地区", "对话", "群众发的消息", "没答上", "要找人工", "已接待", "等了几分钟（平均）", "几颗星（平均）")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("没说地区", "1", "1", "1", "0", "0", "", ""),
        ("河南省", "1", "3", "1", "1", "1", "1.5", ""),
    ]
    assert {row["日期"] for row in rows} == {datetime.now(LOCAL).date().isoformat()}


async def test_what_people_and_staff_think_of_answers_is_counted(house: House) -> None:
    house.change(
        "INSERT INTO answer_mark (verdict, region) VALUES ('up', '410000'), ('up', '410700'), ('down', '410000'),"
        " ('wrong', '410000'), ('down', NULL)"
    )

    rows = await table(signed_in(house, "lead"))

    names = ("地区", "说有用", "说没用", "标记答错")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("没说地区", "0", "1", "0"),
        ("河南省", "2", "1", "1"),
    ]


async def test_page_has_plots_and_the_same_numbers_in_tables(house: House) -> None:
    await a_day(house)
    one = signed_in(house, "auditor")

    page = await one.get("/desk/figures?days=30")
    henan = text_of(await one.get("/desk/figures?place=41"))

    assert page.text.count("<svg") == page.text.count('role="img"') == 8
    assert page.text.count('class="bar"') == 8 * 30
    assert "style=" not in page.text
    assert "河南省" in text_of(page)
    assert f"{datetime.now(LOCAL):%m-%d} 1 3 0 0 0 0 1 0 0 1 0 1.5 —" in henan


async def test_older_days_and_other_places_stay_out(house: House) -> None:
    await a_day(house)
    house.change("UPDATE transcript SET at = at - interval '8 days' WHERE text = '你好'")

    week = await table(signed_in(house, "lead"))
    month = await table(signed_in(house, "lead"), 30)
    hainan = await table(signed_in(house, "lead", regions=("460000",)))

    assert sum(int(row["群众发的消息"]) for row in week) == 3
    assert sum(int(row["群众发的消息"]) for row in month) == 4
    assert [row["地区"] for row in hainan] == ["没说地区"]


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_cells_that_a_spreadsheet_would_calculate_become_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are() -> None:
    assert sheet([["河南省", -3, 1.5, None, "a-b"]]).decode("utf-8-sig") == "河南省,-3,1.5,,a-b\r\n"


def test_highest_bar_fills_the_plot_and_nothing_divides_by_nothing() -> None:
    days = [f"{datetime(2026, 1, 1) + timedelta(days=number):%m-%d}" for number in range(30)]
    drawn = plot("x", [(day, number) for number, day in enumerate(days)])
    flat = plot("x", [("01-01", None), ("01-02", 0)])

    assert (drawn.highest, drawn.bars[-1].y, drawn.bars[0].height) == (29, 20, 0)
    assert sum(bool(bar.label) for bar in drawn.bars) <= 8
    assert [bar.height for bar in flat.bars] == [0, 0]
    assert all(bar.y + bar.height == HEIGHT - 24 for bar in flat.bars)
    assert plot("x", []).bars == ()

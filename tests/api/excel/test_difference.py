"""What a file would change is known before anything changes, and the rest of every entry stays as it is."""

from __future__ import annotations

from datetime import date

import pytest

from api.excel.difference import KIND, Difference
from api.excel.rows import Fallback
from knowledge.entry_text import EntryFile, TextEdit
from tests.fakes.sheets import HEADS, MAXKB, OLD_FORMAT, book_of, compared, exported, files, new_row, places

FALLBACK = Fallback("hebei-2022", "二2")


def written(found: Difference, path: str = "provinces/hebei/topics.yaml") -> str:
    """The file with all edits in it."""
    edits = [TextEdit(KIND, one.key, one.after) for one in found.edits if one.path == path]
    return (EntryFile(path, files()[path]).edited(edits) or b"").decode()


def test_one_changed_cell_changes_one_line_of_the_file() -> None:
    book = exported()
    book.worksheets[0]["C3"] = "一共 9 件。"
    found = compared(book)
    before = files()["provinces/hebei/topics.yaml"].decode().splitlines()

    assert (len(found.changed), len(found.new), found.faults) == (1, 0, ())
    assert [(one.column, one.after) for one in found.changed[0].fields] == [("say", "一共 9 件。")]
    assert sum(old != new for old, new in zip(before, written(found).splitlines(), strict=True)) == 1


def test_row_that_was_deleted_is_named_and_its_entry_stays() -> None:
    book = exported()
    title = book.worksheets[0]["B3"].value
    book.worksheets[0].delete_rows(3)
    found = compared(book)

    assert found.absent == (title,)
    assert found.edits == ()


def test_new_row_becomes_an_entry_with_an_id_of_its_title() -> None:
    found = compared(book_of(new_row(valid_from=date(2026, 1, 1), people="退役士兵", more="别的。")))

    assert [one.key for one in found.new] == ["chuang_kou_ji_dian_xia_ban"]
    assert sorted(found.new[0].after.split("\n")) == sorted(
        [
            "id: chuang_kou_ji_dian_xia_ban",
            "source: 二2",
            "from: 2026-01-01",
            "title: 窗口几点下班",
            "say: 指南没有写。",
            "more: 别的。",
            "questions: [几点下班]",
            "for: 退役士兵",
        ]
    )
    assert "窗口几点下班" in written(found)


def test_two_new_rows_of_one_title_in_sound_get_different_ids() -> None:
    found = compared(book_of(new_row(title="窗口"), new_row(title="床口")))

    assert [one.key for one in found.new] == ["chuang_kou", "chuang_kou_2"]


def test_template_of_maxkb_is_taken_as_it_is_with_one_source_for_all() -> None:
    rows = [["几点下班", "指南没有写。", "几点下班\n\n几点关门"], ["", "指南也没有写。", "周末上班吗"]]
    found = compared(book_of(*rows, heads=MAXKB, sheet="Sheet1"), fallback=FALLBACK)

    assert [one.title for one in found.new] == ["几点下班", "周末上班吗"]
    assert "questions: [几点下班, 几点关门]" in found.new[0].after
    assert all("source: 二2" in one.after for one in found.new)


def test_template_of_maxkb_without_a_source_is_not_taken() -> None:
    found = compared(book_of(["几点下班", "指南没有写。", "几点下班"], heads=MAXKB))

    assert [fault.key for fault in found.faults] == ["no_source"]


@pytest.mark.parametrize(
    "heads", [["问题", "答案"], ["标准问题", "答案", "相似问题"], ["标准问", "标准答案", "扩展问"]]
)
def test_other_templates_are_known_by_their_headers(heads: list[str]) -> None:
    row = ["几点下班", "指南没有写。", "几点关门"][: len(heads)]
    found = compared(book_of(row, heads=heads), fallback=FALLBACK)

    assert [one.title for one in found.new] == ["几点下班"]


def test_row_without_a_column_of_numbers_means_the_entry_of_its_title() -> None:
    title = places()[0].topics["all_items"].title
    found = compared(book_of([title, "一共 9 件。", "有几件"], heads=MAXKB))

    assert [one.key for one in found.changed] == ["all_items"]
    assert [one.column for one in found.changed[0].fields] == ["say", "questions"]


def test_several_sheets_are_read_and_blank_rows_end_nothing() -> None:
    book = book_of(new_row(), [None] * 5, ["", " ", "\u3000"], new_row(title="二"))
    more = book.create_sheet("第二张")
    more.append(["使用说明：请先看这里"])
    more.append(HEADS)
    more.append(new_row(title="三"))
    book.create_sheet("空的")
    book.create_sheet("填写说明").append(["随便写"])

    assert [one.title for one in compared(book).new] == ["窗口几点下班", "二", "三"]


def test_hidden_sheet_is_left_alone() -> None:
    book = book_of(new_row())
    hidden = book.create_sheet("旧的")
    hidden.append(HEADS)
    hidden.append(new_row(title="旧的"))
    hidden.sheet_state = "hidden"

    assert [one.title for one in compared(book).new] == ["窗口几点下班"]


def test_merged_source_means_every_row_of_it() -> None:
    guide = places()[0].main.short_name
    book = book_of(new_row(title="甲"), new_row(title="乙", guide=None))
    book.worksheets[0].merge_cells("E2:E3")

    assert [one.title for one in compared(book).new] == ["甲", "乙"]
    assert guide


def test_file_of_the_old_format_is_read() -> None:
    found = compared(OLD_FORMAT.read_bytes())

    assert found.faults == ()
    assert [one.title for one in found.new] == ["几点下班", "12345"]
    assert "from: 2026-01-01" in found.new[0].after
    assert "source: 二1" in found.new[1].after


@pytest.mark.parametrize(
    "shown",
    [
        "2026-01-05",
        "2026/1/5",
        "2026.1.5",
        "2026年1月5日",
        "２０２６年１月５日",
        "20260105",
        20260105,
        date(2026, 1, 5),
    ],
)
def test_day_however_it_is_written(shown: object) -> None:
    assert "from: 2026-01-05" in compared(book_of(new_row(valid_from=shown))).new[0].after


def test_sources_of_two_guides_stand_line_by_line() -> None:
    henan, city = (one.main.short_name for one in places("henan"))
    row = new_row(region="新乡市", guide=f"{city}\n{henan}", section="正文\n二（三）")
    found = compared(book_of(row), "henan")

    assert found.new[0].path == "provinces/henan/cities/xinxiang.yaml"
    assert "source: [正文, {guide: henan-2024, section: 二(三)}]" in found.new[0].after


def test_apostrophe_before_a_text_is_none_of_it() -> None:
    assert "title: 窗口" in compared(book_of(new_row(title="'窗口"))).new[0].after


def test_text_that_looks_like_yaml_stays_a_text() -> None:
    found = compared(book_of(new_row(say="a: [b]\n- c: {d}", title="# 不是注释", questions="yes, no: 1")))

    assert '"a: [b]\\n- c: {d}"' in found.new[0].after
    assert "不是注释" in written(found)


def test_kept_difference_comes_back_as_it_was() -> None:
    found = compared(book_of(new_row()))

    assert Difference.from_json(found.as_json()) == found

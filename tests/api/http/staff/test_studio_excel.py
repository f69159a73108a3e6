"""An editor takes the questions and answers out as Excel, changes them there and brings them back."""

from __future__ import annotations

import asyncio
from io import BytesIO

import httpx
import pytest
from openpyxl import Workbook, load_workbook

from tests.api.conftest import House
from tests.fakes.sheets import MAXKB, book_of, bytes_of, new_row
from tests.fakes.staff import CSRF, Browser, signed_in, text_of
from tests.fakes.studio import studio_of

HEBEI = "130000"


async def bring(browser: Browser, book: Workbook | bytes, province: str = "hebei", **fields: str) -> httpx.Response:
    content = bytes_of(book) if isinstance(book, Workbook) else book
    files = {"file": ("改好的.xlsx", content, "application/octet-stream")}
    data = {"csrf": CSRF, "province": province, "source": "", **fields}
    return await browser.send("POST", "/studio/excel", data=data, files=files)


async def taken_out(browser: Browser) -> Workbook:
    return load_workbook(BytesIO((await browser.get("/studio/excel/export/hebei")).content))


async def test_what_was_taken_out_and_not_changed_changes_nothing(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        answer = await bring(editor, await taken_out(editor))
        page = text_of(await editor.get(answer.headers["location"]))

        assert "新增 0 条" in page
        assert "修改 0 条" in page
        assert "完全一样" in page


async def test_difference_is_shown_and_only_a_yes_makes_a_change_set(house: House) -> None:
    async with studio_of(house) as studio:
        editor = signed_in(house, "editor")
        book = await taken_out(editor)
        book.worksheets[0]["C3"] = "一共 9 件，全在这里。"
        book.worksheets[0].append(new_row())
        address = (await bring(editor, book)).headers["location"]
        page = text_of(await editor.get(address))
        before = house.rows("SELECT count(*) FROM change_set")
        answer = await editor.post(address)

        assert "一共 9 件，全在这里。" in page
        assert "窗口几点下班" in page
        assert before == [(0,)]
        assert answer.headers["location"] == "/studio/changes/1"
        edits = {name.key: after for name, after in (await studio.edited(1)).items()}
        assert "say: 一共 9 件，全在这里。" in edits["all_items"]
        assert edits.keys() == {"all_items", "chuang_kou_ji_dian_xia_ban"}
        assert [one.state for one in await studio.changes.list()] == ["draft"]
        draft = await studio.changes.workbench.draft(1)
        assert (draft.conflicts, draft.faults) == ((), ())


async def test_two_clicks_make_one_change_set(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        address = (await bring(editor, book_of(new_row()))).headers["location"]
        await asyncio.gather(editor.post(address), editor.post(address))

        assert house.rows("SELECT count(*) FROM change_set") == [(1,)]
        assert "已经放进" in text_of(await editor.get(address))


async def test_a_file_of_yesterday_is_taken_no_more(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        address = (await bring(editor, book_of(new_row()))).headers["location"]
        house.change("UPDATE sheet_import SET made_at = now() - interval '25 hours'")

        assert (await editor.post(address)).headers["location"] == "/studio/excel"
        assert house.rows("SELECT count(*) FROM change_set") == [(0,)]


async def test_faults_are_listed_by_row_and_column_and_nothing_is_kept(house: House) -> None:
    async with studio_of(house):
        answer = await bring(
            signed_in(house, "editor"), book_of(new_row(), new_row(title="二", section="九九", say=None))
        )
        page = text_of(answer)

        assert answer.status_code == 422
        assert "有 2 处要改，什么都没有导入" in page
        assert "河北省 3 C 分段内容（必填，问题答案） 没有填答案。" in page
        assert "没有“九九”这一条" in page
        assert house.rows("SELECT count(*) FROM sheet_import") == [(0,)]


async def test_template_of_maxkb_with_a_source_for_all(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        rows = book_of(["几点下班", "指南没有写。", "几点下班"], heads=MAXKB)
        answer = await bring(editor, rows, source="hebei-2022|二2")

        assert "新增 1 条" in text_of(await editor.get(answer.headers["location"]))


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "没有内容"), (b"a,b", "不是 Excel 文件"), (b"PK\x03\x04torn", "打不开")]
)
async def test_what_is_no_excel_file_is_refused_with_a_way_out(house: House, content: bytes, says: str) -> None:
    async with studio_of(house):
        answer = await bring(signed_in(house, "editor"), content)

        assert answer.status_code == 422
        assert says in text_of(answer)


async def test_form_without_a_file_or_with_a_strange_source_is_sent_back(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        answer = await editor.post("/studio/excel", province="hebei", source="henan-2024|一")

        assert "请先选一个 Excel 文件" in text_of(answer)
        assert "请选这个省的一条依据" in text_of(answer)


async def test_other_provinces_are_not_ones_business(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor", regions=(HEBEI,))
        refused = await bring(editor, book_of(new_row()), "henan")

        assert "不是归您管的省" in text_of(refused)
        assert (await editor.get("/studio/excel/export/henan")).status_code == 404
        assert "河南" not in text_of(await editor.get("/studio/excel"))


async def test_only_province_is_chosen_beforehand_and_of_several_none(house: House) -> None:
    async with studio_of(house):
        one = await signed_in(house, "editor", regions=(HEBEI,)).get("/studio/excel")
        all_of_them = await signed_in(house, "editor").get("/studio/excel")

        assert '<option value="hebei" selected>' in one.text
        assert '<option value="" selected>（按文件里的编号）' in all_of_them.text


@pytest.mark.parametrize("chosen", ["", "fujian"])
async def test_numbers_in_the_file_say_which_province_it_is(house: House, chosen: str) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        book = await taken_out(editor)
        book.worksheets[0]["C3"] = "一共 9 件，全在这里。"
        page = text_of(await editor.get((await bring(editor, book, chosen)).headers["location"]))

        assert "修改 1 条" in page
        assert "河北省" in page


async def test_a_file_without_numbers_needs_a_province_or_a_sheet_that_names_one(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        unnamed = await bring(editor, book_of(new_row(), sheet="Sheet1"), "")
        named = await bring(editor, book_of(new_row(), sheet="河北省"), "")

        assert unnamed.status_code == 422
        assert "请选是哪个省的" in text_of(unnamed)
        assert "新增 1 条" in text_of(await editor.get(named.headers["location"]))


async def test_ones_own_file_is_not_taken_by_somebody_else(house: House) -> None:
    async with studio_of(house):
        address = (await bring(signed_in(house, "editor"), book_of(new_row()))).headers["location"]
        other = signed_in(house, "editor")

        assert (await other.post(address)).headers["location"] == "/studio/excel"
        assert house.rows("SELECT count(*) FROM change_set") == [(0,)]


async def test_entry_that_changed_meanwhile_leaves_nothing_half_taken(house: House) -> None:
    async with studio_of(house) as studio:
        editor = signed_in(house, "editor")
        book = await taken_out(editor)
        book.worksheets[0]["C3"] = "一共 9 件，全在这里。"
        address = (await bring(editor, book)).headers["location"]
        path = "provinces/hebei/topics.yaml"
        [release] = await studio.releases.list()
        content = (await studio.releases.file(release.number, path) or b"").replace(
            "一共 9 件：".encode(), "共九件：".encode()
        )
        async with studio.changes._engine.begin() as connection:
            await studio.releases.publish(connection, {path: content}, kind="import", reason="别人改了")
        answer = await editor.post(address)

        states = [one.state for one in await studio.changes.list()]
        assert answer.status_code == 422 or states == ["draft"]
        assert answer.status_code != 422 or states in ([], ["withdrawn"])


async def test_markup_in_a_cell_stays_text(house: House) -> None:
    async with studio_of(house):
        editor = signed_in(house, "editor")
        address = (await bring(editor, book_of(new_row(say="<b>窗口</b>几点下班没有写。")))).headers["location"]

        assert "<b>窗口" not in (await editor.get(address)).text


async def test_approver_takes_the_file_and_brings_none(house: House) -> None:
    async with studio_of(house):
        approver = signed_in(house, "approver")

        assert (await approver.get("/studio/excel/template/hebei")).status_code == 200
        assert (await bring(approver, book_of(new_row()))).status_code == 403

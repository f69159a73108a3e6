"""Excel and the guides' texts as people with other eyes and hands use them, on a small screen and a large one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.api.web.staff.test_pages_in_browser import RUNS_OUT, TOO_LOW, employ, sign_in
from tests.fakes.axe_rules import violations
from tests.fakes.sheets import book_of, bytes_of, new_row
from tests.fakes.site import Site, complaints_of, visit
from tests.fakes.studio import studio_of

GUIDE = "一、办理事项\n" + "\n".join(f"{number}. 第 {number} 件事" for number in range(1, 12)) + "\n五、结果\n邮寄。"


async def looked_at(page: Page) -> list[object]:
    """What is wrong with the page as it is now."""
    found: list[object] = [*await violations(page), *await page.evaluate(TOO_LOW)]
    return [page.url, *found] if found or await page.evaluate(RUNS_OUT) else []


async def bring_sheet(page: Page, site: Site, folder: Path, *rows: list[object]) -> None:
    file = folder / "改好的.xlsx"
    file.write_bytes(bytes_of(book_of(*rows)))
    await page.goto(f"{site.address}studio/excel")
    await page.select_option("#province", "hebei")
    await page.set_input_files("#file", file)
    await page.get_by_role("button", name="看看有哪些变化").press("Enter")


async def bring_guide(page: Page, site: Site, folder: Path, text: str) -> None:
    file = folder / "指南.txt"
    file.write_text(text, encoding="utf-8")
    await page.goto(f"{site.address}studio/guides")
    await page.locator("input[type=file]").first.set_input_files(file)
    await page.locator("main form button").first.press("Enter")
    await page.get_by_role("heading", name="全文").wait_for()


@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_break_no_rule_and_work_by_keyboard(
    site: Site, chromium: Browser, width: int, tmp_path: Path
) -> None:
    async with site.up(), studio_of(site), visit(chromium, viewport={"width": width, "height": 740}) as browser:
        await employ(site)
        page = await browser.new_page()
        complaints = complaints_of(page)
        await sign_in(page, site, "studio/excel")
        broken = await looked_at(page)
        await bring_sheet(page, site, tmp_path, new_row(title="二", section="九九", valid_from="明年"))
        await page.get_by_role("heading", name="有 2 处要改").wait_for()
        broken += await looked_at(page)
        await bring_sheet(page, site, tmp_path, new_row(), new_row(number="hebei.topic.all_items", title="有几件"))
        await page.get_by_role("heading", name="导入前看一看").wait_for()
        broken += await looked_at(page)
        await page.get_by_role("button", name="放进修改单").press("Enter")
        await page.wait_for_url(f"{site.address}studio/changes/1")
        await bring_guide(page, site, tmp_path, GUIDE)
        broken += await looked_at(page)
        await bring_guide(page, site, tmp_path, GUIDE.replace("邮寄", "自己来取"))
        broken += await looked_at(page)
        await page.goto(f"{site.address}studio/guides")
        broken += await looked_at(page)

        assert broken == []
        # The refusal of the file with faults is a page with the status 422, of which a browser complains.
        assert [one for one in complaints if "422" not in str(one)] == []

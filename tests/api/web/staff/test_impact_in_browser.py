"""Impact, the test panel and the graph as people with other eyes and hands use them, on a small and a large screen."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Page

from api.staff.accounts import Staff
from tests.api.web.staff.test_pages_in_browser import RUNS_OUT, TOO_LOW, employ, sign_in
from tests.fakes.axe_rules import violations
from tests.fakes.rasa import say
from tests.fakes.site import Site, complaints_of, visit
from tests.fakes.studio import studio_of

OLD = {"text": "河南：10 个工作日内办。\n（依据：豫退役军人〔2024〕63号 五(四)3）", "ids": ["a"], "is_answer": True}
NEW = {**OLD, "text": "河南：12 个工作日内办。\n（依据：豫退役军人〔2024〕63号 五(四)3）"}
NOTHING = {
    "not_covered": None,
    "items": ["报到", "落户"],
    "possible_items": [],
    "papers": ["身份证"],
    "asked": ["甲？"],
}
SIDE: dict[str, Any] = {**NOTHING, "possible_papers": [], "spared": ["房产证"], "next": None}
QUESTION = {"province": "henan", "said": "落户几天", "was_right": True, "is_right": False, "old": OLD, "new": NEW}
FOUND = {
    "counts": {"real": 2000, "real_changed": 1, "questions": 162, "questions_right": 160, "gate_changed": 2,
               "personas": 24, "personas_right": 24, "personas_changed": 1, "open": 9, "open_changed": 2},
    "provinces": ["henan"],
    "real": [{"row": 1, "province": "henan", "then": "answered", "how": "other_words", "old": OLD, "new": NEW}],
    "gate": [{**QUESTION, "id": "a"}, {**QUESTION, "id": "b", "is_right": True}],
    "personas": [{"id": "p", "province": "henan", "name": "回到原村、落父亲户口的士兵，要社保卡", "was_right": True,
                  "is_right": False, "old": SIDE, "new": {**SIDE, "papers": ["身份证", "户口簿"]}}],
    "open": [{"province": "henan", "answered": 2, "gone": ["您落哪里？"], "came": ["您要社保卡吗？"],
              "next_before": "甲？", "next_after": None}] * 2,
}  # fmt: skip
WHY = {
    "question": "落户要几天",
    "chance": 0.93,
    "by_meaning": True,
    "candidates": [{"id": "henan.item.household_registration.time_limit", "share": 0.9}],
    "signals": {"own_meaning": 2.5, "item": 1.0},
}
CHOICES = [{"number": 1, "label": "更多"}, {"number": 2, "label": "要带什么材料"}]


async def looked_at(page: Page, width: int, name: str) -> list[object]:
    """What is wrong with the page as it is now."""
    if folder := os.environ.get("TUIYI_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    found: list[object] = [*await violations(page), *await page.evaluate(TOO_LOW)]
    return [page.url, *found] if found or await page.evaluate(RUNS_OUT) else []


def look(site: Site, number: int, done: int, result: dict[str, Any] | None) -> None:
    """A look as it stands in the table."""
    with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
        connection.execute("DELETE FROM impact")
        connection.execute(
            "INSERT INTO impact (change_set_id, run, version, release, started_by, started_at, beat_at, done, total,"
            " result, finished_at) SELECT %s, %s, version, 1, created_by, now(), now(), %s, 2000, %s::jsonb,"
            " CASE WHEN %s::jsonb IS NULL THEN NULL ELSE now() END FROM change_set",
            (number, uuid.uuid4(), done, *[json.dumps(result) if result else None] * 2),
        )


@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_break_no_rule_and_work_by_keyboard(site: Site, chromium: Browser, width: int) -> None:
    site.rasa.answer = lambda _: [say("河南：公安部门 10 个工作日内办。", choices=CHOICES, why=WHY)]
    async with (
        site.up(),
        studio_of(site) as studio,  # type: ignore[arg-type]
        visit(chromium, viewport={"width": width, "height": 740}) as browser,
    ):
        await employ(site)
        editor = Staff(1, "zhang", "欧阳张三丰", frozenset({"editor"}), ())
        number = await studio.changes.create(editor, "落户时限改成 12 个工作日", "文件改了")
        page = await browser.new_page()
        complaints = complaints_of(page)
        await sign_in(page, site, f"studio/changes/{number}/impact")
        broken = await looked_at(page, width, "none")
        look(site, number, 700, None)
        await page.reload()
        assert await page.get_by_text("35%").first.is_visible()
        broken += await looked_at(page, width, "under-way")
        look(site, number, 2000, FOUND)
        await page.reload()
        broken += await looked_at(page, width, "impact")
        await page.get_by_role("link", name="试一试").press("Enter")
        await page.get_by_role("heading", name="试一试").wait_for()
        await page.select_option("#set", "")
        await page.select_option("#line", "telegram")
        await page.fill("#place", "河南")
        await page.fill("#text", "落户要几天")
        await page.get_by_role("button", name="发送").press("Enter")
        await page.get_by_role("heading", name="为什么这样答").wait_for()
        broken += await looked_at(page, width, "ask")
        await page.get_by_role("button", name="要带什么材料").press("Enter")
        await page.locator(".asks").nth(1).wait_for()
        broken += await looked_at(page, width, "ask-twice")
        await page.goto(f"{site.address}studio/graph?province=henan")
        await page.select_option("#persona", "henan_01")
        await page.get_by_role("button", name="查看").press("Enter")
        await page.get_by_role("heading", name="走一遍").wait_for()
        broken += await looked_at(page, width, "graph")

        assert broken == []
        assert complaints == []

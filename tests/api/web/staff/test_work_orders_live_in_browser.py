"""The list of work orders in a real browser: what happens elsewhere is there without loading the page again."""

from __future__ import annotations

import psycopg
import pytest
from playwright.async_api import Browser

from tests.api.web.staff.test_desk_in_browser import RUNS_OUT, signs_in
from tests.fakes.axe_rules import violations
from tests.fakes.site import Site, complaints_of, until, visit

MADE = """
    INSERT INTO work_order (form, channel, category, urgency, title, content, is_confidential, wants_reply, department,
        dispatch_note, made_by, made_at, limit_working_days, due_on, due_at)
    SELECT gen_random_uuid(), 'counter', 'help', 'normal', '户口一直没有恢复', 'x', false, true, '公安部门', '', id,
        now(), 3, current_date + 30, now() + interval '30 days' FROM staff
"""
LATE = "UPDATE work_order SET due_at = now() - interval '1 day', due_on = current_date - 1"
ANSWERED = "UPDATE work_order SET status = 'answered', result = '已经办好', closed_at = now()"


@pytest.mark.parametrize("width", [360, 1280])
async def test_new_orders_days_and_answers_come_by_themselves(site: Site, chromium: Browser, width: int) -> None:
    async with site.up(), visit(chromium, viewport={"width": width, "height": 740}) as context:
        one = await signs_in(context, site, "zhang", "张三")
        complaints = complaints_of(one)
        await one.goto(f"{site.address}desk/work-orders")
        await one.get_by_text("没有这样的工单").wait_for()
        rows = one.locator("#orders tbody tr")
        with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
            connection.execute(MADE.encode())
            await until(rows.count, 1)
            connection.execute(LATE.encode())
            await one.locator("#orders").get_by_text("已超期").wait_for()
            broken = await violations(one)
            runs_out = await one.evaluate(RUNS_OUT)
            connection.execute(ANSWERED.encode())
            await until(rows.count, 0)

    assert broken == []
    assert not runs_out
    assert complaints == []

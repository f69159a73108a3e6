"""The pages of change sets and releases: from an edit to its publication and back, each step by who may."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from api.changes.records import Proposed
from api.conversations.desk_hours import LOCAL
from api.staff.accounts import Staff
from tests.api.conftest import House
from tests.fakes.staff import Browser, signed_in, text_of
from tests.fakes.studio import Studio, studio_of

PATH, KIND, KEY = "provinces/hainan/topics.yaml", "topic", "offline_item"
OLD, NEW = "预备役登记在线下集中办理。其余 15 项", "预备役登记要到线下办。其余 15 项"


@pytest.fixture
async def studio(house: House) -> AsyncIterator[Studio]:
    async with studio_of(house) as one:
        yield one


@pytest.fixture
def editor(house: House) -> Browser:
    return signed_in(house, "editor", name="王编辑", regions=("460000",))


@pytest.fixture
def approver(house: House) -> Browser:
    return signed_in(house, "approver", name="李主任")


async def begun(studio: Studio, editor: Browser, reason: str = "窗口的说法改了") -> str:
    """A set with an edit; gives the address of its page."""
    made = await editor.post("/studio/changes", title="预备役怎么说", reason=reason)
    address = made.headers["location"]
    [(number, login, name)] = studio.house.rows("SELECT id, login, name FROM staff WHERE login = %s", editor.login)
    _, _, entries = await studio.changes.workbench.base()
    found = entries.find(PATH, KIND, KEY)
    assert found is not None
    edit = Proposed(PATH, KIND, KEY, found.text, found.text.replace(OLD, NEW))
    staff = Staff(number, login, name, frozenset({"editor"}), ("460000",))
    await studio.changes.put_edit(staff, int(address.split("/")[-1]), edit)
    return str(address)


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


async def submitted(studio: Studio, editor: Browser) -> str:
    address = await begun(studio, editor)
    page = await editor.get(address)
    sent = await editor.post(f"{address}/submit", version=version_of(page.text))
    assert sent.status_code == 303
    return address


async def test_a_set_goes_from_draft_to_release_and_back(studio: Studio, editor: Browser, approver: Browser) -> None:
    address = await begun(studio, editor)

    page = await editor.get(address)
    assert "草稿" in text_of(page)
    assert "<del>在</del>" in page.text
    assert "海南省" in text_of(page)
    await editor.post(f"{address}/submit", version=version_of(page.text))
    assert "已经送审" in text_of(await editor.get(address))

    page = await approver.get(address)
    assert "窗口的说法改了" in text_of(page)
    done = await approver.post(f"{address}/approve", version=version_of(page.text), publish_at="", expires_at="")
    assert done.status_code == 303
    assert "已经发布，是第 2 版" in text_of(await approver.get(address))

    releases = text_of(await editor.get("/studio/releases"))
    assert "第 2 版 正在用" in releases
    assert "王编辑" in releases
    assert "李主任" in releases
    assert "恢复到这一版" not in releases
    assert "恢复到这一版" in text_of(await approver.get("/studio/releases"))
    assert "比上一版改了 1 条" in text_of(await editor.get("/studio/releases/2"))

    asked = await approver.get("/studio/releases/1/restore")
    assert "下面 1 条会马上变回去" in text_of(asked)
    refused = await approver.post("/studio/releases/1/restore", reason=" ")
    assert (refused.status_code, "请写明原因" in text_of(refused)) == (409, True)
    back = await approver.post("/studio/releases/1/restore", reason="说错了")
    assert back.status_code == 303
    assert "已经恢复到第 1 版的内容，现在是第 3 版" in text_of(await approver.get("/studio/releases"))
    assert OLD.encode() in (await studio.releases.files(3))[PATH]


async def test_own_changes_have_no_button_and_no_way(studio: Studio, house: House) -> None:
    both = signed_in(house, "editor", "approver", regions=("460000",))
    address = await submitted(studio, both)

    page = await both.get(address)
    assert "要请另一位有审批权限的同事来批" in text_of(page)
    assert "/approve" not in page.text
    forced = await both.post(f"{address}/approve", version="3")
    assert (forced.status_code, "要请另一位同事批准" in text_of(forced)) == (409, True)
    assert (await studio.releases.current()).number == 1


async def test_an_approver_of_elsewhere_is_told_whose_it_is(studio: Studio, editor: Browser, house: House) -> None:
    address = await submitted(studio, editor)
    elsewhere = signed_in(house, "approver", regions=("410000",))

    page = await elsewhere.get(address)
    refused = await elsewhere.post(f"{address}/approve", version=version_of(page.text))

    assert refused.status_code == 409
    assert "海南省的内容，不归您管" in text_of(refused)


async def test_a_rejected_set_shows_why(studio: Studio, editor: Browser, approver: Browser) -> None:
    address = await submitted(studio, editor)
    page = await approver.get(address)

    empty = await approver.post(f"{address}/reject", version=version_of(page.text), reason="")
    await approver.post(f"{address}/reject", version=version_of(page.text), reason="出处要写全")

    assert empty.status_code == 409
    assert "被退回了： 出处要写全" in text_of(await editor.get(address))
    assert "被退回" in text_of(await editor.get("/studio/changes"))


async def test_the_reason_is_asked_for_where_the_set_is_submitted(studio: Studio, editor: Browser) -> None:
    address = await begun(studio, editor, reason="")
    page = (await editor.get(address)).text
    sent = {"version": version_of(page), "title": "预备役怎么说", "reason": "窗口的说法改了"}

    assert page.count('name="reason"') == 1
    assert (await editor.post(f"{address}/submit", **{**sent, "version": "1"})).status_code == 409
    page = (await editor.get(address)).text
    await editor.post(f"{address}/submit", **{**sent, "version": version_of(page)})

    change_set = await studio.changes.get(int(address.split("/")[-1]))
    assert (change_set.state, change_set.reason) == ("submitted", "窗口的说法改了")


async def test_without_a_reason_nothing_is_submitted(studio: Studio, editor: Browser) -> None:
    address = await begun(studio, editor, reason="")
    page = await editor.get(address)

    refused = await editor.post(f"{address}/submit", version=version_of(page.text))
    await editor.post(f"{address}/rename", title="换个名字", reason="有了原因")

    assert (refused.status_code, "请写明原因" in text_of(refused)) == (409, True)
    page = await editor.get(address)
    assert "有了原因" in text_of(page)
    assert (await editor.post(f"{address}/submit", version=version_of(page.text))).status_code == 303


async def test_a_time_is_chosen_for_going_live_and_for_its_end(
    studio: Studio, editor: Browser, approver: Browser
) -> None:
    address = await submitted(studio, editor)
    page = await approver.get(address)
    tomorrow = f"{datetime.now(LOCAL) + timedelta(days=1):%Y-%m-%dT%H:%M}"
    later = f"{datetime.now(LOCAL) + timedelta(days=9):%Y-%m-%dT%H:%M}"
    version = version_of(page.text)

    wrong = await approver.post(f"{address}/approve", version=version, publish_at=later, expires_at=tomorrow)
    garbage = await approver.post(f"{address}/approve", version=version, publish_at="明天")
    await approver.post(f"{address}/approve", version=version, publish_at=tomorrow, expires_at=later)

    assert (wrong.status_code, garbage.status_code) == (409, 409)
    assert "到期的时间要在发布以后" in text_of(wrong)
    shown = text_of(await approver.get(address))
    assert "已批准，等时间" in shown
    assert tomorrow.replace("T", " ") in shown
    assert (await studio.releases.current()).number == 1
    assert (await approver.post(f"{address}/publish")).status_code == 303
    assert (await studio.releases.current()).number == 2
    undone = await approver.post(f"{address}/undo", reason="不对")
    assert undone.status_code == 303
    assert "已撤下" in text_of(await approver.get(address))
    assert "撤下 修改单" in text_of(await approver.get("/studio/releases"))
    assert "撤下修改单" in text_of(await approver.get("/studio/releases/3"))


async def test_what_its_hour_could_not_publish_is_listed_and_decided_on_again(
    studio: Studio, editor: Browser, approver: Browser
) -> None:
    address = await submitted(studio, editor)
    trouble = """{"key": "changes.gate_since", "values": {"count": 1}, "objections": ["评测题变了。"]}"""
    studio.house.change("UPDATE change_set SET trouble = %s", trouble)

    start, page = text_of(await approver.get("/studio")), text_of(await approver.get(address))

    assert "到了时间没能办成的 预备役怎么说" in start
    assert "有 1 处原来答对的会变，所以没有发布" in start
    assert "评测题变了。" in page
    await approver.post(f"{address}/approve", version=version_of((await approver.get(address)).text))
    assert "到了时间没能办成" not in text_of(await approver.get("/studio"))


async def test_an_edit_is_taken_back_and_a_set_given_up(studio: Studio, editor: Browser) -> None:
    address = await begun(studio, editor)

    await editor.post(f"{address}/take-back", path=PATH, kind=KIND, key=KEY)
    assert "还没有改动" in text_of(await editor.get(address))
    await editor.post(f"{address}/withdraw")
    assert "已作废" in text_of(await editor.get("/studio/changes?show=withdrawn"))
    await editor.post(f"{address}/take-up")
    assert "又是草稿了" in text_of(await editor.get(address))


async def test_a_faulty_draft_says_what_to_mend_in_chinese(studio: Studio, editor: Browser) -> None:
    address = await begun(studio, editor)
    [(number,)] = studio.house.rows("SELECT id FROM staff WHERE login = %s", editor.login)
    edit = (await studio.changes.edits(int(address.split("/")[-1])))[0]
    text = (edit.after or "").replace("title: 哪一项不能在网上联合办\n", "")
    staff = Staff(number, editor.login, "王编辑", frozenset({"editor"}), ("460000",))
    await studio.changes.put_edit(
        staff, int(address.split("/")[-1]), Proposed(PATH, KIND, KEY, edit.before, text), edit.version
    )

    page = await editor.get(address)

    assert 'class="fault"' in page.text
    assert "改好以后，才能送审" in text_of(page)
    assert "/submit" not in page.text


@pytest.mark.parametrize(
    "address",
    ["/studio/changes/999", "/studio/changes/x", "/studio/changes/99999999999999999999", "/studio/changes?show=x",
     "/studio/releases/999", "/studio/releases/x", "/studio/releases?before=x"],
)  # fmt: skip
async def test_what_there_is_not_is_said(studio: Studio, editor: Browser, address: str) -> None:
    assert (await editor.get(address)).status_code == 404


async def test_a_title_is_needed(studio: Studio, editor: Browser) -> None:
    refused = await editor.post("/studio/changes", title=" ", reason="因为")

    assert refused.status_code == 422
    assert "请起个名字" in text_of(refused)

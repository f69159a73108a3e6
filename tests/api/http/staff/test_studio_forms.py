"""Entries as forms: nothing that was not changed is rewritten, what is wrong stands at its field, nobody overwrites."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from api.db.engine import build_engine
from knowledge.entry_kinds import EntryName
from tests.api.conftest import House
from tests.fakes.staff import Browser, signed_in, text_of
from tests.fakes.studio import Filled, Studio, address_of, faults_of, studio_of

TOPIC = EntryName("provinces/henan/topics.yaml", "topic", "")
ENTRY = "/studio/entry"


@pytest.fixture
async def studio(house: House) -> AsyncIterator[Studio]:
    async with studio_of(house) as one:
        yield one


async def some_topic(studio: Studio) -> EntryName:
    _, _, entries = await studio.changes.workbench.base()
    return next(one.name for one in entries.entries if one.kind == "topic" and one.province == "henan")


async def send(browser: Browser, page: str, **values: str | list[str]) -> tuple[int, str, str]:
    """Sends the form of a page with some fields filled anew: status, address of the next page, and what is shown."""
    response = await browser.send("POST", ENTRY, data=Filled(page).with_values(**values))
    address = response.headers.get("location", "")
    shown = (await browser.get(address)).text if address else response.text
    return response.status_code, address, shown


def set_of(address: str) -> int:
    found = re.search(r"set=(\d+)", address)
    assert found, address
    return int(found[1])


async def test_no_form_rewrites_what_was_not_changed(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    _, _, entries = await studio.changes.workbench.base()
    first = {one.kind: one for one in reversed(entries.entries)}
    rewritten = {}
    for kind, one in first.items():
        page = await browser.get(address_of(one.name))
        if "entry-form" in page.text:
            _, address, _ = await send(browser, page.text, _set="new", _title=kind)
            rewritten[kind] = await studio.edited(set_of(address))

    assert len(rewritten) == 26
    assert {kind: edits for kind, edits in rewritten.items() if edits} == {}


async def test_a_new_faq_is_one_form_and_gets_its_id_from_its_title(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    page = await browser.get("/studio/new?kind=topic&place=henan")
    page = await browser.get(page.headers["location"])
    status, address, shown = await send(
        browser,
        page.text,
        title="下雨天窗口开不开",
        say="开。工作日都开。",
        questions="下大雨还上班吗\r\n刮风下雨能去不",
        source="henan-2024|一",
        owner="张三",
        review_due="2027-01-01",
        until="2027-06-30",
        **{"for": "自主就业的退役士兵"},
    )

    [(name, text)] = (await studio.edited(set_of(address))).items()
    assert status == 303
    assert name == TOPIC._replace(key="xia_yu_tian_chuang_kou_kai")
    assert text is not None
    assert "questions: [下大雨还上班吗, 刮风下雨能去不]" in text
    assert {"for: 自主就业的退役士兵", "owner: 张三", "until: 2027-06-30", "source: 一"} <= set(text.splitlines())
    assert "已经存进修改单" in shown
    assert faults_of(shown) == []


async def test_all_faults_stand_at_their_fields_and_the_draft_is_kept(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    page = await browser.get(address_of(await some_topic(studio)))
    status, address, shown = await send(
        browser, page.text, say="一。二。三。四。五。", title="", source="henan-2024|没有这节", until="2020-13-01"
    )

    assert status == 303
    said = faults_of(shown)
    assert "请填写这一栏。" in said
    assert any("日期不对" in one for one in said)
    assert any("有 5 句，太长了" in one for one in said)
    assert any("目录里没有“没有这节”这一节" in one for one in said)
    assert len(await studio.edited(set_of(address))) == 1
    assert "问题：请填写这一栏。" in text_of(await browser.get(address))
    assert "草稿已经存着" in text_of(await browser.get(address))


async def test_what_the_checks_of_the_whole_draft_find_stands_at_its_field(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    page = await browser.get(address_of(await some_topic(studio)))
    _, _, shown = await send(browser, page.text, say="一。二。三。四。五。", source="henan-2024|没有这节")

    said = faults_of(shown)
    assert any("有 5 句，太长了" in one for one in said)
    assert any("目录里没有“没有这节”这一节" in one for one in said)


async def test_the_second_editor_is_told_and_keeps_his_text(studio: Studio, house: House) -> None:
    first, second = signed_in(house, "editor", name="张三"), signed_in(house, "editor", name="李四")
    name = await some_topic(studio)
    begun = await first.get(address_of(name))
    _, address, _ = await send(first, begun.text, say="第一稿。")
    seen_by_both = await second.get(address)
    await send(first, (await first.get(address)).text, say="张三的第二稿。")
    status, _, shown = await send(second, seen_by_both.text, say="李四的稿。")

    assert status == 409
    assert "张三" in shown
    assert "张三的第二稿。" in shown
    assert "李四的稿。" in shown
    assert "张三的第二稿。" in str(await studio.edited(set_of(address)))

    status, _, _ = await send(second, shown, say="两个人都要的稿。")
    assert status == 303


async def test_an_entry_that_the_chosen_set_has_already_is_shown_and_then_saved(studio: Studio, house: House) -> None:
    first, second = signed_in(house, "editor", name="张三"), signed_in(house, "editor", name="李四")
    name = await some_topic(studio)
    published = (await second.get(address_of(name))).text
    _, address, _ = await send(first, published, say="张三的稿。", _set="new")
    number = set_of(address)
    told, _, shown = await send(second, published, say="李四的稿。", _set=str(number))
    saved, _, _ = await send(second, shown, say="两个人都要的稿。")

    assert (told, saved) == (409, 303)
    assert "张三的稿。" in shown
    assert "两个人都要的稿。" in str(await studio.edited(number))


async def test_another_set_with_the_same_entry_is_named(studio: Studio, house: House) -> None:
    first, second = signed_in(house, "editor", name="张三"), signed_in(house, "editor", name="李四")
    name = await some_topic(studio)
    await send(first, (await first.get(address_of(name))).text, say="第一稿。", _set="new", _title="改第一条")

    shown = text_of(await second.get(address_of(name)))

    assert "也改了这一条，在修改单“改第一条”里" in shown
    assert "张三" in shown


async def test_ones_own_draft_is_suggested_and_a_colleagues_only_offered(studio: Studio, house: House) -> None:
    first, second = signed_in(house, "editor", name="张三"), signed_in(house, "editor", name="李四")
    name = await some_topic(studio)
    _, address, _ = await send(first, (await first.get(address_of(name))).text, say="第一稿。", _title="张三的单子")
    theirs, own = await second.get(address_of(name)), await first.get(address_of(name))

    assert Filled(theirs.text).with_values()["_set"] == ["new"]
    assert Filled(own.text).with_values()["_set"] == [str(set_of(address))]
    assert "张三的单子（张三建的）" in text_of(theirs)
    assert "张三建的" not in text_of(own)


async def test_an_entry_is_withdrawn_and_brought_back(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    name = await some_topic(studio)
    page = (await browser.get(address_of(name))).text
    hidden = {key: value for key, value in Filled(page).with_values().items() if key.startswith("_")}
    gone = await browser.send("POST", f"{ENTRY}/withdraw", data={**hidden, "_set": "new", "csrf": "c" * 43})
    number = set_of(gone.headers["location"])

    assert await studio.edited(number) == {name: None}

    page = (await browser.get(gone.headers["location"])).text
    sent = {**hidden, "_seen_set": str(number), "csrf": "c" * 43}
    await browser.send("POST", f"{ENTRY}/take-back", data=sent)
    assert "不撤了" in page
    assert await studio.edited(number) == {}


async def test_parts_and_conditions_are_made_without_a_script(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    _, _, entries = await studio.changes.workbench.base()
    paper = next(one for one in entries.entries if one.kind == "paper" and one.province == "henan")
    page = (await browser.get(address_of(paper.name))).text
    _, _, page = await send(browser, page, _act="remove when")
    _, _, page = await send(browser, page, _act="add when")
    question = next(one for one in entries.entries if one.kind == "question" and one.province == "henan")
    _, _, page = await send(browser, page, when__question=question.key, _act="here when")
    option = question.content["options"][0]
    _, address, page = await send(browser, page, when__options=[option["id"]])

    [text] = (await studio.edited(set_of(address))).values()
    assert text is not None
    assert f"when: {{question: {question.key}, equals: {option['id']}}}" in text
    assert f"“{question.title}”答“{option['label']}”" in page


async def test_the_raw_view_saves_comments_and_names_the_line_of_what_is_wrong(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    name = await some_topic(studio)
    page = (await browser.get(address_of(name).replace(ENTRY, f"{ENTRY}/raw"))).text
    form = {**Filled(page, form="").with_values(), "text": ["id: [oops"]}
    wrong = await browser.send("POST", f"{ENTRY}/raw", data=form)
    text = "# 说明\n" + (await studio.changes.workbench.base())[2].find(*name).text  # type: ignore[union-attr]
    right = await browser.send("POST", f"{ENTRY}/raw", data={**form, "text": [text]})

    assert (wrong.status_code, right.status_code) == (409, 303)
    assert "id: [oops" in wrong.text
    assert await studio.edited(set_of(right.headers["location"])) == {name: text}


async def test_earlier_texts_are_told_field_by_field(studio: Studio, house: House) -> None:
    browser = signed_in(house, "editor")
    name = await some_topic(studio)
    _, _, entries = await studio.changes.workbench.base()
    found = entries.find(*name)
    assert found is not None
    content = await studio.releases.file(1, name.path)
    assert content is not None
    newer = content.replace(f"title: {found.title}".encode(), "title: 另一个题目".encode())
    async with build_engine(house.settings.sqlalchemy_url, 1).begin() as connection:
        await studio.releases.publish(connection, {name.path: newer}, kind="import", reason=name.path)

    shown = text_of(await browser.get(address_of(name).replace(ENTRY, f"{ENTRY}/history")))

    assert "“另一个题目”以前的样子" in shown
    assert "技术人员直接改了文件，里面有：城市的文件。" in shown
    assert "第一次导入" in shown
    assert f"原来 {found.title} 改成 另一个题目" in shown

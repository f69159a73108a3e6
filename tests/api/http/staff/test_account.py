"""The own page, the password, the log as those see it who watch over it."""

from __future__ import annotations

import pytest

from api.staff.passwords import hash_password, is_right
from tests.api.conftest import House
from tests.fakes.staff import CSRF, Browser, signed_in, text_of

OLD, NEW = "落日照大旗马鸣风萧萧", "孤帆远影碧空尽唯见长江"


def with_password(house: House, *roles: str) -> Browser:
    one = signed_in(house, *roles, login="zhang")
    house.change("UPDATE staff SET password_hash = %s", hash_password(OLD))
    return one


async def test_own_page_says_who_he_is_and_what_he_may_do(house: House) -> None:
    text = text_of(await signed_in(house, "lead", regions=("410000",)).get("/staff"))

    assert all(part in text for part in ("张三", "班长", "河南省", "接待群众", "开关机器人"))
    assert "修改知识库" not in text


async def test_another_password_ends_all_sessions(house: House) -> None:
    one = with_password(house, "editor")

    changed = await one.post("/staff/password", old=OLD, new=NEW, again=NEW)
    page = await one.get(changed.headers["location"])
    [(stored,)] = house.rows("SELECT password_hash FROM staff")

    assert (changed.status_code, changed.headers["location"]) == (303, "/staff/sign-in")
    assert "密码改好了" in text_of(page)
    assert is_right(NEW, stored)
    assert (await one.get("/studio")).status_code == 303
    assert house.rows("SELECT login, act FROM audit") == [("zhang", "staff.password")]


@pytest.mark.parametrize(
    ("old", "new", "again", "faults"),
    [
        ("wrong", NEW, NEW, ["old-fault"]),
        (OLD, "short", "short", ["new-fault"]),
        (OLD, NEW, NEW + "x", ["again-fault"]),
        ("wrong", NEW, OLD, ["old-fault", "again-fault"]),
    ],
)
async def test_faults_are_shown_at_their_fields(
    house: House, old: str, new: str, again: str, faults: list[str]
) -> None:
    one = with_password(house, "editor")

    response = await one.post("/staff/password", old=old, new=new, again=again)

    assert response.status_code == 422
    assert [name for name in ("old-fault", "new-fault", "again-fault") if f'id="{name}"' in response.text] == faults
    assert NEW not in response.text


async def test_the_log_is_shown_newest_first_and_in_parts(house: House) -> None:
    for number in range(60):
        await signed_in(house, "editor", login=f"editor{number:02}").post("/staff/sign-out")
    auditor = signed_in(house, "auditor")

    first = await auditor.get("/staff/audit")
    older = first.text.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    second = await auditor.get(older)
    found = await auditor.get("/staff/audit?about=staff:editor07")

    assert "editor59" in first.text
    assert "editor09" not in first.text
    assert "editor09" in second.text
    assert found.text.count("<tr>") == 2


async def test_the_log_is_checked_with_one_click(house: House) -> None:
    auditor = signed_in(house, "auditor")
    await signed_in(house, "editor").post("/staff/sign-out")

    checked = await auditor.post("/staff/audit/verify")
    page = await auditor.get(checked.headers["location"])
    again = await auditor.get("/staff/audit")

    assert "共 1 条，没有人改过" in text_of(page)
    assert "共 1 条，没有人改过" not in text_of(again)


async def test_what_stands_in_the_log_is_text_and_no_markup(house: House) -> None:
    one = with_password(house, "auditor")
    house.change(
        "INSERT INTO audit (at, login, act, object, reason, detail, previous, hash)"
        " VALUES (now(), 'x', 'x', 'x', '<script>alert(1)</script>', '{}', '', '')"
    )

    page = (await one.get("/staff/audit")).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


async def test_a_form_whose_length_is_not_told_is_refused(house: House) -> None:
    one = with_password(house, "editor")

    async def endless():  # type: ignore[no-untyped-def]
        yield b"csrf=" + CSRF.encode()

    response = await one.send("POST", "/staff/sign-out", content=endless())

    assert response.status_code == 413

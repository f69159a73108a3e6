"""Canned replies: leads keep them, counselors see those for their places."""

from __future__ import annotations

import pytest

from tests.api.conftest import House
from tests.fakes.staff import signed_in, text_of

SAID = "户口登记请带退出现役证件，依据豫退役军人〔2024〕63号。"


async def test_lead_keeps_one_and_takes_it_away(house: House) -> None:
    lead = signed_in(house, "lead")

    added = await lead.post("/desk/replies", shortcut="/HK", said=SAID, place="河南")
    seen = text_of(await signed_in(house, "counselor").get("/desk/replies"))
    elsewhere = text_of(await signed_in(house, "counselor", regions=("460000",)).get("/desk/replies"))
    taken = await lead.post("/desk/replies", shortcut="hk", said="别的", place="")
    await lead.post("/desk/replies/1/remove")
    anew = await lead.post("/desk/replies", shortcut="hk", said="别的", place="")

    assert (added.status_code, taken.status_code, anew.status_code) == (303, 422, 303)
    assert "已经有了" in taken.text
    assert all(part in seen for part in ("/hk", SAID, "河南省"))
    assert "删除" not in seen
    assert "/hk" not in elsewhere
    assert [act for (act,) in house.rows("SELECT act FROM audit ORDER BY id")] == [
        "canned.add",
        "canned.remove",
        "canned.add",
    ]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"shortcut": "", "said": SAID}, "shortcut"),
        ({"shortcut": "a b", "said": SAID}, "shortcut"),
        ({"shortcut": "hk", "said": ""}, "said"),
        ({"shortcut": "hk", "said": "长" * 501}, "said"),
        ({"shortcut": "hk", "said": "号码 11010519491231002X"}, "said"),
        ({"shortcut": "hk", "said": SAID, "place": "没有这里"}, "place"),
    ],
)
async def test_faults_stand_at_their_fields(house: House, fields: dict[str, str], fault: str) -> None:
    response = await signed_in(house, "lead").post("/desk/replies", **fields)

    assert response.status_code == 422
    assert f'id="{fault}-fault"' in response.text
    assert house.rows("SELECT count(*) FROM canned_reply") == [(0,)]


async def test_counselors_change_nothing(house: House) -> None:
    assert (await signed_in(house, "counselor").post("/desk/replies", shortcut="hk", said=SAID)).status_code == 403

"""What the chat page says when a message cannot be taken."""

from __future__ import annotations

import pytest

from tests.api.conftest import Build, House
from tests.fakes.plain_browser import NONCE, PATH, SCRIPT, page, post


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"text": " "}, 422, "还没有写内容"),
        ({"text": "长" * 2001}, 422, "一次最多写 2000 个字"),
        ({"text": "长" * 300_000}, 413, "一次最多写 2000 个字"),
        ({"text": "a\x00b"}, 422, "认不出的内容"),
        ({"choice": "1.1"}, 409, "已经过去了"),
    ],
)
async def test_what_cannot_be_sent_is_told_in_the_page(
    house: House, fields: dict[str, str], status: int, sentence: str
) -> None:
    response = await post(house, **fields)
    scripted = await post(house, headers=SCRIPT, **fields)

    assert response.status_code == scripted.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert sentence in response.text
    assert sentence in scripted.json()["error"]


async def test_words_that_were_not_sent_stay_in_the_box(house: House) -> None:
    too_long = await post(house, text="长" * 2001)
    house.rasa.is_down = True
    for number in range(20):
        await post(house, f"{number:024}", text="你好")
    too_many = await post(house, text="还有一句")

    assert f">{'长' * 2001}</textarea>" in too_long.text
    assert ">还有一句</textarea>" in too_many.text


async def test_too_many_messages_are_refused_with_a_time(house: House) -> None:
    house.rasa.is_down = True
    for number in range(20):
        await post(house, f"{number:024}", text="你好")

    response = await post(house, text="还有")

    assert response.status_code == 429
    assert response.headers["retry-after"] == "5"
    assert "请等几秒再发" in response.text


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_database_away_is_told_in_the_page(build: Build, method: str) -> None:
    async with build(database_url="postgresql://nobody@127.0.0.1:1/none") as house:
        house.http.cookies.set("tuiyi_chat", "x" * 43)
        path = "/" if method == "GET" else PATH
        response = await house.http.request(method, path, data={"message_id": NONCE, "text": "你好"})

    assert response.status_code == 503
    assert "系统暂时连不上" in response.text
    assert "12345" in response.text


async def test_post_from_another_site_is_refused_and_takes_no_cookie_away(house: House) -> None:
    await page(house)

    response = await house.http.post(
        PATH, data={"message_id": NONCE, "text": "人工"}, headers={"origin": "https://other.example"}
    )

    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert house.rows("SELECT count(*) FROM inbox") == [(0,)]

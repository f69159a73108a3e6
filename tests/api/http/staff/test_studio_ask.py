"""The test panel: a try takes the steps of a live turn, is shown as the channel would, and leaves nothing behind."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api.changes.records import Proposed
from api.staff.accounts import Staff
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say
from tests.fakes.staff import Browser, signed_in, text_of
from tests.fakes.studio import studio_of

EMPTY = "SELECT count(*) FROM {}"
TABLES = ("conversation", "inbox", "outbox", "transcript", "person_request", "vault", "answer_mark")
CHOICES = [{"number": 1, "label": "要"}, {"number": 2, "label": "不要"}]
WHY = {
    "question": "落户要几天",
    "chance": 0.93,
    "by_meaning": True,
    "candidates": [{"id": "henan.item.household_registration.time_limit", "share": 0.9}],
    "signals": {"own_meaning": 2.5, "item": 1.0},
}


@pytest.fixture
async def answering(build: Build) -> AsyncIterator[House]:
    rasa = FakeRasa(answer=lambda _: [say("河南：10 个工作日。", choices=CHOICES, why=WHY)])
    async with build(rasa=rasa) as house, studio_of(house):
        yield house


def state_of(page: str) -> str:
    found = re.search(r'name="state" value="([^"]+)"', page)
    assert found
    return found[1]


async def tried(browser: Browser, text: str = "落户要几天", state: str = "", **more: str) -> str:
    response = await browser.post("/studio/ask", **{"text": text, "state": state, "line": "web", **more})
    assert response.status_code == 200
    return str(response.text)


async def test_a_try_is_answered_by_the_live_steps_and_stands_in_no_table(answering: House) -> None:
    page = await tried(signed_in(answering, "editor"), place="河南")

    assert "河南：10 个工作日。" in page
    asked = answering.rasa.asked[-1]
    assert (asked["message"], asked["metadata"]["channel"], asked["metadata"]["region_hint"]) == (
        "落户要几天",
        "web",
        "410000",
    )
    assert {name: answering.rows(EMPTY.format(name)) for name in TABLES} == {name: [(0,)] for name in TABLES}


async def test_why_shows_the_words_the_chance_the_candidates_and_the_release(answering: House) -> None:
    page = await signed_in(answering, "approver").post("/studio/ask", text="落户要几天", line="web")

    text = text_of(page)
    assert "有多大把握 93%" in text
    assert "henan.item.household_registration.time_limit" in text
    assert "和这一条的问法意思相近" in text
    assert "内容版本：" in text


async def test_several_turns_go_on_from_each_other_and_a_button_says_its_number(answering: House) -> None:
    browser = signed_in(answering, "editor")
    first = await tried(browser, line="telegram")

    second = await browser.post("/studio/ask", state=state_of(first), choice="2", line="telegram")

    assert answering.rasa.asked[-1]["message"] == "2"
    assert "落户要几天" in second.text
    assert answering.rasa.asked[0]["sender"] != answering.rasa.asked[-1]["sender"]


async def test_each_channel_shows_the_reply_its_own_way(answering: House) -> None:
    browser = signed_in(answering, "editor")

    shown = {line: await tried(browser, line=line) for line in ("web", "telegram", "wechat", "hotline", "text_message")}

    assert [line for line, page in shown.items() if '<button name="choice"' in page] == ["web", "telegram"]
    assert "1. 要" in shown["wechat"]
    assert "按短信算" in shown["text_message"]
    assert "按短信算" not in shown["hotline"]


async def test_numbers_are_masked_before_anything_shows_them(answering: House) -> None:
    page = await tried(signed_in(answering, "editor"), text="我的号是11010519491231002X，落户要几天")

    assert "11010519491231002X" not in page
    assert "〔身份证号1〕" in page


async def test_asking_for_a_person_calls_nobody(answering: House) -> None:
    page = await tried(signed_in(answering, "editor"), text="人工")

    assert "这里没有转" in page
    assert answering.rows("SELECT count(*) FROM person_request") == [(0,)]


async def test_what_cannot_be_asked_is_said(answering: House) -> None:
    browser = signed_in(answering, "editor")

    assert "请写一句话" in await tried(browser, text=" ")
    assert "没有认出这个地方" in await tried(browser, place="火星")
    assert "现在不能试" in await tried(browser, set="77")
    assert "现在不能试" in await tried(browser, set="x")
    answering.rasa.is_down = True
    assert "听不懂话" in await tried(browser)


async def test_a_state_that_somebody_wrote_himself_begins_anew(answering: House) -> None:
    page = await tried(signed_in(answering, "editor"), state="eyJtZW1vcnkiOnt9fQ==")

    assert "河南：10 个工作日。" in page


class CallingRasa(FakeRasa):
    """Takes every message for a question, and calls the action in the app as the real server does."""

    house: House

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Plays the server: a fresh tracker takes up the memory, then the action is called."""
        if request.method == "GET":
            return await super().handle_async_request(request)
        asked = json.loads(await request.aread())
        self.asked.append(asked)
        tracker: dict[str, Any] = {"slots": {}, "latest_action_name": "action_listen"}
        begun = await self._call("action_session_start", asked["sender"], tracker)
        memory = next(one["value"] for one in begun["events"] if one.get("name") == "memory")
        message = {"text": asked["message"], "intent": {"name": "ask_policy", "confidence": 1.0}}
        tracker |= {"slots": {"memory": memory}, "latest_message": {**message, "metadata": asked["metadata"]}}
        return httpx.Response(200, json=(await self._call("answer_question", asked["sender"], tracker))["responses"])

    async def _call(self, action: str, sender: str, tracker: dict[str, Any]) -> Any:
        token = self.house.settings.action_token.get_secret_value()
        body = {"next_action": action, "sender_id": sender, "tracker": tracker}
        headers = {"authorization": f"Bearer {token}"}
        return (await self.house.http.post("/internal/actions", json=body, headers=headers)).json()


async def test_a_draft_is_asked_through_the_action_route_and_goes_on_from_turn_to_turn(build: Build) -> None:
    rasa = CallingRasa()
    async with build(rasa=rasa) as house, studio_of(house) as studio:
        rasa.house = house
        browser = signed_in(house, "editor", login="editor")
        [(number,)] = house.rows("SELECT id FROM staff WHERE login = 'editor'")
        editor = Staff(number, "editor", "张三", frozenset({"editor"}), ())
        change_set = await studio.changes.create(editor, "落户时限", "文件改了")
        path, kind, key = "provinces/henan/items/household_registration.yaml", "item", "household_registration"
        _, _, entries = await studio.changes.workbench.base()
        found = entries.find(path, kind, key)
        assert found is not None
        after = found.text.replace("10 个工作日", "77 个工作日")
        await studio.changes.put_edit(editor, change_set, Proposed(path, kind, key, found.text, after))

        draft = await tried(browser, place="河南", set=str(change_set))
        published = await tried(browser, place="河南")
        further = await tried(browser, "那要带什么材料", state_of(draft), place="河南", set=str(change_set))

        assert "77 个工作日" in draft
        assert "77 个工作日" not in published
        assert "10 个工作日" in published
        assert "户口" in further.split("那要带什么材料")[-1]
        assert house.rows("SELECT count(*) FROM conversation") == [(0,)]
        assert house.rows("SELECT count(*) FROM transcript") == [(0,)]

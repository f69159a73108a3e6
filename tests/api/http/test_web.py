"""The chat page without its script: forms, redirects, and the same turn as every channel."""

from __future__ import annotations

import re

from bot.message import ActionResult, Memory, Reply
from tests.api.conftest import Build, House
from tests.fakes.plain_browser import PATH, SCRIPT, choices_of, page, post
from tests.fakes.rasa import FakeRasa, say

CITED = {"guide": "g", "title": "实施方案", "doc_no": "豫〔2024〕63号", "section": "附件2 五(二)6", "valid_from": None}


def asks(*labels: str, kind: str = "question", text: str = "户口注销了吗？") -> ActionResult:
    choices = [{"number": number, "label": label} for number, label in enumerate(labels, 1)]
    return say(text, kind, choices=choices)


async def test_page_is_private_and_guarded(house: House) -> None:
    response = await house.http.get("/")

    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert response.headers["cache-control"] == "no-store"
    cookie = response.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/", "max-age=15552000"))


async def test_page_always_names_the_robot_the_person_and_the_phone(house: House) -> None:
    html = await page(house)

    assert 'lang="zh-CN"' in html
    assert "机器人" in html
    assert "转人工" in html
    assert 'href="tel:12345"' in html
    assert "请不要输入身份证号、银行卡号" in html
    assert "style=" not in html
    assert re.search(r"<script(?![^>]*src=)", html) is None


async def test_looking_at_the_page_begins_no_conversation(house: House) -> None:
    await page(house)

    assert house.rows("SELECT count(*) FROM conversation") == [(0,)]


async def test_post_leads_back_to_the_page_with_the_transcript(house: House) -> None:
    response = await post(house, text="你好")

    assert response.status_code == 303
    assert response.headers["location"] == "/#latest"
    html = await page(house)
    assert "听到：你好" in html
    assert 'id="latest"' in html


async def test_same_post_again_has_no_second_effect(house: House) -> None:
    for _ in range(3):
        await post(house, text="你好")

    assert len(house.rasa.asked) == 1
    assert (await page(house)).count("<p>听到：你好</p>") == 1


async def test_other_words_from_a_page_out_of_memory_are_not_lost(house: House) -> None:
    await post(house, text="你好")
    await post(house, text="再见")

    assert [asked["message"] for asked in house.rasa.asked] == ["你好", "再见"]


async def test_identity_number_never_comes_back(house: House) -> None:
    await post(house, text="我的身份证号 110101199003077774")

    html = await page(house)
    assert "110101199003077774" not in html
    assert "〔身份证号1〕" in html


async def test_markup_in_words_is_shown_as_words(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [say("<b>话</b>")])) as house:
        await post(house, text="<script src=x>照片</script>")

        html = await page(house)

    assert "<script src=x>照片" not in html
    assert "&lt;script src=x&gt;照片" in html
    assert "&lt;b&gt;话" in html


async def test_answer_shows_its_source_beneath(build: Build) -> None:
    reply = say("要带。", "answer", citations=[CITED], data={"completeness": "complete"})
    async with build(rasa=FakeRasa(answer=lambda _: [reply])) as house:
        await post(house, text="户口注销证明要不要带")

        html = await page(house)

    assert html.index("要带。") < html.index("《实施方案》（豫〔2024〕63号），附件2 五(二)6")


async def test_choice_says_its_number_and_is_shown_with_its_label(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [asks("注销了", "没注销")])) as house:
        await post(house, text="开始")
        offered = choices_of(await page(house))
        await post(house, "c" * 24, choice=offered[1])

        html = await page(house)

    assert house.rasa.asked[1]["message"] == "2"
    assert "2. 没注销（您选的）" in html
    assert choices_of(html) != offered


async def test_choice_works_after_a_restart(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [asks("注销了", "没注销")])) as house:
        await post(house, text="开始")
        offered, cookies = choices_of(await page(house)), house.http.cookies
    async with build() as house:
        house.http.cookies = cookies
        await post(house, "c" * 24, choice=offered[0])

        assert [asked["message"] for asked in house.rasa.asked] == ["1"]


async def test_choice_of_a_question_that_is_over_changes_nothing(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [asks("注销了", "没注销")])) as house:
        await post(house, text="开始")
        old = choices_of(await page(house))
        await post(house, "c" * 24, choice=old[0])
        refused = await post(house, "d" * 24, choice=old[1])
        again = await post(house, "c" * 24, choice=old[0])

    assert refused.status_code == 409
    assert "这一题已经过去了" in refused.text
    assert again.status_code == 303
    assert len(house.rasa.asked) == 2


async def test_older_choice_that_is_no_question_says_its_label(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [asks("更多", "查进度", kind="answer", text="话")])) as house:
        house.rasa.answer = lambda _: [say("话", "smalltalk", choices=[{"number": 1, "label": "查进度"}])]
        await post(house, text="你好")
        old = choices_of(await page(house))
        await post(house, "b" * 24, text="你好")
        await post(house, "c" * 24, choice=old[0])

    assert house.rasa.asked[-1]["message"] == "查进度"


async def test_choice_of_another_session_means_nothing(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [asks("注销了")])) as house:
        await post(house, text="开始")
        foreign = choices_of(await page(house))
        house.http.cookies.clear()
        response = await post(house, "d" * 24, choice=foreign[0])

    assert response.status_code == 409
    assert len(house.rasa.asked) == 1


async def test_sessions_do_not_see_each_other(house: House) -> None:
    await post(house, text="我的话")
    house.http.cookies.clear()

    assert "我的话" not in await page(house)


async def test_region_and_waiting_for_a_person_are_shown(build: Build) -> None:
    kept = Memory.model_validate({"region": {"code": "410000", "name": "河南"}})
    rasa = FakeRasa(answer=lambda _: [ActionResult(replies=(Reply(kind="smalltalk", text="好"),), memory=kept)])
    async with build(rasa=rasa) as house:
        await post(house, text="我是河南的")
        await post(house, "b" * 24, text="人工")

        html = await page(house)

    assert ">河南</span>" in html
    assert 'data-owner="queue"' in html


async def test_cancelling_brings_the_bot_back(house: House) -> None:
    await post(house, text="人工")
    await post(house, "b" * 24, text="取消人工")

    assert 'data-owner="bot"' in await page(house)


async def test_message_that_waits_for_rasa_is_said_to_be_kept(house: House) -> None:
    house.rasa.is_down = True
    await post(house, text="你好")

    assert 'data-waiting="out"' in await page(house)


async def test_script_gets_what_came_after_its_last_entry(house: House) -> None:
    first = (await post(house, text="你好", headers=SCRIPT)).json()
    cursor = first["entries"][-1]["id"]

    second = (await post(house, "b" * 24, text="再见", after=cursor, headers=SCRIPT)).json()
    nothing = (await house.http.get(PATH, params={"after": second["entries"][-1]["id"]})).json()

    assert ["听到：再见" in entry["html"] for entry in second["entries"]] == [False, True]
    assert second["promises"] == []
    assert nothing["entries"] == []
    assert nothing["state"] == {"owner": "bot", "region": "", "asking": "no", "waiting": "no", "notice": ""}


async def test_script_is_told_that_the_answer_follows_and_finds_it_later(house: House) -> None:
    house.rasa.is_down = True
    promised = (await post(house, text="你好", headers=SCRIPT)).json()
    house.rasa.is_down = False
    await house.until_handled()

    later = (await house.http.get(PATH, params={"after": 0})).json()

    assert promised["entries"] == []
    assert "系统暂时连不上" in promised["promises"][0]
    assert later["entries"][0]["turn"] == promised["turn"]
    assert "听到：你好" in later["entries"][1]["html"]


async def test_repeated_post_of_a_script_promises_nothing(house: House) -> None:
    first = (await post(house, text="你好", headers=SCRIPT)).json()

    again = (await post(house, text="你好", after=first["entries"][-1]["id"], headers=SCRIPT)).json()

    assert (again["turn"], again["promises"]) == (first["turn"], [])


async def test_long_conversation_is_shown_in_parts(house: House) -> None:
    for number in range(31):
        await post(house, f"{number:024}", text=f"第{number}句")

    newest = await page(house)
    older = re.search(r'href="(/\?before=\d+)"', newest)
    assert older is not None
    earlier = (await house.http.get(older[1])).text

    assert "听到：第30句" in newest
    assert "听到：第0句" not in newest
    assert "听到：第0句" in earlier
    assert "听到：第30句" not in earlier


async def test_files_are_kept_for_good_and_small(house: House) -> None:
    response = await house.http.get("/")
    files = [await house.http.get(address) for address in re.findall(r'"(/web/[^"]+)"', response.text)]

    assert [file.status_code for file in files] == [200, 200, 200, 200]
    assert all("immutable" in file.headers["cache-control"] for file in files)
    assert sum(len(one.content) for one in (response, *files)) < 60_000
    assert (await house.http.get("/web/000000000000/chat.css")).status_code == 404


async def test_without_a_script_the_link_to_later_replies_fetches_the_page_anew(house: House) -> None:
    """A link that differs from the address before the # alone would only scroll."""
    await post(house, text="你好")
    links = [re.findall(r'<noscript>.*?href="/(\?[^"#]+)#latest"', await page(house)) for _ in range(2)]

    assert [len(one) for one in links] == [1, 1]
    assert links[0] != links[1]
    assert "听到：你好" in (await house.http.get(f"/{links[1][0]}")).text

"""What open pages are told, and the headers of every answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import psycopg
import pytest

import api.staff.events as events
from api.db.engine import build_engine
from api.settings import Settings
from api.staff.events import Changes, announce
from api.staff.sessions import Sessions
from tests.api.conftest import House
from tests.fakes.staff import PAGE, signed_in, text_of


class Page:
    """A page that reads its stream."""

    def __init__(self, stream: AsyncIterator[str]) -> None:
        self._stream = stream

    async def next(self) -> str:
        async with asyncio.timeout(10):
            return await anext(self._stream)

    async def name(self) -> str:
        """The name and the subject of the next event."""
        lines = (await self.next()).splitlines()
        return " ".join(line.split(": ", 1)[1] for line in lines if line.startswith(("event: ", "data: ")) and line[6:])


async def always() -> bool:
    return True


@pytest.fixture
async def changes(settings: Settings) -> AsyncIterator[Changes]:
    one = Changes(settings.database_url)
    task = asyncio.create_task(one.run())
    yield one
    task.cancel()


async def listening(changes: Changes) -> tuple[AsyncIterator[str], Page]:
    """A page after its two first events: it is told to read again when it comes and when the database is heard."""
    stream = changes.stream(always)
    page = Page(stream)
    await page.name()
    return stream, page


async def test_a_page_hears_what_was_committed_and_nothing_else(changes: Changes, settings: Settings) -> None:
    engine = build_engine(settings.sqlalchemy_url, 1)
    stream, page = await listening(changes)
    async with aclosing(stream):  # type: ignore[type-var]
        assert await page.name() == "reread"
        async with engine.connect() as connection:
            await announce(connection, "queue")
            await connection.rollback()
        async with engine.begin() as connection:
            await announce(connection, "conversation:17", "queue")

        assert [await page.name(), await page.name()] == ["conversation 17", "queue"]
    await engine.dispose()


async def test_a_page_is_told_to_read_again_after_the_database_was_away(changes: Changes, settings: Settings) -> None:
    stream, page = await listening(changes)
    async with aclosing(stream):  # type: ignore[type-var]
        assert await page.name() == "reread"
        with psycopg.connect(settings.database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN tuiyi_staff%'"
            )

        assert await page.name() == "reread"


async def test_a_page_that_does_not_keep_up_reads_again(settings: Settings) -> None:
    changes = Changes(settings.database_url)
    stream, page = await listening(changes)
    async with aclosing(stream):  # type: ignore[type-var]
        waiting = asyncio.ensure_future(page.name())
        await asyncio.sleep(0)
        for number in range(events.MOST_UNREAD + 3):
            changes._tell(f"conversation:{number}")

        assert [await waiting, await page.name()] == ["reread", f"conversation {events.MOST_UNREAD}"]


async def test_a_stream_ends_with_its_session(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.01)
    answers = [True, False]

    async def is_signed_in() -> bool:
        return answers.pop(0)

    told = [event async for event in Changes(settings.database_url).stream(is_signed_in)]

    # How many heartbeats there are in between depends on how long the database takes to be listened to.
    first, *between, last = [event.splitlines()[0] for event in told]
    assert (first, last) == ("id: 1", "id: 2")
    assert set(between) == {": "}
    assert "event: signed-out" in told[-1]
    assert answers == []


async def test_closing_ends_all_streams(settings: Settings) -> None:
    changes = Changes(settings.database_url)
    _, page = await listening(changes)

    changes.close()

    with pytest.raises(StopAsyncIteration):
        await page.next()
    assert [event async for event in changes.stream(always)] != []
    assert not changes._readers


@pytest.mark.parametrize("address", ["/desk", "/studio", "/staff/sign-in", "/desk/nothing", "/staff/static/0/x.css"])
async def test_every_answer_is_private_and_guarded(house: House, address: str) -> None:
    headers = (await house.http.get(address, headers=PAGE)).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


async def test_other_pages_have_their_own_headers(house: House) -> None:
    assert "media-src" not in (await house.http.get("/")).headers["content-security-policy"]
    assert "content-security-policy" not in (await house.http.get("/deskx")).headers


async def test_pages_have_no_script_and_no_style_in_them(house: House) -> None:
    one = signed_in(house, "counselor", "editor", "auditor")
    pages = [await one.get(address) for address in ("/desk", "/studio", "/staff", "/staff/password", "/staff/audit")]

    for page in pages:
        assert page.status_code == 200
        assert "style=" not in page.text
        assert "<style" not in page.text
        assert " on" not in " ".join(part.split(">")[0] for part in page.text.split("<") if "=" in part).lower()
        assert page.text.count("<script") == page.text.count('<script src="/staff/static/')


async def test_files_may_be_kept_for_good(house: House) -> None:
    page = (await house.http.get("/staff/sign-in", headers=PAGE)).text
    files = [part.split('"')[0] for part in page.split('="') if part.startswith("/staff/static/")]

    answers = [await house.http.get(file) for file in files]

    assert len(answers) == 3
    assert {one.status_code for one in answers} == {200}
    assert {one.headers["cache-control"] for one in answers} == {"public, max-age=31536000, immutable"}


async def test_a_page_that_is_not_there_says_so_in_chinese(house: House) -> None:
    response = await signed_in(house, "counselor").get("/desk/nothing")

    assert response.status_code == 404
    assert "没有这个页面" in text_of(response)


async def test_who_lacks_a_right_is_told_which(house: House) -> None:
    response = await signed_in(house, "editor").get("/desk")

    assert response.status_code == 403
    assert "需要的权限： 接待群众" in text_of(response).replace("：接", "： 接")


async def test_a_post_after_the_session_ended_says_that_nothing_was_kept(house: House) -> None:
    one = signed_in(house, "counselor")
    house.change("UPDATE staff_session SET ended_at = now()")

    response = await one.send("POST", "/staff/password", headers={"referer": "http://app/staff/password"})

    assert response.status_code == 401
    assert "没有存下来" in text_of(response)
    assert 'name="next" value="/staff/password"' in response.text


async def test_what_nobody_expected_is_said_on_a_page_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise ValueError("nobody expected this")

    monkeypatch.setattr(Sessions, "find", fail)

    response = await house.http.get("/desk", headers=PAGE)

    assert response.status_code == 500
    assert "这一步没有做成" in text_of(response)
    assert "expected" not in response.text


async def test_scripts_get_problem_details(house: House) -> None:
    one = signed_in(house, "editor")
    asked = [await one.get("/desk", headers={"accept": "*/*"}), await one.get("/desk/x", headers={"accept": "*/*"})]

    assert [(answer.status_code, answer.headers["content-type"]) for answer in asked] == [
        (403, "application/problem+json"),
        (404, "application/problem+json"),
    ]

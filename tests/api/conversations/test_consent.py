"""Consent is recorded with the version of the notice, and so is the time when it was taken back."""

from __future__ import annotations

from bot.message import ActionResult, Effect, Memory, Reply
from tests.api.conftest import Build
from tests.fakes.rasa import FakeRasa

GIVEN = Effect(kind="give_consent", data={"version": "2026-11"})
WITHDRAWN = Effect(kind="withdraw_consent")


def kept(code: str) -> Effect:
    return Effect(kind="keep_resume_code", data={"code": code, "memory": {"region": "410000", "private": {}}})


async def test_withdrawal_is_recorded_beside_the_consent_and_closes_what_was_taken_along(build: Build) -> None:
    effects = {"1": (GIVEN, kept("ABCD2345")), "一": (GIVEN, kept("EFGH2345")), "不同意了": (WITHDRAWN,)}
    reply = Reply(kind="notice", text="好。")
    rasa = FakeRasa(
        answer=lambda sent: [ActionResult(replies=(reply,), memory=Memory(), effects=effects[sent["message"]])]
    )
    async with build(rasa=rasa) as house:
        await house.line.send("1", "m-1", session_id="s-1")
        await house.line.send("一", "m-2", session_id="s-2")
        await house.line.send("不同意了", "m-3", session_id="s-1")

        told = house.rows("SELECT version, withdrawn_at >= at FROM consent ORDER BY id")
        assert told == [("2026-11", True), ("2026-11", None)]
        assert house.rows("SELECT count(*) FROM resume_code") == [(1,)]


async def test_a_code_that_was_drawn_before_is_drawn_anew(build: Build) -> None:
    drawn = iter(("ABCD2345", "ABCD2345", "EFGH2345"))

    def give(_: object) -> list[ActionResult]:
        reply = Reply(kind="notice", text="好。")
        return [ActionResult(replies=(reply,), memory=Memory(), effects=(kept(next(drawn)),))]

    async with build(rasa=FakeRasa(answer=give)) as house:
        await house.line.send("先停一下", "m-1", session_id="s-1")
        await house.line.send("先停一下", "m-2", session_id="s-2")

        assert house.rows("SELECT count(*), count(DISTINCT conversation_id) FROM resume_code") == [(2, 2)]

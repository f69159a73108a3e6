"""A platform that cannot be asked: no verdict on the proof, and no way to guess meanwhile."""

from __future__ import annotations

from actions.ports import Away
from bot.message import Effect
from tests.actions.builders import CASE_NO, Person
from tests.fakes.cases import FakeCases


class CasesAway(FakeCases):
    """A source that cannot say anything now."""

    async def prove(self, conversation: str, case_no: str, last_four: str) -> Away:  # type: ignore[override]
        """Nothing can be said of any proof."""
        return Away()


async def test_outage_is_told_and_the_try_counted() -> None:
    person = Person(cases=CasesAway())
    await person.meets("report_progress", f"办到哪了 {CASE_NO}")

    result = await person.meets("report_progress", "123X", "inform")

    assert [one.kind for one in result.replies] == ["notice"]
    assert "连不上" in result.replies[0].text
    assert result.effects == (Effect(kind="count_wrong_proof", data={"case_no": CASE_NO}),)
    assert person.memory.loop is None

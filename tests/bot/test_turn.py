"""What a turn does before anybody is asked what a message means."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.masking import Found, Kind
from bot.message import ActionResult, Inbound, Memory, Owner, Reply
from bot.turn import Tools, Turn, run_turn
from bot.wording import load_wording


@dataclass
class FakeRasa:
    """Repeats a case number that holds the same digits as the proof."""

    heard: list[str] = field(default_factory=list)

    async def ask(self, sender: str, text: str, metadata: dict[str, object]) -> list[ActionResult]:
        """Notes the text."""
        self.heard.append(text)
        return [ActionResult(replies=(Reply(kind="progress", text="TY26-1234-ABCD"),), memory=Memory())]


@dataclass
class FakeKeeper:
    """Notes what is kept."""

    kept: list[Found] = field(default_factory=list)

    async def keep(self, conversation: str, found: tuple[Found, ...]) -> None:
        """Notes the values."""
        self.kept += found


async def turn_of(
    text: str, loop: str | None = None, owner: Owner = Owner.BOT, asked: str | None = None
) -> tuple[Turn, FakeRasa, FakeKeeper]:
    inbound = Inbound(
        channel="hotline", message_id="m", session_id="s", text=text, received_at=datetime(2026, 11, 22, tzinfo=UTC)
    )
    turn = Turn("t", "c", "c.0", inbound, owner, Memory(loop=loop, asked=asked))
    rasa, keeper = FakeRasa(), FakeKeeper()
    await run_turn(turn, Tools(rasa, keeper, load_wording("12345")))
    return turn, rasa, keeper


async def test_proof_reaches_the_vault_alone() -> None:
    turn, rasa, keeper = await turn_of("1234", "report_progress")

    assert rasa.heard == ["〔后四位1〕"]
    assert turn.text == "〔后四位1〕"
    assert [(one.kind, one.value) for one in keeper.kept] == [(Kind.LAST_FOUR, "1234")]


async def test_hiding_the_proof_that_was_asked_for_is_not_remarked_and_hides_nothing_else() -> None:
    turn, _, _ = await turn_of("1234", "report_progress")

    assert [one.text for one in turn.replies] == ["TY26-1234-ABCD"]


async def test_same_figures_stay_where_nobody_asked_for_them() -> None:
    _, rasa, _ = await turn_of("1234", "run_questionnaire")

    assert rasa.heard == ["1234"]


async def test_news_are_ended_while_a_person_is_awaited_and_that_is_confirmed() -> None:
    turn, rasa, _ = await turn_of("短信别发了", owner=Owner.QUEUE)

    assert [one.kind for one in turn.effects] == ["stop_news"]
    assert [one.kind for one in turn.replies] == ["notice"]
    assert rasa.heard == []


async def test_news_are_ended_without_a_word_where_a_counselor_speaks() -> None:
    turn, _, _ = await turn_of("别再通知了", owner=Owner.COUNSELOR)

    assert [one.kind for one in turn.effects] == ["stop_news"]
    assert turn.replies == []


async def test_other_messages_to_a_person_change_nothing() -> None:
    turn, _, _ = await turn_of("我的短信没收到", owner=Owner.QUEUE)

    assert (turn.effects, turn.replies) == ([], [])


async def test_cancelling_in_the_queue_answers_first_whether_all_is_to_be_deleted() -> None:
    turn, _, _ = await turn_of("取消", owner=Owner.QUEUE, asked="delete")

    assert "cancel_person" not in [one.kind for one in turn.effects]
    assert turn.memory.asked is None


async def test_what_was_asked_back_is_forgotten_when_a_person_is_called_instead() -> None:
    turn, _, _ = await turn_of("人工", asked="delete")

    assert turn.memory.asked is None


async def test_wish_about_own_data_behind_a_cancelled_call_is_heard() -> None:
    turn, rasa, _ = await turn_of("取消，删除我的信息", owner=Owner.QUEUE)

    assert turn.memory.asked == "delete"
    assert rasa.heard == []

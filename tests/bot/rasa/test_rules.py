"""The rules, the loops and the action protocol, as a real Rasa keeps them."""

import pytest

from tests.bot.rasa.conftest import TOKEN, RealRasa
from tests.bot.rasa.stand_in import Breaks, Call, Events, Rejects, loop

pytestmark = pytest.mark.processes

QUESTION = "户口注销证明要不要带"


def questionnaire(call: Call) -> Events:
    """Starts when it is called from outside, takes yes and no, ends at 「都对」, rejects everything else."""
    if call.action == "report_progress":
        return progress(call)
    if call.action in {"hand_off", "leave_questionnaire", "comfort", "cancel"}:
        return [loop(None)]
    if call.action != "run_questionnaire":
        return []
    if call.loop != "run_questionnaire":
        return [loop("run_questionnaire")]
    if not call.is_new_message:
        return []
    if call.text == "都对":
        return [loop(None)]
    if call.text not in {"是", "没有", "2"}:
        raise Rejects
    return []


def progress(call: Call) -> Events:
    """Asks for the case number, then gives the questionnaire back."""
    if call.loop != "report_progress":
        return [loop("report_progress")]
    if not call.is_new_message:
        return []
    if not (call.text or "").startswith("TY"):
        raise Rejects
    return [loop("run_questionnaire")]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        (QUESTION, "answer_question"),
        ("免申即享是什么意思", "answer_question"),
        ("依据是什么", "show_source"),
        ("要准备哪些材料", "list_materials"),
        ("有哪些事要办", "list_items"),
        ("开始填", "run_questionnaire"),
        ("接着填", "run_questionnaire"),
        ("先不填了", "leave_questionnaire"),
        ("是", "take_choice"),
        ("没有", "take_choice"),
        ("不清楚", "take_choice"),
        ("2", "take_choice"),
        ("我户口注销了", "take_choice"),
        ("为什么问这个", "explain_why"),
        ("上一步", "go_back"),
        ("刚才填错了", "change_answer"),
        ("办到哪了", "report_progress"),
        ("再说一遍", "say_again"),
        ("说简单点", "say_simpler"),
        ("更多", "say_more"),
        ("我是河南的", "set_region"),
        ("你好", "greet"),
        ("谢谢", "thank"),
        ("再见", "say_goodbye"),
        ("转人工", "hand_off"),
        ("0", "hand_off"),
        ("取消", "cancel"),
        ("我要投诉", "take_complaint"),
        ("你是谁", "introduce"),
        ("今天天气怎么样", "decline"),
        ("不想活了", "comfort"),
        ("嚯嘞哆唻咪", "fall_back"),
    ],
)
def test_every_act_is_answered_by_its_action_alone(text: str, action: str, rasa: RealRasa) -> None:
    assert rasa.say(text) == [action]


def test_loop_takes_answers_alone(rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.say("开始填")

    assert rasa.say("是") == ["run_questionnaire"]
    assert rasa.say("2") == ["run_questionnaire"]


def test_question_in_a_loop_is_answered_and_the_loop_asks_again(rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.say("开始填")

    assert rasa.say(QUESTION) == ["answer_question", "run_questionnaire"]
    assert rasa.say("是") == ["run_questionnaire"]


def test_loop_sees_whether_a_message_is_new(rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.say("开始填")
    rasa.stand_in.calls.clear()

    rasa.say(QUESTION)

    assert [(call.action, call.is_new_message) for call in rasa.stand_in.calls] == [
        ("run_questionnaire", True),
        ("answer_question", True),
        ("run_questionnaire", False),
    ]


def test_loop_that_ends_is_followed_by_nothing(rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.say("开始填")

    assert rasa.say("都对") == ["run_questionnaire"]
    assert rasa.say("谢谢") == ["thank"]


@pytest.mark.parametrize(
    ("text", "action"),
    [("转人工", "hand_off"), ("先不填了", "leave_questionnaire"), ("不想活了", "comfort"), ("取消", "cancel")],
)
def test_loop_that_an_action_ends_does_not_ask_again(text: str, action: str, rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.say("开始填")

    assert rasa.say(text) == [action]
    assert rasa.say("谢谢") == ["thank"]


def test_progress_interrupts_the_questionnaire_and_gives_it_back(rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.say("开始填")

    assert rasa.say("查进度") == ["report_progress"]
    assert rasa.say(QUESTION) == ["answer_question", "report_progress"]
    assert rasa.say("TY26-8F3K-M2QX") == ["report_progress", "run_questionnaire"]
    assert rasa.say("是") == ["run_questionnaire"]


def test_loop_may_decline_to_start(rasa: RealRasa) -> None:
    assert rasa.say("开始填") == ["run_questionnaire"]
    assert rasa.say("谢谢") == ["thank"]


def test_fresh_tracker_begins_where_the_app_says(rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.stand_in.first_loop = "run_questionnaire"

    assert rasa.say("是") == ["run_questionnaire"]
    assert rasa.stand_in.calls[-1].body["tracker"]["slots"]["memory"] == {"answers": {}}


def test_text_with_a_slash_is_no_order(rasa: RealRasa) -> None:
    rasa.stand_in.act = questionnaire
    rasa.say("开始填")

    assert rasa.say("/restart")[-1] == "run_questionnaire"
    assert [call.action for call in rasa.stand_in.calls].count("action_session_start") == 1


def test_failed_action_leaves_no_answer(rasa: RealRasa) -> None:
    def fail(call: Call) -> Events:
        raise Breaks

    rasa.stand_in.act = fail

    assert rasa.say("你好") == []


def test_call_carries_the_token_and_no_history(rasa: RealRasa) -> None:
    for _ in range(3):
        rasa.say("你好")

    last = rasa.stand_in.calls[-1]
    assert last.authorization == f"Bearer {TOKEN}"
    assert set(last.body) == {"next_action", "sender_id", "tracker"}
    assert not last.body["tracker"]["events"]


def test_message_brings_intent_entities_and_metadata(rasa: RealRasa) -> None:
    rasa.say("编号TY26-8F3K-M2QX，户口注销证明要不要带")

    message = rasa.stand_in.calls[-1].body["tracker"]["latest_message"]
    entities = {(one["entity"], one["value"]) for one in message["entities"]}
    assert {("case_number", "TY26-8F3K-M2QX"), ("paper", "household_cancellation_certificate")} <= entities
    assert message["metadata"]["channel"] == "test"

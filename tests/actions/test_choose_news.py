"""Whether he wants to be told without asking: asked once, stopped at any time."""

from dataclasses import replace

import pytest

from actions.choose_news import stops
from bot.message import ActionResult, Effect
from tests.actions.builders import CASE_NO, Person, case, finished_case, in_questionnaire, labels, long_case
from tests.fakes.cases import FakeCases

AGREED = Effect(kind="choose_news", data={"case_no": CASE_NO, "news": "agreed"})
DECLINED = Effect(kind="choose_news", data={"case_no": CASE_NO, "news": "declined"})
STOPPED = Effect(kind="stop_news")


async def asked() -> Person:
    person = Person(cases=FakeCases(bound=[case()]))
    await person.meets("report_progress", "办到哪了")
    return person


def texts(result: ActionResult) -> str:
    return "\n".join(one.text for one in result.replies)


async def test_after_the_first_case_he_is_asked_whether_he_wants_news() -> None:
    person = Person(cases=FakeCases(bound=[case()]))

    reply = await person.told("report_progress", "办到哪了")

    assert reply.kind == "clarify"
    assert labels(reply) == ["要", "不要"]
    assert [one.number for one in reply.choices] == [1, 2]


async def test_numbers_of_the_question_go_on_behind_those_of_the_list() -> None:
    person = Person(cases=FakeCases(bound=[long_case()]))

    reply = await person.told("report_progress", "办到哪了")
    chosen = await person.meets("take_choice", "5")

    assert [one.number for one in reply.choices] == [5, 6]
    assert chosen.effects == (AGREED,)


async def test_he_is_asked_once() -> None:
    person = await asked()

    again = await person.meets("report_progress", "办到哪了")

    assert "主动告诉您" not in texts(again)


@pytest.mark.parametrize("news", ["agreed", "declined", "stopped"])
async def test_who_has_chosen_is_not_asked(news: str) -> None:
    person = Person(cases=FakeCases(bound=[case(news=news)]))

    assert "主动告诉您" not in texts(await person.meets("report_progress", "办到哪了"))


async def test_case_of_which_nothing_is_to_come_is_not_asked_about() -> None:
    person = Person(cases=FakeCases(bound=[finished_case()]))

    assert "主动告诉您" not in texts(await person.meets("report_progress", "办到哪了"))


@pytest.mark.parametrize("said", ["1", "要", "要的", "好嘞", "行啊", "可以", "嗯", "需要"])
async def test_yes_is_taken_by_number_and_in_words(said: str) -> None:
    person = await asked()

    assert (await person.meets("take_choice", said, "affirm")).effects == (AGREED,)


@pytest.mark.parametrize("said", ["2", "不要", "不用了", "不用了谢谢", "算了吧", "没必要"])
async def test_no_is_taken_by_number_and_in_words(said: str) -> None:
    person = await asked()

    assert (await person.meets("take_choice", said, "deny")).effects == (DECLINED,)


@pytest.mark.parametrize("said", ["要带哪些材料", "要带材料", "好难办", "身份证要不要带", "户口不在本地", "要办社保卡"])
@pytest.mark.parametrize("action", ["take_choice", "list_materials", "answer_question"])
async def test_what_begins_like_yes_or_no_and_goes_on_chooses_nothing(action: str, said: str) -> None:
    person = await asked()

    assert (await person.meets(action, said, "inform")).effects == ()


async def test_question_instead_of_an_answer_is_answered() -> None:
    person = await asked()

    result = await person.meets("answer_question", "河南落户要几天", "ask_policy")

    assert result.effects == ()
    assert result.replies[0].kind == "answer"


async def test_yes_to_something_else_later_agrees_to_nothing() -> None:
    person = await asked()
    await person.meets("answer_question", "河南落户要几天", "ask_policy")

    assert (await person.meets("take_choice", "要", "affirm")).effects == ()


async def test_wish_for_news_in_words_agrees_for_every_proved_case() -> None:
    person = Person(cases=FakeCases(bound=[case(), replace(case(), case_no="TY26-0000-0001")]))

    result = await person.meets("choose_news", "以后有消息告诉我", "want_news")

    assert [one.data["case_no"] for one in result.effects] == [CASE_NO, "TY26-0000-0001"]


async def test_wish_for_news_without_a_proved_case_leads_to_the_proof() -> None:
    person = Person()

    reply = await person.told("choose_news", "以后有消息告诉我", "want_news")
    asked_for = await person.told("take_choice", "1")

    assert labels(reply) == ["查办理进度"]
    assert "办件编号" in asked_for.text


async def test_news_are_stopped_and_that_is_confirmed() -> None:
    person = Person(cases=FakeCases(bound=[case(news="agreed")]))

    result = await person.meets("choose_news", "我不想要这些了", "stop_news")

    assert result.effects == (STOPPED,)
    assert "不再主动给您发消息" in result.replies[0].text


@pytest.mark.parametrize(
    "action", ["answer_question", "take_complaint", "leave_questionnaire", "thank", "report_progress"]
)
async def test_news_are_stopped_whatever_the_classifier_makes_of_it(action: str) -> None:
    assert (await Person().meets(action, "别再给我发短信了", "complain")).effects == (STOPPED,)


async def test_stopping_in_the_questionnaire_puts_its_question_again() -> None:
    person = await in_questionnaire("1")

    result = await person.meets("run_questionnaire", "别再通知我了", "leave_questionnaire")

    assert result.effects == (STOPPED,)
    assert [one.kind for one in result.replies] == ["notice", "question"]
    assert person.memory.loop == "run_questionnaire"


@pytest.mark.parametrize(
    "text",
    [
        "别再通知了",
        "不要再发了消息",
        "短信别再发了",
        "通知太多了，停了吧",
        "退订",
        "TD",
        "莫再给我发短信",
        "取消提醒",
        "不想收到短信了",
        "太烦了别再给我发消息",
        "把提醒停了吧",
        "不要主动告诉我了",
        "消息太多，关了吧",
    ],
)
def test_plain_words_stop(text: str) -> None:
    assert stops(text)


@pytest.mark.parametrize(
    "text",
    [
        "通知书要不要带",
        "不用带通知书吧",
        "别人的短信发我这了",
        "补助不发了吗",
        "没收到短信通知",
        "怎么没通知我",
        "以后有消息告诉我",
        "不要证明行不行",
        "短信上说让我去派出所",
        "取消",
        "要不要通知我",
        "不用等通知",
        "别告诉我不行",
        "户口先不办了",
        "没有收到通知书咋办",
        "不知道怎么通知",
        "不用等通知直接去行不行",
        "不用通知单位吧",
    ],
)
def test_what_only_sounds_like_it_stops_nothing(text: str) -> None:
    assert not stops(text)

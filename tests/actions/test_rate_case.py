"""How it was: asked once, taken by number or in words, the reason of a low one asked for."""

import pytest

from actions.rate_case import rating_offer
from bot.message import Effect, Memory
from tests.actions.builders import CASE_NO, Person, case, case_item, finished_case, knowledge, labels
from tests.fakes.cases import FakeCases

LEVELS = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]


def rated(stars: int) -> tuple[Effect, ...]:
    return (Effect(kind="rate_case", data={"case_no": CASE_NO, "stars": stars}),)


async def asked() -> Person:
    person = Person(region_hint="河南", cases=FakeCases(bound=[finished_case()]))
    await person.meets("report_progress", "办到哪了")
    return person


async def asked_for_the_reason() -> Person:
    person = await asked()
    await person.meets("take_choice", "5")
    return person


async def test_finished_case_is_followed_by_the_five_levels() -> None:
    person = Person(cases=FakeCases(bound=[finished_case()]))

    reply = await person.told("report_progress", "办到哪了")

    assert labels(reply) == LEVELS
    assert [one.number for one in reply.choices] == [1, 2, 3, 4, 5]


async def test_rating_is_asked_once() -> None:
    person = await asked()

    assert (await person.told("report_progress", "办到哪了")).kind == "progress"


@pytest.mark.parametrize("running", [case(), finished_case(is_rated=True)])
async def test_running_or_rated_case_is_not_asked_about(running: object) -> None:
    person = Person(cases=FakeCases(bound=[running]))  # type: ignore[list-item]

    result = await person.meets("report_progress", "办到哪了")

    assert "怎么样" not in result.replies[-1].text


async def test_one_finished_item_is_asked_about_when_it_was_asked_for() -> None:
    mixed = case(CASE_NO, *finished_case().items, case_item(), news="agreed")
    person = Person(cases=FakeCases(bound=[mixed]))

    whole = await person.meets("report_progress", "办到哪了")
    one = await person.told("report_progress", "我的医保参保登记办好没")

    assert [reply.kind for reply in whole.replies] == ["progress"]
    assert labels(one) == LEVELS


@pytest.mark.parametrize(
    ("said", "stars"),
    [
        ("1", 5), ("非常满意", 5), ("很满意", 5), ("挺满意的", 4), ("满意", 4), ("还行吧", 3), ("一般般", 3),
        ("基本满意", 3), ("不满意", 2), ("不太满意", 2), ("5", 1), ("太差了", 1), ("很不满意", 1),
        ("五星好评", 5), ("办得不咋地", 2),
    ],
)  # fmt: skip
async def test_level_is_taken_by_number_and_in_words(said: str, stars: int) -> None:
    person = await asked()

    assert (await person.meets("take_choice", said, "choose")).effects == rated(stars)


async def test_good_rating_is_thanked_for() -> None:
    person = await asked()

    reply = await person.told("take_choice", "1")

    assert reply.text == "记下了，谢谢您。"


async def test_low_rating_is_asked_for_its_reason_which_is_kept() -> None:
    person = await asked_for_the_reason()

    result = await person.meets("take_complaint", "跑了三趟都没人理，糊弄人", "complain")

    assert result.effects == (
        Effect(kind="give_rating_reason", data={"case_no": CASE_NO, "reason": "跑了三趟都没人理，糊弄人"}),
    )


@pytest.mark.parametrize(("said", "intent"), [("算了", "cancel"), ("没啥", "deny"), ("不想说", "inform")])
async def test_reason_may_be_left_out(said: str, intent: str) -> None:
    person = await asked_for_the_reason()

    result = await person.meets("cancel", said, intent)

    assert result.effects == ()
    assert result.replies[0].text == "记下了，谢谢您。"


@pytest.mark.parametrize(
    ("action", "said", "intent"),
    [
        ("answer_question", "河南落户要几天", "ask_policy"),
        ("report_progress", "查进度", "ask_progress"),
        ("run_questionnaire", "帮我看看要办哪些", "start_questionnaire"),
    ],
)
async def test_other_matter_is_no_reason(action: str, said: str, intent: str) -> None:
    person = await asked_for_the_reason()

    assert (await person.meets(action, said, intent)).effects == ()


async def test_what_is_said_after_another_reply_is_no_reason() -> None:
    person = await asked_for_the_reason()
    await person.meets("answer_question", "河南落户要几天", "ask_policy")

    assert (await person.meets("take_choice", "我是自主就业的", "inform")).effects == ()


async def test_endless_reason_is_cut() -> None:
    person = await asked_for_the_reason()

    result = await person.meets("take_complaint", "慢" * 1999, "complain")

    assert len(result.effects[0].data["reason"]) == 500


async def test_rating_of_his_own_accord_is_taken_for_the_case_he_saw() -> None:
    person = Person(cases=FakeCases(bound=[case(news="agreed")]))
    await person.meets("report_progress", "办到哪了")

    assert (await person.meets("rate_case", "给个五星", "rate")).effects == rated(5)


async def test_wish_to_rate_without_a_level_is_asked_for_it() -> None:
    person = Person(cases=FakeCases(bound=[case()]))

    assert labels(await person.told("rate_case", "我要评价", "rate")) == LEVELS


async def test_nobody_rates_twice() -> None:
    person = Person(cases=FakeCases(bound=[case(is_rated=True)]))

    result = await person.meets("rate_case", "给个五星", "rate")

    assert result.effects == ()
    assert "已经评过" in result.replies[0].text


async def test_praise_and_blame_without_a_case_are_taken_as_such() -> None:
    praise = await Person().meets("rate_case", "我很满意啊", "rate")
    blame = await Person().meets("rate_case", "我不满意", "rate")

    assert praise.replies[0].text.startswith("不用谢")
    assert [one.kind for one in blame.effects] == ["report_complaint"]


async def test_where_one_rates_is_answered_from_the_guide_without_a_case() -> None:
    reply = await Person(region_hint="河南").told("rate_case", "我要打个好评", "rate")

    assert reply.kind == "answer"


async def test_question_sent_by_itself_is_answered_by_number() -> None:
    reply, patch = rating_offer(CASE_NO, knowledge().library)
    person = Person(memory=Memory(private={"answers": {"a": "b"}, **patch}, highest_number=5))

    result = await person.meets("take_choice", "4")

    assert labels(reply) == LEVELS
    assert result.effects == rated(2)
    assert person.memory.private["answers"] == {"a": "b"}


async def test_question_sent_by_itself_is_answered_in_words_and_not_asked_again() -> None:
    _, patch = rating_offer(CASE_NO, knowledge().library)
    person = Person(cases=FakeCases(bound=[finished_case()]), memory=Memory(private=patch, highest_number=5))

    shown = await person.meets("report_progress", "办到哪了")

    assert [one.kind for one in shown.replies] == ["progress"]

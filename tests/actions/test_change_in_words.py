"""Changes told in free words at the check and after the result, and the check itself answered in passing."""

import pytest

from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire, labels, with_result

HENAN_COLLECTIVE = ("1", "1", "1", "2", "1", "3", "1")
SICHUAN = ("1", "1", "党员", "办", "不用申领", "办")


async def after_result(region: str, answers: tuple[str, ...]) -> Person:
    person = await in_questionnaire(*answers, region=region)
    await person.answers("对，看结果")
    return person


@pytest.mark.parametrize(
    "text", ["行了行了 对 别问了", "恩对", "对的看吧", "没错 就是自主就业 不用改了", "对 直接说要带哪几样"]
)
@pytest.mark.parametrize("intent", ["goodbye", "ask_materials", "inform"])
async def test_agreement_in_passing_gives_the_result(text: str, intent: str) -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.meets("run_questionnaire", text, intent)

    assert [reply.kind for reply in result.replies] == ["result", "materials"]


@pytest.mark.parametrize("text", ["不对", "对 有一条要改", "好 我想想", "是不是要改"])
async def test_what_does_not_plainly_agree_gives_no_result(text: str) -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.meets("run_questionnaire", text, "inform")

    assert "result" not in [reply.kind for reply in result.replies]


async def test_agreement_while_choosing_what_to_change_leads_back_to_the_check() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END, "有一条要改")

    result = await person.meets("run_questionnaire", "没错 就是自主就业 不用改了", "inform")

    assert result.replies[-1].kind == "confirm"


async def test_agreement_with_the_wish_to_print_gives_the_result_and_the_list() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.meets("run_questionnaire", "对 打印清单", "ask_checklist")

    assert [reply.kind for reply in result.replies] == ["result", "materials", "notice"]
    assert "slip" in result.replies[-1].data
    assert [effect.kind for effect in result.effects] == ["keep_slip"]


async def test_wish_to_print_at_the_check_is_told_what_is_missing() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.meets("send_checklist", "打印清单", "ask_checklist")

    assert "都答完了" in result.replies[0].text


@pytest.mark.parametrize(
    ("region", "answers", "action", "text", "intent", "question", "value"),
    [
        ("河南", HENAN_TO_THE_END, "answer_question", "社保卡先不办 中不", "ask_policy",
         "wants_social_security_card", "no"),
        ("四川", SICHUAN, "answer_question", "社保卡我没说要哦", "ask_policy", "wants_social_security_card", "no"),
        ("河南", (*HENAN_COLLECTIVE[:-1], "2"), "report_progress", "俺说社保卡要办", "ask_progress",
         "wants_social_security_card", "yes"),
        ("河南", (*HENAN_COLLECTIVE[:-1], "2"), "report_progress", "俺连卡都没有 哪来嘞旧卡 还是办吧", "ask_progress",
         "wants_social_security_card", "yes"),
        ("四川", SICHUAN, "take_choice", "我改主意了 户口这次不办", "inform", "restores_household", "no"),
        ("四川", ("1", "1", "党员", "先不办", "不用申领", "办"), "change_answer", "户口那条改成要办", "change_answer",
         "restores_household", "yes"),
        ("四川", ("1", "1", "党员", "先不办", "不用申领", "先不办"), "take_choice", "算了 莫户口办不成 还是办嘛",
         "inform", "restores_household", "yes"),
        ("河南", HENAN_TO_THE_END, "answer_question", "改 不落家里 落单位", "ask_policy", "household_type",
         "employer_household"),
        ("河南", HENAN_COLLECTIVE, "answer_question", "改 不落单位 落配偶家", "ask_policy", "household_type",
         "join_relative"),
    ],
)  # fmt: skip
async def test_change_in_free_words_after_the_result_is_made_and_told(
    region: str, answers: tuple[str, ...], action: str, text: str, intent: str, question: str, value: str
) -> None:
    person = await after_result(region, answers)

    result = await person.meets(action, text, intent)

    assert person.memory.private["answers"][question] == value
    assert "改成" in "".join(reply.text for reply in result.replies)


@pytest.mark.parametrize("text", ["社保卡我没说要哦", "社保卡先不办"])
async def test_change_in_free_words_at_the_check_is_made_whatever_rasa_understood(text: str) -> None:
    person = await in_questionnaire(*SICHUAN, region="四川")

    result = await person.meets("run_questionnaire", text, "ask_policy")

    assert person.memory.private["answers"]["wants_social_security_card"] == "no"
    assert result.replies[-1].kind == "confirm"


async def test_new_answer_that_means_two_options_is_asked_back() -> None:
    person = await after_result("河南", HENAN_COLLECTIVE)

    reply = (await person.meets("change_answer", "改答案 户口改家庭户", "change_answer")).replies[-1]

    assert labels(reply) == ["家庭户，落到亲属家", "家庭户，自己新立一户"]


async def test_question_after_the_result_changes_nothing() -> None:
    person = await with_result()

    await person.meets("answer_question", "社保卡先不办要紧吗", "ask_policy")

    assert person.memory.private["answers"]["wants_social_security_card"] == "yes"


@pytest.mark.parametrize("text", ["结果呢", "我要看我要办的那些事"])
@pytest.mark.parametrize("action", ["report_progress", "take_choice"])
async def test_own_result_is_shown_on_request(text: str, action: str) -> None:
    person = await with_result()

    result = await person.meets(action, text)

    assert result.replies[0].kind == "result"


async def test_result_asked_for_while_the_check_is_laid_aside_puts_the_check_again() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    result = await person.meets("report_progress", "结果呢", "ask_progress")

    assert result.replies[-1].kind == "confirm"


async def test_own_matter_after_the_result_is_not_answered_with_a_case_number() -> None:
    person = await with_result()

    result = await person.meets("report_progress", "俺连卡都没有 哪来嘞旧卡", "ask_progress")

    assert "TY26" not in "".join(reply.text for reply in result.replies)


async def test_progress_after_the_result_still_asks_for_the_case_number() -> None:
    person = await with_result()

    result = await person.meets("report_progress", "我那事办到哪一步了", "ask_progress")

    assert "TY26" in result.replies[-1].text


async def test_second_thoughts_that_fit_two_answers_are_asked_back_with_these() -> None:
    person = await after_result("四川", ("1", "1", "党员", "先不办", "不用申领", "先不办"))

    reply = (await person.meets("take_choice", "还是办嘛", "inform")).replies[-1]

    assert [label.split("？")[0] for label in labels(reply)] == [
        "这次要办户口登记（恢复户口）吗",
        "这次要申领居民身份证吗",
        "这次要申领社保卡吗",
    ]

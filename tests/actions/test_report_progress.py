"""How far a case has come: for its owner only, and honestly."""

from datetime import date, datetime

import pytest

from actions.contract import NotMine
from actions.ports import Away, Locked
from bot.message import Effect
from tests.actions.builders import CASE_NO, LOCAL, Person, case, case_item, in_questionnaire
from tests.fakes.cases import FakeCases, FakeSecrets

PROVABLE = {(CASE_NO, "123X"): case()}
COUNTED = (Effect(kind="count_wrong_proof", data={"case_no": CASE_NO}),)
BOUND = (Effect(kind="bind_case", data={"case_no": CASE_NO}),)


def stranger() -> Person:
    return Person(region_hint="河南", cases=FakeCases(provable=PROVABLE))


async def asked_for_the_proof() -> Person:
    person = stranger()
    await person.meets("report_progress", f"办到哪了 {CASE_NO}")
    return person


async def test_number_is_asked_first_then_the_proof_then_told() -> None:
    person = stranger()

    first = await person.told("report_progress", "办到哪了")
    second = await person.told("report_progress", CASE_NO, "ask_progress")
    third = await person.meets("report_progress", "123x", "choose")

    assert "办件编号" in first.text
    assert "最后四位" in second.text
    assert third.replies[0].kind == "progress"
    assert third.effects == BOUND
    assert person.memory.loop is None


async def test_number_is_taken_whatever_the_classifier_makes_of_it() -> None:
    person = stranger()
    await person.meets("report_progress", "办到哪了")

    await person.meets("report_progress", "26-8F3K-M2QX", "out_of_scope")

    assert person.memory.private["case_no"] == CASE_NO


async def test_letters_that_are_no_digits_are_read_as_the_digits_they_look_like() -> None:
    person = Person(cases=FakeCases(provable={("TY26-DEM0-1AV1", "1234"): case("TY26-DEM0-1AV1")}))

    result = await person.meets("report_progress", "查进度 TY26-DEMO-IAUL 1234")

    assert result.replies[0].kind == "progress"


@pytest.mark.parametrize("text", ["编号 TY26-8F3K-M2QX 后四位 123X", "123X，TY26-8F3K-M2QX"])
async def test_number_and_proof_in_one_message_are_enough(text: str) -> None:
    person = stranger()

    result = await person.meets("report_progress", f"查进度，{text}")

    assert result.replies[0].kind == "progress"


@pytest.mark.parametrize("text", ["123X", "123x", "１２３Ｘ", "后四位是123X", "尾号 123X。"])
async def test_proof_is_taken_alone_and_in_a_sentence(text: str) -> None:
    person = await asked_for_the_proof()

    result = await person.meets("report_progress", text, "inform")

    assert result.replies[0].kind == "progress"


async def test_proof_is_taken_from_a_masked_identity_number() -> None:
    person = await asked_for_the_proof()
    person.secrets = FakeSecrets({"〔身份证号1〕": "41010219900101123x"})

    result = await person.meets("report_progress", "我的号是〔身份证号1〕", "inform")

    assert result.replies[0].kind == "progress"
    assert person.cases.tried == [(CASE_NO, "123X")]


async def test_masked_number_that_is_gone_is_not_guessed() -> None:
    person = await asked_for_the_proof()

    with pytest.raises(NotMine):
        await person.meets("report_progress", "我的号是〔身份证号1〕", "inform")

    assert person.cases.tried == []


@pytest.mark.parametrize("text", ["我2024年退伍的", "补助1234元对吗", "我住1203号楼", "410102199001011239"])
async def test_other_numbers_are_no_proof(text: str) -> None:
    person = await asked_for_the_proof()

    with pytest.raises(NotMine):
        await person.meets("report_progress", text, "inform")

    assert person.cases.tried == []


async def test_wrong_proof_is_counted_and_the_number_asked_again() -> None:
    person = await asked_for_the_proof()

    result = await person.meets("report_progress", "9999", "choose")

    assert result.effects == COUNTED
    assert "没有对上" in result.replies[0].text
    assert person.memory.loop == "report_progress"
    assert "case_no" not in person.memory.private


async def test_unknown_case_is_told_like_a_wrong_proof() -> None:
    wrong = await (await asked_for_the_proof()).told("report_progress", "9999", "choose")
    person = stranger()

    unknown = await person.told("report_progress", "查进度 TY26-0000-0000 123X")

    assert unknown == wrong


async def test_too_many_wrong_proofs_are_told_with_the_time_and_the_loop_ends() -> None:
    person = await asked_for_the_proof()
    person.cases.locked = Locked(datetime(2026, 11, 23, 9, 15, tzinfo=LOCAL))

    result = await person.meets("report_progress", "123X", "choose")

    assert result.replies[0].kind == "notice"
    assert "09:15 以后" in result.replies[0].text
    assert result.effects == ()
    assert person.memory.loop is None


async def test_platform_that_cannot_be_asked_is_said_and_the_try_counts() -> None:
    person = await asked_for_the_proof()
    person.cases.locked = Away()

    result = await person.meets("report_progress", "123X", "choose")

    assert "连不上" in result.replies[0].text
    assert result.effects == COUNTED
    assert person.memory.loop is None


async def test_lock_until_another_day_names_the_day() -> None:
    person = await asked_for_the_proof()
    person.cases.locked = Locked(datetime(2026, 11, 24, 8, 5, tzinfo=LOCAL))

    reply = await person.told("report_progress", "123X", "choose")

    assert "11 月 24 日 08:05 以后" in reply.text


async def test_proved_case_needs_no_proof_again() -> None:
    person = Person(cases=FakeCases(bound=[case()]))

    result = await person.meets("report_progress", "办到哪了")

    assert result.replies[0].kind == "progress"
    assert person.memory.loop is None
    assert person.cases.tried == []


async def test_other_case_than_the_proved_one_needs_its_proof() -> None:
    person = Person(cases=FakeCases(bound=[case()]))

    reply = await person.told("report_progress", "办到哪了 TY26-0000-0000")

    assert "最后四位" in reply.text


async def test_proved_case_needs_no_proof_while_another_is_being_asked_for_either() -> None:
    person = Person(cases=FakeCases(bound=[case()], locked=Locked(datetime(2026, 11, 23, 9, 15, tzinfo=LOCAL))))
    await person.meets("report_progress", "办到哪了 TY26-0000-0000")

    result = await person.meets("report_progress", f"那看 {CASE_NO}", "choose")

    assert result.replies[0].kind == "progress"
    assert person.cases.tried == []


async def test_one_of_several_proved_cases_is_chosen() -> None:
    person = Person(cases=FakeCases(bound=[case(), case("TY26-0000-0001")]))
    await person.meets("report_progress", "办到哪了")

    result = await person.meets("take_choice", "2")

    assert result.replies[0].data["case_no"] == "TY26-0000-0001"


async def test_of_several_cases_the_one_with_the_named_item_is_told() -> None:
    card = case("TY26-0000-0001", case_item(item="social_security_card", department="human_resources"))
    person = Person(cases=FakeCases(bound=[case(), card]))

    result = await person.meets("report_progress", "我的社保卡办好没")

    assert result.replies[0].data["case_no"] == "TY26-0000-0001"


async def test_of_several_cases_who_asks_on_means_the_one_just_shown() -> None:
    person = Person(cases=FakeCases(bound=[case(), case("TY26-0000-0001")]))
    await person.meets("report_progress", "办到哪了")
    await person.meets("take_choice", "2")

    result = await person.meets("report_progress", "怎么还没好")

    assert result.replies[0].data["case_no"] == "TY26-0000-0001"


async def test_demo_says_that_it_is_one() -> None:
    person = Person(cases=FakeCases(bound=[case(is_demo=True)]))

    reply = (await person.meets("report_progress", "办到哪了")).replies[0]

    assert reply.text.startswith("【演示办件，不是真的】")


async def test_real_case_does_not_say_so() -> None:
    reply = (await Person(cases=FakeCases(bound=[case()])).meets("report_progress", "办到哪了")).replies[0]

    assert "演示" not in reply.text


async def test_progress_bears_the_shape_of_the_contract() -> None:
    reply = (await Person(cases=FakeCases(bound=[case()])).meets("report_progress", "办到哪了")).replies[0]

    assert set(reply.data) == {"case_no", "items"}
    assert reply.data["case_no"] == CASE_NO
    assert reply.data["items"] == [
        {
            "item": "户口登记（退役军人恢复户口）",
            "department": "公安部门",
            "status": "办理中",
            "since": "2026-11-17T02:00:00+00:00",
            "due": "2026-12-01",
            "overdue": False,
            "next_step": "您暂时不用做什么，请留意通知。",
        }
    ]
    assert "最晚 12 月 1 日办好" in reply.text


async def test_item_that_is_late_is_said_to_be_late_instead_of_nothing_to_do() -> None:
    late = case(CASE_NO, case_item(due=date(2026, 11, 19), overdue=True))

    reply = (await Person(cases=FakeCases(bound=[late])).meets("report_progress", "办到哪了")).replies[0]

    assert "应当在 11 月 19 日办好，已经超过了" in reply.text
    assert "不用做什么" not in reply.text
    assert "12345" in reply.data["items"][0]["next_step"]


async def test_finished_item_has_no_day_to_be_finished_by() -> None:
    done = case(CASE_NO, case_item(status="completed"))

    reply = (await Person(cases=FakeCases(bound=[done])).meets("report_progress", "办到哪了")).replies[0]

    assert "最晚" not in reply.text


async def test_unknown_status_is_not_guessed() -> None:
    strange = case(CASE_NO, case_item(status="half_baked"))

    reply = (await Person(cases=FakeCases(bound=[strange])).meets("report_progress", "办到哪了")).replies[0]

    assert "不敢乱猜" in reply.data["items"][0]["next_step"]


@pytest.mark.parametrize("intent", ["ask_policy", "thank", "leave_questionnaire", "cancel", "ask_human", "unsure"])
async def test_message_without_number_and_proof_is_not_taken(intent: str) -> None:
    person = await asked_for_the_proof()

    with pytest.raises(NotMine):
        await person.meets("report_progress", "哎呀呀", intent)


async def test_what_is_missing_is_asked_again_after_an_interruption() -> None:
    person = await asked_for_the_proof()
    await person.meets("answer_question", "户口要几天")

    reply = await person.told("report_progress", "户口要几天", "ask_policy", is_new_message=False)

    assert "最后四位" in reply.text


async def test_question_begins_from_a_choice_and_is_not_put_twice() -> None:
    person = stranger()
    await person.meets("greet", "你好", "greet")
    await person.meets("take_choice", "3")

    result = await person.meets("report_progress", "3", "choose", is_new_message=False)

    assert result.replies == ()


async def test_interrupted_questionnaire_takes_over_again() -> None:
    person = await in_questionnaire("1")
    person.cases = FakeCases(provable=PROVABLE)
    await person.meets("report_progress", f"办到哪了 {CASE_NO}")
    assert person.memory.loop == "report_progress"

    await person.meets("report_progress", "123X", "choose")

    assert person.memory.loop == "run_questionnaire"


async def test_progress_told_at_once_in_the_questionnaire_is_followed_by_its_question() -> None:
    person = await in_questionnaire("1")
    person.cases = FakeCases(bound=[case()])

    result = await person.meets("report_progress", "办到哪了")

    assert [reply.kind for reply in result.replies] == ["progress", "question"]
    assert result.pauses
    assert person.memory.loop == "run_questionnaire"


async def test_number_and_proof_at_once_in_the_questionnaire_bind_and_go_on() -> None:
    person = await in_questionnaire("1")
    person.cases = FakeCases(provable=PROVABLE)

    result = await person.meets("report_progress", f"查进度 {CASE_NO} 123X")

    assert result.effects == BOUND
    assert result.replies[-1].data["question"] == "discharged_this_year"
    assert person.memory.loop == "run_questionnaire"


async def test_given_up_question_about_a_case_gives_the_questionnaire_back() -> None:
    person = await in_questionnaire("1")
    await person.meets("report_progress", "办到哪了")

    await person.meets("cancel", "取消", "cancel")

    assert person.memory.loop == "run_questionnaire"


async def test_questionnaire_that_was_left_does_not_come_back_by_itself() -> None:
    person = await in_questionnaire("1")
    person.cases = FakeCases(provable=PROVABLE)
    await person.meets("report_progress", "办到哪了")
    await person.meets("run_questionnaire", "接着填", "resume_questionnaire")
    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    await person.meets("report_progress", f"查进度 {CASE_NO} 123X")

    assert person.memory.loop is None


@pytest.mark.parametrize("proof", ["0791", "0000", "7005", "1000", "900X"])
async def test_proof_is_taken_whatever_the_classifier_makes_of_it(proof: str) -> None:
    person = Person()
    await person.meets("report_progress", CASE_NO, "ask_progress")

    result = await person.meets("report_progress", proof, "ask_human")

    assert [effect.kind for effect in result.effects] == ["count_wrong_proof"]


@pytest.mark.parametrize(
    ("region", "text", "said"),
    [
        ("河南", "查进度的时候那上头都会显示哪几样字儿，光有个受理？", "审核通过"),
        ("河南", "来电人已提交申请，问查询进度途径", "豫事办"),
        ("河南", "办到哪一步、批没批，俺搁哪能瞅见", "豫事办"),
        ("海南", "提交了才看见写错，还能拉回来没", "拿回"),
        ("四川", "帮我看哈办到哪步了，算了先问个，派出所办完了结果是回到哪个平台上的", "一体化政务服务平台"),
    ],
)
async def test_question_of_the_guide_is_answered_though_it_was_taken_for_one_of_the_case(
    region: str, text: str, said: str
) -> None:
    person = Person(region_hint=region)

    reply = await person.told("report_progress", text, confidence=0.9)

    assert reply.kind == "answer"
    assert said in reply.text
    assert person.memory.loop is None


@pytest.mark.parametrize(
    "text", ["看一下我的办理情况", "能帮我查下办到哪了不", "你好，我是上个月退伍的，我的办到哪了", f"怎么查 {CASE_NO}"]
)
async def test_who_means_his_own_case_is_asked_for_its_proof(text: str) -> None:
    person = stranger()

    reply = await person.told("report_progress", text, confidence=0.9)

    assert reply.kind == "clarify"
    assert person.memory.loop == "report_progress"


async def test_who_has_a_case_means_it_by_words_that_a_guide_has_too() -> None:
    person = Person(region_hint="河南", cases=FakeCases(bound=[case()]))

    reply = (await person.meets("report_progress", "户口怎么还没寄到", confidence=0.9)).replies[0]

    assert reply.kind == "progress"

"""The questionnaire: started, answered in every way, gone back in, changed, left, taken up again."""

import pytest

from actions.contract import NotMine
from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire, labels, with_result


def texts(result: object) -> str:
    return "\n".join(reply.text for reply in result.replies)  # type: ignore[attr-defined]


def open_question(person: Person) -> tuple[int, int]:
    state = person.memory.questionnaire
    assert state is not None
    return state.answered, state.remaining


async def test_start_introduces_itself_and_puts_the_first_question() -> None:
    person = Person(region_hint="河南")

    result = await person.meets("run_questionnaire", "帮我看看该办哪些")

    assert [reply.kind for reply in result.replies] == ["notice", "question"]
    assert result.replies[1].data["question"] == "discharge_kind"
    assert labels(result.replies[1])[-1] == "不确定"
    assert person.memory.loop == "run_questionnaire"
    assert open_question(person) == (0, 10)


async def test_start_without_a_region_asks_for_it_first() -> None:
    person = Person()

    reply = await person.told("run_questionnaire", "帮我看看该办哪些")

    assert reply.kind == "question"
    assert labels(reply) == ["河北", "福建", "河南", "海南", "四川"]
    assert person.memory.questionnaire is None


@pytest.mark.parametrize(
    ("text", "intent", "question"),
    [
        ("4", "choose", "settlement"),
        ("海南", "set_region", "settlement"),
        ("我落户在海口", "set_region", "reported"),  # That he settles there is answered with it.
        ("安置在海南", "inform", "reported"),
    ],
)
async def test_region_asked_first_is_taken_by_number_name_and_sentence(text: str, intent: str, question: str) -> None:
    person = Person()
    await person.meets("run_questionnaire", "帮我看看该办哪些")

    result = await person.answers(text, intent=intent)

    assert result.replies[-1].data["question"] == question


async def test_region_without_a_guide_is_said_so_and_asked_again() -> None:
    person = Person()
    await person.meets("run_questionnaire", "帮我看看该办哪些")

    result = await person.answers("广东", intent="set_region")

    assert "广东" in result.replies[0].text
    assert labels(result.replies[-1]) == ["河北", "福建", "河南", "海南", "四川"]
    assert person.memory.loop == "run_questionnaire"


async def test_question_that_comes_before_the_region_is_answered_after_it() -> None:
    person = Person()
    await person.meets("run_questionnaire", "帮我看看该办哪些")
    await person.meets("answer_question", "户口注销证明要不要带")

    result = await person.answers("河南", intent="set_region")

    assert [reply.kind for reply in result.replies] == ["answer", "notice", "question"]
    assert result.replies[0].data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]


async def test_province_without_a_guide_starts_nothing() -> None:
    person = Person()

    reply = await person.told("run_questionnaire", "我在广东落户，看看该办哪些")

    assert reply.kind == "fallback"
    assert person.memory.loop is None


@pytest.mark.parametrize("text", ["1", "１", "①", "第一个", "选1", "自主就业退役士兵", "我是自主就业的", "自谋职业的"])
async def test_answer_is_taken_by_number_label_and_sentence(text: str) -> None:
    person = await in_questionnaire()

    await person.answers(text)

    assert person.memory.private["answers"] == {"discharge_kind": "self_employed_soldier"}


async def test_several_answers_in_one_sentence_are_kept_and_told() -> None:
    person = await in_questionnaire()

    result = await person.answers("我是自主就业的，今年退的，安置在河南", intent="inform")

    assert open_question(person) == (3, 7)
    assert result.replies[0].kind == "notice"
    assert "“您是今年退出现役的吗？”答“是今年”" in result.replies[0].text
    assert result.replies[-1].data["question"] == "henan_before"


async def test_answer_to_the_open_question_is_kept_beside_longer_answers_to_later_ones() -> None:
    person = await in_questionnaire()

    result = await person.answers("自主就业，安置在郑州，早注销了，落我爸家", intent="inform")

    assert open_question(person) == (4, 6)
    assert result.replies[-1].data["question"] == "discharged_this_year"


async def test_answer_to_a_later_question_is_kept_and_the_open_one_put_again() -> None:
    person = await in_questionnaire()

    result = await person.answers("户口打算挂单位集体户", intent="inform")

    assert person.memory.private["answers"] == {"household_type": "employer_household"}
    assert "单位集体户" in result.replies[0].text
    assert result.replies[-1].data["question"] == "discharge_kind"


@pytest.mark.parametrize(("text", "intent"), [("不确定", "unsure"), ("5", "choose"), ("我也说不清", "unsure")])
async def test_unsure_is_kept_and_answered_with_what_it_means(text: str, intent: str) -> None:
    person = await in_questionnaire()

    result = await person.answers(text, intent=intent)

    assert person.memory.private["answers"] == {"discharge_kind": "unsure"}
    assert result.replies[0].kind == "notice"
    assert "可能要办" in result.replies[0].text
    assert result.replies[0].citations


async def test_ambiguous_answer_is_asked_back_with_what_it_may_mean() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1")

    reply = (await person.answers("新立户或者集体户都行", intent="inform")).replies[-1]

    assert reply.kind == "question"
    assert labels(reply) == ["家庭户，自己新立一户", "单位集体户"]


async def test_answer_asked_back_is_taken_by_its_number() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1")
    await person.answers("新立户或者集体户都行", intent="inform")

    await person.answers("2")

    assert person.memory.private["answers"]["household_type"] == "employer_household"


async def test_number_that_is_not_there_is_not_understood_and_the_question_comes_again() -> None:
    person = await in_questionnaire()

    result = await person.answers("9")

    assert [reply.kind for reply in result.replies] == ["notice", "question"]
    assert open_question(person) == (0, 10)


async def test_question_in_the_middle_is_not_taken_for_an_answer() -> None:
    person = await in_questionnaire("1", "1", "1", "1")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "户口注销证明要不要带", "ask_policy")


async def test_not_understanding_the_question_is_no_answer_to_it() -> None:
    person = await in_questionnaire()

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "听不懂，说简单点", "say_simpler")


@pytest.mark.parametrize("intent", ["thank", "greet", "complain", "ask_why", "ask_human", "out_of_scope", "say_again"])
async def test_other_acts_are_not_taken_for_answers(intent: str) -> None:
    person = await in_questionnaire("1")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "哎呀呀", intent)


async def test_call_after_an_interruption_puts_the_question_again() -> None:
    person = await in_questionnaire("1")
    await person.meets("thank", "谢谢", "thank")

    result = await person.meets("run_questionnaire", "谢谢", "thank", is_new_message=False)

    assert [reply.data["question"] for reply in result.replies] == ["discharged_this_year"]


async def test_question_that_was_just_put_is_not_put_twice() -> None:
    person = await with_result()
    await person.meets("change_answer", "改一下社保卡那个", "change_answer")

    result = await person.meets("run_questionnaire", "改一下社保卡那个", "change_answer", is_new_message=False)

    assert result.replies == ()


async def test_wish_to_begin_or_go_on_in_the_middle_puts_the_open_question() -> None:
    person = await in_questionnaire("1")

    result = await person.meets("run_questionnaire", "接着填吧", "resume_questionnaire")

    assert result.replies[-1].data["question"] == "discharged_this_year"
    assert open_question(person) == (1, 9)


async def test_wish_to_begin_afresh_forgets_the_answers() -> None:
    person = await in_questionnaire("1", "1")

    result = await person.meets("run_questionnaire", "从头再来", "start_questionnaire")

    assert result.replies[-1].data["question"] == "discharge_kind"
    assert open_question(person) == (0, 10)


async def test_back_puts_the_question_before_again_and_keeps_its_answer() -> None:
    person = await in_questionnaire("1", "1")

    result = await person.meets("run_questionnaire", "上一步", "go_back")

    assert result.replies[-1].data["question"] == "discharged_this_year"
    assert person.memory.private["answers"]["discharged_this_year"] == "yes"


async def test_back_twice_goes_two_questions_back() -> None:
    person = await in_questionnaire("1", "1", "1")
    await person.meets("run_questionnaire", "上一步", "go_back")

    result = await person.meets("run_questionnaire", "上一步", "go_back")

    assert result.replies[-1].data["question"] == "discharged_this_year"


async def test_back_does_not_lead_to_a_later_question_that_was_answered_ahead() -> None:
    person = await in_questionnaire("1")
    await person.answers("户口打算挂单位集体户", intent="inform")

    result = await person.meets("run_questionnaire", "上一步", "go_back")

    assert result.replies[-1].data["question"] == "discharge_kind"


async def test_back_at_the_first_question_is_said_so() -> None:
    person = await in_questionnaire()

    result = await person.meets("run_questionnaire", "上一步", "go_back")

    assert "前面没有题了" in result.replies[0].text
    assert result.replies[-1].data["question"] == "discharge_kind"


async def test_new_answer_after_going_back_is_told_as_a_change() -> None:
    person = await in_questionnaire("1", "1")
    await person.meets("run_questionnaire", "上一步", "go_back")

    result = await person.answers("不确定")

    assert "改成“不确定”" in result.replies[0].text
    assert person.memory.private["answers"]["discharged_this_year"] == "unsure"
    assert result.replies[-1].data["question"] == "settles_in_henan"


async def test_same_answer_after_going_back_changes_nothing() -> None:
    person = await in_questionnaire("1", "1")
    await person.meets("run_questionnaire", "上一步", "go_back")

    result = await person.answers("1")

    assert [reply.kind for reply in result.replies] == ["question"]
    assert result.replies[-1].data["question"] == "settles_in_henan"


async def test_end_reads_all_answers_back_and_asks_to_confirm() -> None:
    person = await in_questionnaire()

    result = await person.answers(*HENAN_TO_THE_END)

    reply = result.replies[-1]
    assert reply.kind == "confirm"
    assert labels(reply) == ["对，看结果", "有一条要改"]
    assert reply.text.count("——") == 9
    assert open_question(person) == (9, 0)


@pytest.mark.parametrize(
    ("text", "intent"), [("1", "choose"), ("对，看结果", "affirm"), ("是的", "affirm"), ("没错", "affirm")]
)
async def test_confirmation_gives_the_result_and_ends_the_loop(text: str, intent: str) -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.answers(text, intent=intent)

    assert [reply.kind for reply in result.replies] == ["result", "materials"]
    assert person.memory.loop is None
    assert person.memory.questionnaire is None


async def test_back_at_the_confirmation_puts_the_last_question() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.meets("run_questionnaire", "上一步", "go_back")

    assert result.replies[-1].data["question"] == "wants_social_security_card"


async def test_question_at_the_confirmation_is_not_taken_for_an_answer() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "户口要几天", "ask_policy")


async def test_sentence_at_the_confirmation_changes_the_answer_it_contradicts() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    result = await person.answers("不对，我户口没注销", intent="change_answer")

    assert "改成“没注销”" in result.replies[0].text
    assert person.memory.private["answers"]["cancelled"] == "no"


async def test_not_covered_answer_ends_with_the_guides_own_word() -> None:
    person = await in_questionnaire("4")

    result = await person.answers("1")

    reply = result.replies[-1]
    assert reply.kind == "result"
    assert reply.data["items"] == []
    assert "不在里面" in reply.text
    assert [citation.section for citation in reply.citations] == ["三", "附件2 一"]


async def test_left_questionnaire_is_taken_up_where_it_was() -> None:
    person = await in_questionnaire("1", "1")
    left = await person.told("leave_questionnaire", "先不填了", "leave_questionnaire")
    await person.meets("answer_question", "户口要几天")

    result = await person.meets("run_questionnaire", "接着填", "resume_questionnaire")

    assert labels(left) == ["接着填"]
    assert result.replies[-1].data["question"] == "settles_in_henan"
    assert open_question(person) == (2, 8)


async def test_left_questionnaire_is_shown_as_laid_aside() -> None:
    person = await in_questionnaire("1", "1")

    await person.meets("leave_questionnaire", "先不填了", "leave_questionnaire")

    assert person.memory.loop is None
    assert open_question(person) == (2, 8)


async def test_finished_questionnaire_is_offered_again() -> None:
    person = await with_result()

    reply = await person.told("run_questionnaire", "帮我看看该办哪些")

    assert labels(reply) == ["看上次的结果", "重新填一遍"]
    assert person.memory.loop is None


@pytest.mark.parametrize(
    ("choice", "kind"), [("1", "materials"), ("看上次的结果", "materials"), ("重新填一遍", "question")]
)
async def test_finished_questionnaire_is_shown_or_begun_afresh(choice: str, kind: str) -> None:
    person = await with_result()
    await person.meets("run_questionnaire", "帮我看看该办哪些")

    reply = await person.told("take_choice", choice)

    assert reply.kind == kind


async def test_memory_of_another_release_with_an_unknown_question_goes_on() -> None:
    person = await in_questionnaire("1")
    person.memory.private.update(asks="question_of_old", unknown_key=1)
    person.memory.private["answers"]["question_of_old"] = "yes"

    result = await person.answers("是今年的", intent="affirm")

    assert result.replies[-1].data["question"] == "settles_in_henan"


@pytest.mark.parametrize("intent", ["inform", "ask_policy"])
@pytest.mark.parametrize(
    ("region", "offered"),
    [("河南", ["自主就业退役士兵", "都不是"]), ("河北", ["是自主就业退役士兵", "不是，是别的类型"])],
)
async def test_kind_of_soldier_is_asked_back_with_the_kinds_of_discharge(
    region: str, offered: list[str], intent: str
) -> None:
    person = await in_questionnaire(region=region)

    reply = (await person.answers("义务兵", intent=intent)).replies[-1]

    assert reply.kind == "question"
    assert labels(reply) == offered
    assert "answers" not in person.memory.private


@pytest.mark.parametrize("intent", ["inform", "ask_policy"])
async def test_answer_that_holds_a_word_that_asks_is_still_an_answer(intent: str) -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1")

    await person.answers("落我爸家，原来在哪落哪", intent=intent)

    answers = person.memory.private["answers"]
    assert (answers["household_type"], answers["returns_to_origin"]) == ("join_relative", "yes")


async def test_answer_with_a_question_behind_it_is_a_question() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1")

    with pytest.raises(NotMine):
        await person.meets("run_questionnaire", "落我爸家要带哪些", "ask_policy")


async def test_bare_name_among_several_answers_is_taken_where_a_question_asks_it() -> None:
    person = await in_questionnaire(region="四川")

    result = await person.answers("自主就业，党员，今年退的", intent="inform")

    assert person.memory.private["answers"] == {"discharge_kind": "self_employed_soldier", "party_or_league": "party"}
    assert "答“党员”" in result.replies[0].text


async def test_bare_yes_or_no_in_other_words_is_taken_for_no_other_question() -> None:
    person = await in_questionnaire(region="河南")

    await person.answers("自主就业，要办", intent="inform")

    assert person.memory.private["answers"] == {"discharge_kind": "self_employed_soldier"}

"""An answer with something beside it counts, and what stands beside it is met."""

import pytest

from actions.contract import NotMine
from actions.talk import Offer
from tests.actions.builders import Person, in_questionnaire, labels

TO_HOUSEHOLD = ("1", "1", "党员")
TO_IDENTITY_CARD = (*TO_HOUSEHOLD, "要办户口")


def answers(person: Person) -> dict[str, str]:
    return person.memory.private.get("answers", {})


@pytest.mark.parametrize(
    ("region", "before", "text", "intent", "question", "value"),
    [
        ("河南", (), "1 今年退", "ask_policy", "discharge_kind", "self_employed_soldier"),
        ("河南", (), "那就选1 你怪笨嘞", "complain", "discharge_kind", "self_employed_soldier"),
        ("河南", ("1", "1", "1"), "1。入伍前河南", "nlu_fallback", "henan_before", "yes"),
        ("河南", ("1", "1", "1", "2", "1", "3"), "他没卡 3", "inform", "wants_social_security_card", "unsure"),
        ("河南", ("1", "1", "1", "2", "1", "3"), "不确定。社保卡是补助金要用吗", "ask_policy",
         "wants_social_security_card", "unsure"),
        ("河南", ("1", "1", "1", "2", "1"), "落俺爸那 户主是俺爸", "ask_policy", "household_type", "join_relative"),
        ("河南", ("1", "1", "1", "2", "1"), "落到家里 俺爸家", "inform", "household_type", "join_relative"),
        ("河南", ("1", "1", "1", "2", "1"), "就是跟俺爸一个户口本 咋就不懂嘞", "ask_policy",
         "household_type", "join_relative"),
        ("四川", ("1", "1"), "党员 你先说清楚娃儿咋个迁 要啥子材料", "ask_materials", "party_or_league", "party"),
        ("四川", TO_HOUSEHOLD, "那就办嘛 迁到成都我自己的房子", "ask_policy", "restores_household", "yes"),
        ("四川", TO_HOUSEHOLD, "要得 办 身份证也要重新办", "ask_policy", "restores_household", "yes"),
        ("四川", TO_HOUSEHOLD, "说了要得嘛 要办要办", "resume_questionnaire", "restores_household", "yes"),
        ("四川", TO_HOUSEHOLD, "办", "affirm", "restores_household", "yes"),
        ("四川", TO_IDENTITY_CARD, "我说身份证我有 不用申领", "inform", "wants_identity_card", "no"),
        ("四川", TO_IDENTITY_CARD, "为啥子问这个 身份证没得了", "ask_why", "wants_identity_card", "yes"),
        ("四川", (*TO_IDENTITY_CARD, "2"), "那不办 老子有一张就够了", "ask_policy", "wants_social_security_card", "no"),
        ("四川", (*TO_IDENTITY_CARD, "2"), "烦得很 那就不确定嘛 能不能不填", "complain",
         "wants_social_security_card", "unsure"),
        ("四川", (*TO_IDENTITY_CARD, "2"), "你个傻子机器 不确定!", "complain", "wants_social_security_card", "unsure"),
        ("福建", (), "什么叫自主就业，他说是政府给安排工作的", "explain_term", "discharge_kind", "other_soldier"),
        ("福建", ("1",), "今年九月退的 我想回学校念大学 有没有补贴", "ask_policy", "discharged_this_year", "yes"),
        ("福建", ("1", "1", "1", "2", "1"), "参", "inform", "wants_flexible_pension", "yes"),
        ("福建", ("1", "1", "1", "2", "1"), "不参", "deny", "wants_flexible_pension", "no"),
        ("福建", ("1", "1", "1", "2", "1", "2"), "老家安溪的 退役就回老家落户", "inform", "local_household", "yes"),
        ("福建", ("1", "1", "1", "2", "1", "2"), "那算本地人吧 就安溪的", "ask_policy", "local_household", "yes"),
        ("福建", ("1", "1", "1", "2", "1", "2", "1"), "好象团元 当兵前学校入的", "nlu_fallback",
         "membership", "league"),
    ],
)  # fmt: skip
async def test_answer_counts_whatever_stands_beside_it(
    region: str, before: tuple[str, ...], text: str, intent: str, question: str, value: str
) -> None:
    person = await in_questionnaire(*before, region=region)

    await person.answers(text, intent=intent)

    assert answers(person)[question] == value


async def test_taken_answer_is_told_before_the_answer_to_what_is_asked_beside_it() -> None:
    person = await in_questionnaire("1", region="福建")

    result = await person.answers("今年九月退的 户口簿要不要带", intent="ask_policy")

    assert "答“是今年”" in result.replies[0].text
    assert "居民户口簿" in result.replies[1].text
    assert result.replies[-1].data["question"] == "settles_in_fujian"


async def test_insult_beside_an_answer_is_met_calmly_and_kept_for_the_office() -> None:
    person = await in_questionnaire(region="河南")

    result = await person.answers("那就选1 你怪笨嘞", intent="complain")

    assert "对不住" in "".join(reply.text for reply in result.replies)
    assert [effect.kind for effect in result.effects if effect.kind == "report_complaint"]
    assert result.replies[-1].data["question"] == "discharged_this_year"


async def test_second_fact_beside_a_number_answers_its_own_question() -> None:
    person = await in_questionnaire(region="河南")

    await person.answers("1 今年退", intent="ask_policy")

    assert answers(person) == {"discharge_kind": "self_employed_soldier", "discharged_this_year": "yes"}


async def test_clause_about_another_question_does_not_make_an_answer_doubtful() -> None:
    person = await in_questionnaire("1")

    await person.answers("今年9月退嘞 户口前年走嘞时候没注销", intent="inform")

    assert answers(person) == {
        "discharge_kind": "self_employed_soldier",
        "discharged_this_year": "yes",
        "cancelled": "no",
    }


@pytest.mark.parametrize("text", ["要申领撒", "不申领"])
async def test_word_that_fits_the_open_question_answers_no_other(text: str) -> None:
    person = await in_questionnaire(*TO_IDENTITY_CARD, region="四川")

    result = await person.answers(text, intent="inform")

    assert "wants_social_security_card" not in answers(person)
    assert result.replies[-1].data["question"] == "wants_social_security_card"


async def test_word_of_two_other_questions_answers_neither() -> None:
    person = await in_questionnaire(*TO_HOUSEHOLD, region="四川")

    await person.answers("不申领", intent="deny")

    assert not {"wants_identity_card", "wants_social_security_card"} & set(answers(person))


async def test_answer_and_doubt_in_one_message_are_asked_back() -> None:
    person = await in_questionnaire("1", "1", "1", "1")

    reply = (await person.answers("没注销吧 走嘞时候还能用身份证 说实话俺也没弄清", intent="inform")).replies[-1]

    assert labels(reply) == ["没注销", "不确定"]


async def test_denied_option_is_ruled_out_and_the_others_are_offered() -> None:
    person = await in_questionnaire()

    reply = (await person.answers("10年 不是按月领", intent="inform")).replies[-1]

    assert labels(reply) == ["自主就业退役士兵", "复员军官", "都不是"]


async def test_officer_to_whom_work_is_arranged_is_asked_back_and_no_soldier() -> None:
    person = await in_questionnaire(region="四川")

    reply = (await person.answers("那转业呢 我当的是军官 政府说要给我安排工作的", intent="inform")).replies[-1]

    assert "discharge_kind" not in answers(person)
    assert "都不是" in labels(reply)
    assert "复员军官" in labels(reply)


async def test_how_one_was_taken_is_told_from_the_record() -> None:
    person = await in_questionnaire("1", region="四川")

    result = await person.answers("等下 你把我算成哪一种了", intent="nlu_fallback")

    assert "——自主就业退役士兵" in result.replies[0].text
    assert result.replies[-1].data["question"] == "settles_in_sichuan"


@pytest.mark.parametrize("text", ["我又没问医保 我就是想问我算一还是二", "我该选几"])
async def test_which_option_to_choose_is_told_as_far_as_the_guide_goes(text: str) -> None:
    person = await in_questionnaire(region="四川")

    result = await person.answers(text, intent="ask_policy")

    assert "不能替您定" in result.replies[0].text
    assert result.replies[-1].data["question"] == "discharge_kind"


async def test_kind_that_does_not_settle_the_choice_is_asked_back_with_help() -> None:
    person = await in_questionnaire()

    result = await person.answers("他是军士 选几", intent="explain_term")

    assert "不能替您定" in result.replies[0].text
    assert labels(result.replies[-1]) == ["自主就业退役士兵", "逐月领取退役金退役军人", "都不是"]


async def test_man_of_another_province_is_not_asked_whether_he_goes_back_where_he_came_from() -> None:
    person = await in_questionnaire("1", "1", "1", "2", "1")

    result = await person.answers("1")

    assert "答“不是，换个地方”" in result.replies[0].text
    assert result.replies[-1].data["question"] == "direct_relative"


async def test_whose_household_was_not_cancelled_is_not_asked_for_the_place_of_the_cancellation() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "2")

    result = await person.answers("1")

    assert result.replies[-1].data["question"] == "wants_social_security_card"


async def test_what_follows_can_be_changed_like_any_answer() -> None:
    person = await in_questionnaire("1", "1", "1", "2", "1", "1", "1", "1", "有一条要改")

    assert any("不是，换个地方" in one.label for one in person_choices(person))


def person_choices(person: Person) -> list[Offer]:
    return [Offer.model_validate(one) for one in person.memory.private["offered"]]


@pytest.mark.parametrize("intent", ["inform", "change_answer"])
async def test_correction_and_further_answer_behind_a_no_leave_the_open_question_alone(intent: str) -> None:
    person = await in_questionnaire("1", "1", "1")
    await person.answers("没注销", intent="inform")

    await person.answers("咦不对 还是注销了 就落回原来那", intent=intent)

    assert answers(person)["cancelled"] == "yes"
    assert answers(person)["returns_to_origin"] == "yes"
    assert "henan_before" not in answers(person)


@pytest.mark.parametrize(
    ("region", "text", "item"), [("福建", "对了社保卡我没办过", "社会保障卡"), ("四川", "预备役也要登记", "预备役登记")]
)
async def test_what_everybody_does_is_acknowledged_when_it_is_told_unasked(region: str, text: str, item: str) -> None:
    person = await in_questionnaire("1", region=region)

    result = await person.answers(text, intent="inform")

    assert item in result.replies[0].text
    assert result.replies[-1].kind == "question"


async def test_question_with_a_no_in_the_middle_is_no_answer() -> None:
    person = await in_questionnaire("1", "1", region="河北")

    with pytest.raises(NotMine):
        await person.answers("身份证要不要带", intent="ask_policy")

    assert "wants_identity_card" not in answers(person)

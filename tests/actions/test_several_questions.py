"""Several questions in one message: each with a reply of its own, in the order asked; premises are checked first."""

import pytest

from bot.message import Reply
from tests.actions.builders import Person, in_questionnaire, labels

THREE = "身份证要不要带，照片要几寸的，还有补助多少钱"


def ids(replies: tuple[Reply, ...]) -> list[str]:
    """The first knowledge id of each reply."""
    return [reply.data["knowledge_ids"][0] for reply in replies]


async def asked(*messages: str, region: str = "河南") -> tuple[Reply, ...]:
    person = Person(region_hint=region)
    for message in messages:
        result = await person.meets("answer_question", message)
    return result.replies


async def test_each_question_has_a_reply_of_its_own_with_its_own_section_and_completeness() -> None:
    replies = await asked(THREE)

    assert [reply.kind for reply in replies] == ["answer", "answer", "answer"]
    assert ids(replies) == ["henan.paper.id_card", "henan.paper.photo", "henan.item.subsidy.amount"]
    assert [reply.data["completeness"] for reply in replies] == ["complete", "partial", "none"]
    assert [reply.citations[0].section for reply in replies] == ["附件2 五(二)2", "附件2 五(二)12", "四(三)3"]
    assert all(reply.text.startswith("河南：") for reply in replies)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "户口要几天？在哪办？",
            ["henan.item.household_registration.time_limit", "henan.item.household_registration.where"],
        ),
        ("社保卡和医保都咋办", ["henan.item.social_security_card.how", "henan.item.medical_enrolment.how"]),
        ("身份证和户口本要带吗", ["henan.paper.id_card", "henan.paper.household_register"]),
    ],
)
async def test_sides_of_one_thing_and_things_of_one_side_are_answered_in_the_order_asked(
    message: str, expected: list[str]
) -> None:
    assert ids(await asked(message)) == expected


@pytest.mark.parametrize(
    "message",
    [
        "先报到还是先落户",
        "身份证要原件还是复印件",
        "我妈去办户口，行吗",
        "我身份证〔身份证号1〕，户口注销证明要带吗",
        "身份证〔身份证号1〕，户口注销证明要带吗",
    ],
)
async def test_one_question_has_one_reply(message: str) -> None:
    assert len(await asked(message)) == 1


async def test_story_before_a_list_does_not_keep_it_together() -> None:
    replies = await asked("我刚退伍，身份证和户口本要带吗")

    assert ids(replies) == ["henan.paper.id_card", "henan.paper.household_register"]


async def test_word_of_the_offices_is_explained_as_one_of_several() -> None:
    replies = await asked("免申即享是什么意思？户口要几天？")

    assert ids(replies) == ["henan.topic.without_applying", "henan.item.household_registration.time_limit"]


async def test_questions_that_come_to_the_same_are_answered_once() -> None:
    replies = await asked("户口注销证明要不要带？销户证明要带吗？")

    assert len(replies) == 1


async def test_questions_without_a_thing_go_on_with_what_was_spoken_of() -> None:
    replies = await asked("社保卡怎么办", "要几天？在哪办？")

    assert ids(replies) == ["henan.item.social_security_card.time_limit", "henan.item.social_security_card.where"]


async def test_of_four_questions_three_are_answered_and_the_fourth_can_be_taken() -> None:
    person = Person(region_hint="河南")
    result = await person.meets("answer_question", "落户多久？要什么材料？去哪办？收不收费？")

    taken = await person.told("take_choice", "1")

    assert [reply.kind for reply in result.replies] == ["answer", "answer", "answer", "notice"]
    assert "收不收费" in result.replies[-1].text
    assert taken.data["knowledge_ids"] == ["henan.item.household_registration"]


async def test_matter_outside_the_guides_is_named_in_its_place() -> None:
    replies = await asked("户口要几天？退伍军人坐高铁有优惠吗？")

    assert [reply.kind for reply in replies] == ["answer", "fallback"]
    assert "没有写坐车坐船坐飞机的优惠" in replies[1].text


async def test_question_that_comes_to_nothing_leaves_the_message_whole() -> None:
    assert len(await asked("户口要几天？锄禾日当午怎么背？")) == 1


async def test_place_named_with_one_question_counts_for_it_and_those_after() -> None:
    replies = await asked("河南户口要几天，海南社保卡在哪办", region="四川")

    assert [reply.data["region"] for reply in replies] == ["河南", "海南"]


async def test_question_before_a_named_place_is_about_the_kept_one() -> None:
    replies = await asked("我是河南的", "户口要几天？海南社保卡在哪办？", region="")

    assert [reply.data["region"] for reply in replies] == ["河南", "海南"]


async def test_place_without_a_guide_is_said_in_its_place() -> None:
    replies = await asked("户口要几天？广东社保卡在哪办？")

    assert [reply.kind for reply in replies] == ["answer", "fallback"]
    assert "广东" in replies[1].text


async def test_waiting_questions_are_all_answered_when_the_region_is_told() -> None:
    person = Person()
    await person.meets("answer_question", "户口要几天？在哪办？")

    result = await person.meets("set_region", "河南", "set_region")

    assert len(result.replies) == 2


async def test_in_the_questionnaire_no_reply_offers_choices_and_the_question_is_left_to_the_loop() -> None:
    person = await in_questionnaire("1")

    result = await person.meets("answer_question", "户口要几天？在哪办？")
    question = await person.meets("run_questionnaire", "", "ask_policy", is_new_message=False)

    assert [reply.choices for reply in result.replies] == [(), ()]
    assert [reply.kind for reply in question.replies] == ["question"]


async def test_only_the_last_reply_says_that_there_is_more() -> None:
    replies = await asked(THREE)

    assert ["请回“更多”" in reply.text for reply in replies] == [False, False, True]
    assert labels(replies[-1]) == ["更多"]


async def test_more_gives_the_rest_of_every_answer_with_its_own_source_once() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口注销证明要不要带？社保卡怎么办？")

    first = await person.meets("say_more", "更多", "say_more")
    second = await person.meets("say_more", "更多", "say_more")

    assert ids(first.replies) == [
        "henan.paper.household_cancellation_certificate",
        "henan.item.social_security_card.how",
    ]
    assert first.replies[0].text.startswith("河南，户口注销证明要不要带——")
    assert all(reply.citations for reply in first.replies)
    assert [reply.kind for reply in second.replies] == ["smalltalk"]


async def test_source_names_the_places_of_all_answers() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", THREE)

    reply = await person.told("show_source", "依据是什么", "ask_source")

    assert {"附件2 五(二)2", "附件2 五(二)12", "四(三)3"} <= {citation.section for citation in reply.citations}


async def test_source_after_the_next_answer_is_of_that_one_alone() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", THREE)
    await person.meets("answer_question", "户口要几天")

    reply = await person.told("show_source", "依据是什么", "ask_source")

    assert [citation.section for citation in reply.citations] == ["附件2 五(四)3"]


@pytest.mark.parametrize(
    ("message", "first", "contains"),
    [
        ("既然不用交身份证，那照片要几张", "henan.paper.id_card", "身份证要带"),
        ("听说补助有五万对吧", "henan.item.subsidy.amount", "没有写补助金有多少钱"),
        ("战友说落户三天就能好，真的假的", "henan.item.household_registration.time_limit", "10 个工作日"),
    ],
)
async def test_what_is_taken_for_granted_is_checked_first_with_its_section(
    message: str, first: str, contains: str
) -> None:
    replies = await asked(message)

    assert replies[0].data["knowledge_ids"] == [first]
    assert replies[0].text.startswith("先核对您说的这一点。河南：")
    assert contains in replies[0].text
    assert replies[0].citations


async def test_question_after_what_is_taken_for_granted_is_answered_too() -> None:
    replies = await asked("既然不用交身份证，那照片要几张")

    assert ids(replies) == ["henan.paper.id_card", "henan.paper.photo"]


async def test_what_no_guide_could_speak_of_is_no_premise() -> None:
    replies = await asked("既然都这样了，那户口怎么办")

    assert ids(replies) == ["henan.item.household_registration.how"]
    assert not replies[0].text.startswith("先核对")


async def test_message_that_rasa_took_for_something_else_is_answered_all_the_same() -> None:
    person = Person(region_hint="河南")

    result = await person.meets("list_materials", "户口要带什么？去哪办？", "ask_materials")

    assert [reply.kind for reply in result.replies] == ["answer", "answer"]


async def test_new_place_is_kept_before_the_questions_are_answered() -> None:
    person = Person()
    await person.meets("set_region", "我是河南的", "set_region")

    result = await person.meets("set_region", "换成海南，户口要几天？社保卡在哪办？", "set_region")

    assert [reply.data["region"] for reply in result.replies] == ["海南", "海南"]
    assert person.memory.region is not None
    assert person.memory.region.name == "海南"


@pytest.mark.parametrize(
    ("message", "region", "expected"),
    [
        (
            "户口几天弄好，弄完还得我自己去拿不",
            "河南",
            ["henan.item.household_registration.time_limit", "henan.topic.delivery"],
        ),
        ("养老要不要我转，医保要不要我转", "河南", ["henan.item.pension_transfer", "henan.item.medical_transfer"]),
        ("身份证在哪办，能不能快递", "四川", ["sichuan.item.identity_card.where", "sichuan.item.identity_card.result"]),
        (
            "退役报到带啥子，几天办完，在哪办",
            "四川",
            [f"sichuan.item.reporting.{side}" for side in ("materials", "time_limit", "where")],
        ),
        (
            "正常上户口跟做社保卡各要几个工作日",
            "福建",
            ["fujian.item.household_registration.time_limit", "fujian.item.social_security_card.time_limit"],
        ),
    ],
)
async def test_half_that_leaves_out_its_thing_is_answered_too_in_its_place(
    message: str, region: str, expected: list[str]
) -> None:
    found = ids(await asked(message, region=region))

    assert len(found) == len(expected)
    assert all(one.startswith(begins) for one, begins in zip(found, expected, strict=True))


async def test_second_question_that_goes_on_with_the_thing_of_the_first_is_heard() -> None:
    replies = await asked("补助打到哪张卡里，用不用我申请")

    assert ids(replies) == ["henan.item.subsidy.result", "henan.item.subsidy.how"]


async def test_no_reply_says_what_another_already_says() -> None:
    for message in ("现场交材料是去哪个窗口？啥时候才去得", "照片要几寸的，身份证要不要带"):
        texts = [reply.text.split("：", 1)[1] for reply in await asked(message, region="四川")]
        assert not any(one in other for one in texts for other in texts if one is not other)

"""Short questions that make sense only with the one before, whatever Rasa took them for."""

import pytest

from tests.actions.builders import Person


async def after(region: str, before: str, text: str, action: str = "answer_question", intent: str = "") -> list[str]:
    """The knowledge behind the answer to a message after another question."""
    person = Person(region_hint=region)
    await person.meets("answer_question", before)
    reply = await person.told(action, text, intent)
    return list(reply.data.get("knowledge_ids", ()))


@pytest.mark.parametrize(
    ("region", "before", "text", "expected"),
    [
        ("四川", "申领社保卡要上传哪些材料", "身份证传了，还差个啥子不", "item.social_security_card.materials"),
        ("四川", "户口办完结果传到哪个平台", "社保卡那边也是回到那儿吗", "topic.results_return"),
        ("河北", "我往我大爷家落户，表上落户那块咋填", "他身份证号用写不", "topic.host_on_the_form"),
        ("海南", "照片什么底色", "要几张咧", "topic.photo_needed"),
    ],
)
async def test_fragment_that_means_nothing_alone_is_answered_with_the_question_before(
    region: str, before: str, text: str, expected: str
) -> None:
    assert (await after(region, before, text))[0].endswith(expected)


async def test_carried_thing_does_not_beat_a_matter_that_fits_much_better() -> None:
    assert (await after("海南", "户口落哪里", "那岳父母家呢"))[0] == "hainan.topic.settle_spouse"


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("户口登记几天办完", "身份证嘞", "item.identity_card.time_limit"),
        ("退役报到几天办完", "那武装部那一样嘞", "item.reserve_registration.time_limit"),
        ("户口登记几天办完", "医保局呢", "item.medical_enrolment.time_limit"),
    ],
)
async def test_thing_or_office_named_alone_is_asked_for_the_side_before(before: str, text: str, expected: str) -> None:
    assert (await after("河南", before, text)) == [f"henan.{expected}"]


async def test_papers_asked_for_what_was_spoken_of_are_not_the_list_of_all() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口登记几天办完")

    pointing_back = await person.told("list_materials", "那去那边要带什么", "ask_materials")
    of_all = await person.told("list_materials", "要带什么", "ask_materials")

    assert pointing_back.text.startswith("河南：办户口登记（恢复户口）要备")
    assert of_all.text.startswith("河南：每个人都要备的有 ")


async def test_short_question_taken_for_a_yes_is_answered_after_an_answer() -> None:
    found = await after("河南", "党组织关系怎么转", "团的嘞", "take_choice", "affirm")

    assert found == ["henan.topic.party_and_league_not_included"]


async def test_short_question_taken_for_another_wish_is_answered_after_an_answer() -> None:
    found = await after(
        "四川", "军地养老保险关系要不要我去转", "从哪一年哪天起这么整的", "run_questionnaire", "start_questionnaire"
    )

    assert found[0] == "sichuan.topic.pension_since"


@pytest.mark.parametrize(("action", "text"), [("take_choice", "好的"), ("take_choice", "嗯呢")])
async def test_word_that_asks_nothing_is_no_question(action: str, text: str) -> None:
    assert await after("河南", "党组织关系怎么转", text, action, "affirm") == []


async def test_question_with_a_thing_of_its_own_is_not_read_with_the_one_before() -> None:
    assert (await after("河南", "党组织关系怎么转", "社保卡要几天"))[0] == "henan.item.social_security_card.time_limit"


async def test_without_an_answer_before_nothing_is_carried() -> None:
    person = Person(region_hint="河南")

    reply = await person.told("take_choice", "团的嘞", "affirm")

    assert reply.kind != "answer"


async def test_wish_for_the_source_or_for_more_stays_one() -> None:
    person = Person(region_hint="四川")
    await person.meets("answer_question", "军地养老保险关系要不要我去转")

    source = await person.told("show_source", "依据是什么", "ask_source")
    more = await person.told("say_more", "还有呢", "say_more")

    assert source.text.startswith("依据")
    assert more.kind != "answer"


async def test_question_that_goes_on_is_no_farewell_unless_rasa_is_sure_of_one() -> None:
    person = Person(region_hint="福建")
    await person.meets("answer_question", "上午推给派出所的，当天算不算时限")

    doubted = await person.told("say_goodbye", "那中午推的咧", "goodbye", confidence=0.4)
    farewell = await person.told("say_goodbye", "那我先去办了咧", "goodbye", confidence=0.9)

    assert doubted.kind == "answer"
    assert farewell.kind != "answer"


async def test_fragment_that_asks_for_a_topic_of_its_own_is_no_side_of_the_item_before() -> None:
    person = Person(region_hint="河南")
    await person.told("answer_question", "社保卡几天")

    reply = await person.told("answer_question", "激活去哪弄")

    assert "网点" in reply.text


async def test_fragment_that_surely_asks_for_another_matter_is_no_side_of_the_paper_before() -> None:
    person = Person(region_hint="河南")
    await person.told("answer_question", "户口注销证明要不要带")

    other = await person.told("answer_question", "激活去哪弄")
    await person.told("answer_question", "户口注销证明要不要带")
    same = await person.told("answer_question", "丢了咋办")

    assert "网点" in other.text
    assert "户口注销证明" in same.text

"""The general lists of items and of papers."""

from tests.actions.builders import Person, in_questionnaire, labels


async def test_all_items_stand_in_the_guides_order_with_their_sections() -> None:
    reply = await Person(region_hint="河南").told("list_items", "有哪些事要办", "ask_items")

    assert reply.kind == "answer"
    assert "一共能办 11 件" in reply.text
    assert reply.data["knowledge_ids"][0] == "henan.item.reporting"
    assert reply.citations[0].section == "四(一)1"
    assert labels(reply) == ["看看我要办哪些事"]


async def test_question_that_names_an_item_is_no_question_for_the_list() -> None:
    reply = await Person(region_hint="河南").told("list_items", "户口登记是什么事", "ask_items")

    assert reply.data["knowledge_ids"] == ["henan.item.household_registration.overview"]


async def test_list_without_a_region_asks_for_it() -> None:
    reply = await Person().told("list_items", "有哪些事要办", "ask_items")

    assert labels(reply) == ["河北", "福建", "河南", "海南", "四川"]


async def test_list_for_a_province_without_a_guide_is_not_made_up() -> None:
    reply = await Person().told("list_materials", "广东要带哪些材料", "ask_materials")

    assert reply.kind == "fallback"
    assert "广东" in reply.text


async def test_named_province_of_a_list_is_kept() -> None:
    person = Person()
    await person.meets("list_items", "海南有哪些事要办", "ask_items")

    assert person.memory.region is not None
    assert person.memory.region.name == "海南"


async def test_papers_for_everybody_are_named_and_the_others_counted() -> None:
    person = Person(region_hint="河南")

    reply = await person.told("list_materials", "要带哪些材料", "ask_materials")
    more = await person.told("say_more", "更多", "say_more")

    assert "居民身份证或者军人公民身份号码登记表" in reply.text
    assert "另有 7 样看情况才要" in reply.text
    assert reply.data["completeness"] == "partial"
    assert "房屋产权证明：您要新立户才要" in more.text
    assert more.citations == reply.citations


async def test_province_without_a_table_of_papers_says_that_it_depends() -> None:
    reply = await Person(region_hint="海南").told("list_materials", "要带哪些材料", "ask_materials")

    assert "要带什么，看您的情况" in reply.text
    assert reply.citations


async def test_question_that_names_a_paper_is_no_question_for_the_list() -> None:
    reply = await Person(region_hint="河南").told("list_materials", "户口注销证明要带吗", "ask_materials")

    assert reply.data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]


async def test_list_in_the_questionnaire_offers_no_choices_of_its_own() -> None:
    person = await in_questionnaire("1")

    reply = await person.told("list_materials", "要带哪些材料", "ask_materials")

    assert reply.choices == ()


async def test_hint_at_an_item_does_not_shorten_the_list_of_papers() -> None:
    reply = await Person(region_hint="河南").told("list_materials", "我儿子刚退伍回周口，要带些啥", "ask_materials")

    assert "军人退役医疗保险个人账户转移凭证" in reply.text
    assert reply.choices[0].label == "按我的情况列清单"


async def test_what_the_window_makes_is_none_that_everybody_brings() -> None:
    reply = await Person(region_hint="河南").told("list_materials", "要带哪些材料", "ask_materials")

    assert "申请表" not in reply.text.split("另有")[0]
    assert "不用您备的：河南省退役军人服务“一件事”联办申请表，窗口自动生成" in reply.text

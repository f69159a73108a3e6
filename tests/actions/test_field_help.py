"""Help with the fields of the form."""

from tests.actions.builders import Person, in_questionnaire


async def test_field_is_answered_with_its_section() -> None:
    reply = await Person(region_hint="河南").told("answer_question", "政治面貌那栏填什么")

    assert "“政治面貌”：填政治面貌" in reply.text
    assert reply.data["knowledge_ids"] == ["henan.form.political_status"]
    assert reply.citations


async def test_field_is_answered_whatever_rasa_took_the_message_for() -> None:
    reply = await Person(region_hint="河南").told("list_materials", "申请表上发卡银行填哪个", "ask_materials")

    assert reply.data["knowledge_ids"] == ["henan.form.issuing_bank"]


async def test_field_that_the_guide_does_not_name_is_said_so() -> None:
    reply = await Person(region_hint="海南").told("answer_question", "政治面貌那栏填什么")

    assert "没有写“政治面貌”这一栏" in reply.text
    assert reply.data["completeness"] == "none"


async def test_form_without_a_field_is_explained_and_asks_which() -> None:
    reply = await Person(region_hint="河北").told("answer_question", "申报表单怎么填")

    assert "分两块" in reply.text
    assert "哪一栏" in reply.text


async def test_field_is_answered_in_the_middle_of_the_questionnaire() -> None:
    person = await in_questionnaire("1")

    reply = await person.told("answer_question", "户口类型那栏勾哪个")

    assert reply.data["knowledge_ids"] == ["henan.form.household_type"]


async def test_field_that_is_only_named_in_passing_hides_no_other() -> None:
    reply = await Person(region_hint="河北").told("answer_question", "孩子在部队入的党，表上有没有地方写哪天入的")

    assert "入党时间" in reply.text

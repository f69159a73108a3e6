"""「再说一遍」「说简单点」「更多」「依据是什么」「为什么问」: what they go back to."""

import pytest

from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire, labels, with_result


async def asked(question: str = "户口注销证明要不要带") -> Person:
    person = Person(region_hint="河南")
    await person.meets("answer_question", question)
    return person


async def test_again_gives_the_last_replies_word_for_word() -> None:
    person = Person(region_hint="河南")
    first = await person.meets("answer_question", "户口注销证明要不要带")

    again = await person.meets("say_again", "再说一遍", "say_again")

    assert again.replies == tuple(one.model_copy(update={"why": None}) for one in first.replies)


async def test_again_gives_both_parts_of_a_result() -> None:
    person = await with_result()

    again = await person.meets("say_again", "再说一遍", "say_again")

    assert [reply.kind for reply in again.replies] == ["result", "materials"]


async def test_again_in_the_questionnaire_leaves_the_question_to_the_loop() -> None:
    person = await in_questionnaire("1")

    again = await person.meets("say_again", "再说一遍", "say_again")
    question = await person.meets("run_questionnaire", "再说一遍", "say_again", is_new_message=False)

    assert [reply.kind for reply in again.replies] == ["smalltalk"]
    assert [reply.kind for reply in question.replies] == ["question"]


async def test_again_in_the_questionnaire_repeats_an_answer_and_no_small_talk() -> None:
    person = await in_questionnaire("1")
    await person.meets("answer_question", "户口注销证明要不要带")
    await person.meets("run_questionnaire", "", "ask_policy", is_new_message=False)
    answer = await person.meets("say_again", "再说一遍", "say_again")
    await person.meets("thank", "谢谢", "thank")
    await person.meets("run_questionnaire", "", "thank", is_new_message=False)

    talk = await person.meets("say_again", "再说一遍", "say_again")

    assert [reply.kind for reply in answer.replies] == ["answer"]
    assert [reply.text for reply in talk.replies] == ["好，再说一遍："]


async def test_again_before_anything_was_said_is_said_so() -> None:
    reply = await Person().told("say_again", "再说一遍", "say_again")

    assert reply.kind == "fallback"


async def test_simpler_gives_the_plain_form_with_its_source() -> None:
    person = await asked()

    reply = await person.told("say_simpler", "说简单点", "say_simpler")

    assert reply.kind == "answer"
    assert reply.text.startswith("原来不是河南户口，要带")
    assert [citation.section for citation in reply.citations][:2] == ["附件2 五(二)6", "四(二)6"]
    assert reply.data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]


async def test_simpler_in_the_questionnaire_gives_the_question_in_plain_words() -> None:
    person = await in_questionnaire()

    reply = await person.told("say_simpler", "说简单点", "say_simpler")

    assert reply.text == "退役证件或者介绍信上写的是哪一类？"


async def test_simpler_without_a_plain_form_is_said_so() -> None:
    person = Person()
    await person.meets("thank", "谢谢", "thank")

    reply = await person.told("say_simpler", "说简单点", "say_simpler")

    assert "没有更简单的说法" in reply.text


@pytest.mark.parametrize(("action", "text"), [("say_simpler", "说简单点"), ("say_more", "下一页")])
async def test_simpler_and_more_before_anything_was_said_are_said_so(action: str, text: str) -> None:
    reply = await Person().told(action, text, action)

    assert "还没有说过什么" in reply.text


async def test_more_gives_what_was_held_back_once() -> None:
    person = await asked()

    first = await person.told("say_more", "更多", "say_more")
    second = await person.told("say_more", "更多", "say_more")

    assert first.kind == "answer"
    assert set(first.data) == {"completeness", "region", "knowledge_ids"}
    assert first.data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]
    assert first.citations
    assert second.kind == "smalltalk"


async def test_more_after_another_answer_belongs_to_that_one() -> None:
    person = await asked()
    await person.meets("list_items", "有哪些事要办", "ask_items")

    reply = await person.told("say_more", "更多", "say_more")

    assert reply.kind == "smalltalk"


async def test_simpler_after_the_result_does_not_go_back_to_an_older_answer() -> None:
    person = await asked()
    await person.meets("run_questionnaire", "帮我看看该办哪些")
    await person.answers(*HENAN_TO_THE_END, "1")

    reply = await person.told("say_simpler", "说简单点 第一步干嘛", "say_simpler")

    assert reply.text.startswith("河南：第一步：先等安置地服务中心收到档案、通知您")


async def test_source_names_document_and_sections() -> None:
    person = await asked()

    reply = await person.told("show_source", "依据是什么", "ask_source")

    assert reply.kind == "notice"
    assert "豫退役军人〔2024〕63号" in reply.text
    assert "附件2 五(二)6、四(二)6" in reply.text
    assert [citation.section for citation in reply.citations][:2] == ["附件2 五(二)6", "四(二)6"]


@pytest.mark.parametrize("text", ["看原文", "把条文念一下", "原话是啥"])
async def test_wording_of_the_guide_is_not_made_up_but_its_place_is_named(text: str) -> None:
    person = await asked()

    reply = await person.told("show_source", text, "ask_source")

    assert reply.kind == "notice"
    assert "原文我这里没有存" in reply.text
    assert "豫退役军人〔2024〕63号" in reply.text
    assert "附件2 五(二)6" in [citation.section for citation in reply.citations]


async def test_source_before_any_answer_is_not_made_up() -> None:
    reply = await Person().told("show_source", "依据是什么", "ask_source")

    assert reply.kind == "fallback"
    assert reply.citations == ()


async def test_source_before_any_answer_is_that_of_the_whole_service_where_the_place_is_known() -> None:
    reply = await Person(region_hint="河南").told("show_source", "依据是什么", "ask_source")

    assert reply.kind == "answer"
    assert reply.data["knowledge_ids"] == ["henan.topic.basis"]
    assert {citation.doc_no for citation in reply.citations} == {"豫退役军人〔2024〕63号"}


async def test_source_after_the_result_holds_items_and_papers() -> None:
    person = await with_result()

    reply = await person.told("show_source", "依据是什么", "ask_source")

    sections = [citation.section for citation in reply.citations]
    assert "四(一)1" in sections
    assert "附件2 五(二)3" in sections


async def test_why_gives_the_consequence_of_the_open_question_with_its_section() -> None:
    person = await in_questionnaire("1", "1", "1")

    reply = await person.told("explain_why", "为什么问这个", "ask_why")

    assert reply.kind == "notice"
    assert "户口注销证明" in reply.text
    assert reply.citations[0].section == "附件1 联办申请"


async def test_why_explains_the_region_that_was_asked_for() -> None:
    person = Person()
    await person.meets("answer_question", "户口注销证明要不要带")

    reply = await person.told("explain_why", "为什么问这个", "ask_why")

    assert "各省要办的事" in reply.text
    assert labels(reply) == ["河北", "福建", "河南", "海南", "四川"]


async def test_why_explains_the_proof_of_a_case() -> None:
    person = Person()
    await person.meets("report_progress", "办到哪了")

    reply = await person.told("explain_why", "为什么问这个", "ask_why")

    assert "核对" in reply.text


async def test_why_when_nothing_was_asked_offers_what_can_be_done() -> None:
    reply = await Person().told("explain_why", "为啥", "ask_why")

    assert len(reply.choices) == 4


async def test_long_rest_comes_in_parts() -> None:
    person = await with_result()
    parts = [(await person.told("say_more", "更多", "say_more")).text]
    while parts[-1].endswith("想看更多，请回“更多”。"):
        parts.append((await person.told("say_more", "更多", "say_more")).text)

    whole = "\n".join(parts)
    assert len(parts) > 1
    assert all(len(part) <= 520 for part in parts)
    assert "1. 退役报到：" in parts[0]
    assert "容易漏的：\n·" in whole
    assert "为什么不用带：\n·" in whole
    assert "没有更多" in (await person.told("say_more", "更多", "say_more")).text

"""Policy questions: for the right province, with their section, or honestly not at all."""

import pytest

from tests.actions.builders import Person, in_questionnaire, knowledge, labels

HENAN = {"code": "410000", "name": "河南"}


async def test_answer_bears_region_completeness_ids_and_section() -> None:
    reply = await Person(region_hint="河南").told("answer_question", "户口注销证明要不要带")

    assert reply.kind == "answer"
    assert set(reply.data) == {"completeness", "region", "knowledge_ids"}
    assert reply.data["completeness"] == "complete"
    assert reply.data["region"] == "河南"
    assert reply.data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]
    assert "附件2 五(二)6" in [citation.section for citation in reply.citations]


async def test_hint_of_the_line_counts_while_nothing_was_said() -> None:
    person = Person(region_hint="460000")

    reply = await person.told("answer_question", "户口要几天")

    assert reply.data["region"] == "海南"
    assert person.memory.region is not None
    assert person.memory.region.name == "海南"


async def test_said_region_beats_the_hint_and_stays() -> None:
    person = Person(region_hint="海南")
    await person.meets("answer_question", "河南户口要几天")

    reply = await person.told("answer_question", "补助金有多少")

    assert reply.data["region"] == "河南"


async def test_other_province_in_a_question_does_not_change_the_said_one() -> None:
    person = Person()
    await person.meets("set_region", "安置在河南", "set_region")
    await person.meets("answer_question", "海南户口要几天")

    reply = await person.told("answer_question", "户口要几天")

    assert reply.data["region"] == "河南"


async def test_place_where_one_works_does_not_change_the_region() -> None:
    person = Person(region_hint="河南")

    reply = await person.told("answer_question", "我在广东打工，户口注销证明要不要带")

    assert reply.kind == "answer"
    assert reply.data["region"] == "河南"


async def test_city_is_answered_from_its_province_and_told_so() -> None:
    reply = await Person().told("answer_question", "新乡户口要几天")

    assert reply.data["region"] == "河南"
    assert "新乡" in reply.text


async def test_unknown_region_is_asked_with_the_covered_provinces() -> None:
    reply = await Person().told("answer_question", "户口注销证明要不要带")

    assert reply.kind == "clarify"
    assert labels(reply) == ["河北", "福建", "河南", "海南", "四川"]


async def test_waiting_question_is_answered_when_the_region_is_told() -> None:
    person = Person()
    await person.meets("answer_question", "户口注销证明要不要带")

    reply = await person.told("set_region", "我安置在河南", "set_region")

    assert reply.data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]


async def test_waiting_question_is_answered_when_the_region_is_chosen() -> None:
    person = Person()
    await person.meets("answer_question", "户口注销证明要不要带")

    reply = await person.told("take_choice", "3")

    assert reply.data["knowledge_ids"] == ["henan.paper.household_cancellation_certificate"]


async def test_answered_question_does_not_wait_any_more() -> None:
    person = Person()
    await person.meets("answer_question", "户口注销证明要不要带")
    await person.meets("answer_question", "河南户口要几天")

    reply = await person.told("set_region", "换成海南", "set_region")

    assert reply.kind == "smalltalk"


async def test_province_without_a_guide_is_said_so() -> None:
    reply = await Person().told("answer_question", "广东户口要几天")

    assert reply.kind == "fallback"
    assert "广东" in reply.text
    assert "河南、海南" in reply.text
    assert reply.citations == ()


async def test_province_without_a_guide_stays_what_is_spoken_of() -> None:
    person = Person()
    await person.meets("answer_question", "我是广东的，户口怎么办")

    reply = await person.told("answer_question", "社保卡怎么办")

    assert reply.kind == "fallback"
    assert "广东" in reply.text


async def test_question_that_no_guide_knows_does_not_ask_for_the_region() -> None:
    reply = await Person().told("answer_question", "锄禾日当午")

    assert reply.kind == "fallback"
    assert labels(reply) == ["看看我要办哪些事", "要带哪些材料", "查办理进度", "找人工"]


async def test_second_miss_in_a_row_offers_a_person() -> None:
    person = Person(region_hint="河南")
    first = await person.told("answer_question", "锄禾日当午")

    second = await person.told("answer_question", "汗滴禾下土")

    assert "转人工" not in first.text
    assert "转人工" in second.text


async def test_answer_resets_the_count_of_misses() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "锄禾日当午")
    await person.meets("answer_question", "户口要几天")

    reply = await person.told("answer_question", "锄禾日当午")

    assert "转人工" not in reply.text


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("补助金有多少钱", "河南"),
        ("补助金有多少钱", "海南"),
        ("补助金打哪个电话问", "河南"),
        ("户口几天能办好", "海南"),
    ],
)
async def test_what_the_guide_does_not_state_is_not_complete_and_names_who_knows(question: str, region: str) -> None:
    reply = await Person(region_hint=region).told("answer_question", question)

    assert reply.data["completeness"] in ("none", "partial")
    assert "没有写" in reply.text
    assert "这个可以问" in reply.text


async def test_follow_up_takes_the_subject_over() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口怎么办")

    reply = await person.told("answer_question", "那去哪办")

    assert reply.data["knowledge_ids"] == ["henan.item.household_registration.where"]


async def test_word_of_the_offices_is_explained_with_a_place() -> None:
    reply = await Person(region_hint="河南").told("answer_question", "免申即享是什么意思", "explain_term")

    assert reply.kind == "answer"
    assert reply.citations
    assert any(one.startswith("national.term.") for one in reply.data["knowledge_ids"])


async def test_in_the_questionnaire_an_answer_offers_no_choices_of_its_own() -> None:
    person = await in_questionnaire("1")

    reply = await person.told("answer_question", "户口注销证明要不要带")

    assert reply.kind == "answer"
    assert reply.choices == ()


async def test_in_the_questionnaire_a_place_without_a_guide_does_not_replace_the_region() -> None:
    person = await in_questionnaire("1")

    await person.meets("answer_question", "广东户口要几天")

    assert person.memory.region is not None
    assert person.memory.region.name == "河南"


async def test_matter_outside_the_guides_is_named_with_who_may_know() -> None:
    reply = await Person(region_hint="河南").told("answer_question", "退伍军人坐高铁有优惠吗")

    assert reply.kind == "fallback"
    assert "没有写坐车坐船坐飞机的优惠" in reply.text


@pytest.mark.parametrize("region", ["河北", "福建", "河南", "海南", "四川"])
async def test_a_word_is_never_explained_by_what_only_the_staff_should_know(region: str) -> None:
    terms = [one.name for one in knowledge().library.catalogue.terms]
    replies = [
        await Person(region_hint=region).told("answer_question", f"{one}是什么意思", "explain_term") for one in terms
    ]

    assert [key for reply in replies for key in reply.data.get("knowledge_ids", ()) if ".staff." in key] == []


async def test_question_likelier_than_the_wish_it_was_taken_for_is_answered() -> None:
    text = "你好啊，我要开始办了，可我不会上网，是不是就没得办了"

    doubted = await Person(region_hint="福建").told("run_questionnaire", text, confidence=0.43)
    clear = await Person(region_hint="福建").told("run_questionnaire", text, confidence=0.99)

    assert doubted.kind == "answer"
    assert "窗口" in doubted.text
    assert clear.kind != "answer"


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ("run_questionnaire", "今年退的，一头雾水，该从哪儿办起呢"),
        ("take_complaint", "跑了四趟还办不下来，你们咋回事"),
        ("say_goodbye", "那就这样吧，下次再问行吗"),
        ("thank", "谢谢了哈，麻烦您了是吧"),
    ],
)
async def test_wish_stays_a_wish_though_it_has_the_form_of_a_question(action: str, text: str) -> None:
    assert (await Person(region_hint="河南").told(action, text, confidence=0.7)).kind != "answer"


@pytest.mark.parametrize(
    ("region", "action", "intent", "text", "confidence", "knowledge"),
    [
        ("河北", "take_complaint", "complain", "这套事究竟哪个单位牵头，别老把人推来推去", 0.9, "topic.departments"),
        (
            "四川",
            "run_questionnaire",
            "start_questionnaire",
            "开始填吧，先问一句，去报到那天要带哪些材料",
            0.9,
            "materials",
        ),
        ("海南", "explain_why", "ask_why", "带星号的一定要填吗", 0.6, "topic.required_fields"),
        ("河北", "show_source", "ask_source", "依据的哪个文件", 1.0, "topic.basis"),
        (
            "四川",
            "change_answer",
            "change_answer",
            "我换个说法问，网上交的资料是我一家家送还是系统派发",
            0.9,
            "topic.dispatch",
        ),
    ],
)
async def test_clause_that_asks_is_answered_though_another_sounds_like_a_wish(
    region: str, action: str, intent: str, text: str, confidence: float, knowledge: str
) -> None:
    reply = await Person(region_hint=region).told(action, text, intent, confidence=confidence)

    assert reply.kind == "answer"
    assert any(one.endswith(knowledge) for one in reply.data["knowledge_ids"])


@pytest.mark.parametrize(
    ("action", "intent", "text"),
    [
        ("take_complaint", "complain", "跑了四趟还没办下来，你们咋回事"),
        ("take_complaint", "complain", "排了一上午队，你们到底管不管"),
        ("say_goodbye", "goodbye", "行，那我先去办了，回见"),
        ("say_goodbye", "goodbye", "没啥要问的了，再见"),
        ("change_answer", "change_answer", "前面那个我选错了，改成没有"),
        ("run_questionnaire", "start_questionnaire", "我刚从部队下来，帮我看看都要办啥"),
        ("explain_why", "ask_why", "干嘛要问户口，这有啥用"),
        ("thank", "thank", "麻烦你了，谢谢，都问清楚了"),
    ],
)
async def test_wish_of_several_clauses_stays_a_wish(action: str, intent: str, text: str) -> None:
    assert (await Person(region_hint="河南").told(action, text, intent, confidence=0.7)).kind != "answer"


async def test_place_where_somebody_is_not_stays_in_the_question() -> None:
    reply = await Person(region_hint="海南").told("answer_question", "我户口不在海南，能办这个不")

    assert reply.data["knowledge_ids"][0] == "hainan.topic.residence_condition"

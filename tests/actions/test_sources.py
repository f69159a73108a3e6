"""Nothing that speaks from a guide leaves an action without its place in the guide."""

import pytest

from bot.message import Reply
from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire, knowledge, with_result

SPEAKS_FROM_A_GUIDE = ("answer", "result", "materials")
WALK = (
    ("answer_question", "户口注销证明要不要带", "ask_policy"),
    ("say_more", "更多", "say_more"),
    ("say_simpler", "说简单点", "say_simpler"),
    ("say_again", "再说一遍", "say_again"),
    ("list_items", "有哪些事要办", "ask_items"),
    ("list_materials", "要带哪些材料", "ask_materials"),
    ("say_more", "更多", "say_more"),
    ("answer_question", "补助金有多少钱", "ask_policy"),
    ("answer_question", "免申即享是什么意思", "explain_term"),
    ("answer_question", "窗口电话是多少", "ask_policy"),
    ("fall_back", "户口本", "nlu_fallback"),
    ("take_choice", "我户口还没注销", "inform"),
)


def unsourced(replies: tuple[Reply, ...]) -> list[str]:
    """The texts that speak from a guide and name no place."""
    return [
        reply.text
        for reply in replies
        if reply.kind in SPEAKS_FROM_A_GUIDE and not reply.citations and reply.data.get("completeness") != "none"
    ]


@pytest.mark.parametrize("region", ["河南", "海南"])
@pytest.mark.parametrize(("action", "text", "intent"), WALK)
async def test_every_answer_names_its_place(region: str, action: str, text: str, intent: str) -> None:
    person = Person(region_hint=region)
    await person.meets("answer_question", "户口怎么办")

    result = await person.meets(action, text, intent)

    assert unsourced(result.replies) == []


async def test_result_and_own_papers_name_their_places() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    assert unsourced((await person.answers("1")).replies) == []
    assert unsourced((await person.meets("list_materials", "要带哪些材料", "ask_materials")).replies) == []


async def test_every_place_is_of_a_guide_of_that_province() -> None:
    person = await with_result()

    reply = await person.told("show_source", "依据是什么", "ask_source")

    guides = {guide.id for guide in knowledge().library.provinces["henan"].head.guides}
    assert {citation.guide for citation in reply.citations} <= guides


async def test_source_of_a_guide_that_is_gone_is_not_named() -> None:
    person = Person(region_hint="河南")
    await person.meets("answer_question", "户口要几天")
    person.memory.private["told"] = [{"sources": [{"province": "henan", "guide": "henan-1999", "section": "一"}]}]

    reply = await person.told("show_source", "依据是什么", "ask_source")

    assert reply.kind == "fallback"


async def test_citys_own_document_is_cited_once() -> None:
    reply = await Person(region_hint="新乡").told("answer_question", "新乡市有没有自己的规定")

    assert [one.guide for one in reply.citations].count("xinxiang-2024") == 1

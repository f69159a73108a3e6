"""The result: items in order and papers, in the shape that the hotline promises."""

import re

import pytest

from actions.registry import ACTIONS
from bot.message import Reply
from bot.pages import divide, next_pages
from bot.wording import load_wording
from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire, with_result

ITEM_KEYS = {"id", "name", "how", "department", "because", "citation"}
PAPER_KEYS = {"id", "name", "form", "copies", "note", "for_items", "because", "citation"}
CITATION_KEYS = {"guide", "title", "doc_no", "section", "valid_from"}


async def result_of(*answers: str, region: str = "河南") -> tuple[dict, dict]:
    person = await in_questionnaire(*answers, region=region)
    shown = await person.answers("1")
    items, papers = shown.replies
    return items.data, papers.data


async def test_items_bear_every_key_of_the_contract() -> None:
    items, _ = await result_of(*HENAN_TO_THE_END)

    first = items["items"][0]
    assert set(first) >= ITEM_KEYS
    assert set(first["citation"]) == CITATION_KEYS
    assert {one["how"] for one in items["items"]} == {"apply", "automatic", "in_person", "guidance"}


async def test_papers_bear_every_key_of_the_contract() -> None:
    _, papers = await result_of(*HENAN_TO_THE_END)

    assert set(papers) == {"materials", "not_needed"}
    assert all(set(one) >= PAPER_KEYS for one in papers["materials"])
    assert all(set(one) == {"name", "reason", "citation"} for one in papers["not_needed"])
    assert all(set(one["citation"]) == CITATION_KEYS for one in (*papers["materials"], *papers["not_needed"]))


async def test_items_stand_in_the_order_in_which_they_are_done() -> None:
    items, _ = await result_of(*HENAN_TO_THE_END)

    order = [one["id"] for one in items["items"]]
    assert order.index("reporting") < order.index("household_registration") < order.index("identity_card")
    assert order.index("social_security_card") < order.index("subsidy")


async def test_reason_names_question_and_answer() -> None:
    _, papers = await result_of(*HENAN_TO_THE_END)

    register = next(one for one in papers["materials"] if one["id"] == "household_register")
    assert register["because"] == [{"question": "户口打算落到哪里？", "answer": "家庭户，落到亲属家"}]
    assert register["for_items"] == ["household_registration"]


async def test_paper_that_is_spared_has_its_reason() -> None:
    _, papers = await result_of(*HENAN_TO_THE_END)

    assert "房屋产权证明" in [one["name"] for one in papers["not_needed"]]
    assert all(one["reason"] for one in papers["not_needed"])


async def test_what_is_open_is_counted_apart() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1", "1", "1", "不确定")

    items, papers = (await person.answers("1")).replies

    assert "您要办 10 件，还有 1 件不一定" in items.text
    assert "还有 1 样不一定" in papers.text


async def test_alternatives_count_as_one_paper() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    _, papers = (await person.answers("1")).replies

    assert len(papers.data["materials"]) == 10
    assert "要带 8 样" in papers.text  # the form of application is made at the window


async def test_nothing_certain_is_not_called_something_to_do() -> None:
    person = await in_questionnaire("1", "不确定", "1", "1", "1", "1", "1", "1", "1")

    items, papers = (await person.answers("1")).replies

    assert "您可能要办" in items.text
    assert "可能要带" in papers.text
    assert "您要办" not in items.text


async def test_both_replies_bear_citations() -> None:
    person = await in_questionnaire(*HENAN_TO_THE_END)

    items, papers = (await person.answers("1")).replies

    assert items.citations
    assert papers.citations


async def test_own_lists_are_shown_again_after_the_result() -> None:
    person = await with_result()

    items = await person.told("list_items", "有哪些事要办", "ask_items")
    papers = await person.told("list_materials", "要带哪些材料", "ask_materials")

    assert items.kind == "result"
    assert papers.kind == "materials"


async def test_own_list_of_somebody_not_covered_says_why() -> None:
    person = await in_questionnaire("4", "1")

    items = await person.told("list_items", "有哪些事要办", "ask_items")

    assert items.data["items"] == []
    assert "不在里面" in items.text


async def test_result_of_another_province_does_not_count() -> None:
    person = await with_result()
    await person.meets("set_region", "换成海南", "set_region")

    items = await person.told("list_items", "有哪些事要办", "ask_items")

    assert items.kind == "answer"
    assert "一共能办 16 件" in items.text


async def test_hainan_has_its_result_too() -> None:
    person = Person(region_hint="海南")
    await person.meets("run_questionnaire", "帮我看看该办哪些")
    for _ in range(20):
        result = await person.answers("1")
        if result.replies[-1].kind == "materials":
            break

    items, papers = result.replies
    assert items.data["items"]
    assert papers.citations
    assert ACTIONS


async def test_item_that_is_not_settled_names_the_question() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1", "1", "1", "不确定")

    items, _ = (await person.answers("1")).replies

    assert "（不一定：“这次要一起办社保卡吗”还没定）" in items.text


async def test_question_on_which_every_item_hangs_is_said_once_before_the_list() -> None:
    person = await in_questionnaire("1", "不确定", "1", "1", "1", "1", "1", "1", "不确定")

    items, _ = (await person.answers("1")).replies

    assert "“您是今年退出现役的吗”还没定，下面 11 件您可能要办" in items.text
    assert items.text.count("您是今年退出现役的吗") == 1
    assert "（不一定：“这次要一起办社保卡吗”还没定）" in items.text


UNCANCELLED_AND_INSURING = ("1", "1", "1", "2", "没注销", "1", "1", "3")
"""A soldier of Fujian whose household was never cancelled and who takes out a pension on his own."""


async def lines_of(*answers: str, region: str) -> tuple[str, str]:
    person = await in_questionnaire(*answers, region=region)
    items, papers = (await person.answers("1")).replies
    return items.text, papers.text


async def test_paper_that_does_as_well_for_one_item_only_is_said_so() -> None:
    _, papers = await lines_of(*UNCANCELLED_AND_INSURING, region="福建")

    register = next(line for line in papers.split("\n") if "居民户口簿" in line)
    assert "灵活就业参保那里只写了户口簿（只办户口登记（恢复户口）的话，和产权证明有一样就行）" in register


async def test_paper_that_does_as_well_for_all_is_said_without_more() -> None:
    _, papers = await lines_of("1", "1", "1", "2", "没注销", "2", "1", "3", region="福建")

    register = next(line for line in papers.split("\n") if "居民户口簿" in line)
    assert register.endswith("（和产权证明有一样就行）")


async def test_count_of_what_is_possible_is_that_of_the_lines() -> None:
    items, papers = await lines_of(*UNCANCELLED_AND_INSURING, region="福建")

    for text, mark in ((items, "（不一定"), (papers, "不一定要")):
        sure, possible = map(int, re.findall(r"(\d+) [件样]", text.split("\n")[0]))
        assert (possible, sure + possible) == (text.count(mark), len(re.findall(r"^\d+\. ", text, re.MULTILINE)))


async def test_where_the_place_is_unsure_every_item_is_marked_as_possible() -> None:
    items, _ = await lines_of("不确定", *["不确定"] * 8, region="海南")

    listed = [line for line in items.split("\n") if line[0].isdigit()]
    assert len(listed) == 16
    assert all("（不一定" in line for line in listed)
    assert "8. 户口登记（退役军人恢复户口）（不一定：“您入伍前注销户口了吗”还没定）" in listed
    assert "14. 基本医疗保险关系转移接续（不一定：有医保关系要转进来的先问窗口，退役回来哪些人要转没有写）" in listed


async def test_where_only_the_head_of_the_list_is_unsure_no_line_repeats_it() -> None:
    items, _ = await lines_of("1", "1", "3", "1", "1", "1", "1", "1", "1", region="河南")

    assert "还没定，下面 11 件您可能要办" in items
    assert "不一定" not in items


def presses(replies: tuple[Reply, ...], highest_number: int) -> list[list[str]]:
    """All texts of the form of text messages, press by press."""
    now, pages = divide(replies, highest_number, load_wording("12345"))
    sent = [[reply.text for reply in now]]
    while pages is not None:
        now, pages = next_pages(pages)
        sent.append([reply.text for reply in now])
    return sent


async def test_result_as_text_messages_is_short_and_no_page_holds_only_a_remainder() -> None:
    person = await in_questionnaire("1", "1", "1", "2", "1", "2", "1", "3", region="福建")
    shown = await person.answers("对")

    sent = presses(shown.replies, shown.memory.highest_number)

    texts = [text for press in sent for text in press]
    assert len(sent) <= 5
    assert all(len(re.sub(r"（依据.*）|还有\d+页.*", "", text)) > 25 for text in texts)
    assert any("11. 用于拨款的银行卡账号" in text for text in texts)
    assert "报到要带" not in "".join(texts)


async def test_shorter_texts_are_not_shown_where_the_form_has_room() -> None:
    person = await in_questionnaire("1", "1", "1", "2", "1", "2", "1", "3", region="福建")
    items, papers = (await person.answers("对")).replies

    assert "1. 退出现役证件（原件）——报到要带" in papers.text
    assert "要带着走，回“10”" in items.text


async def test_first_message_says_how_it_begins_and_how_long_the_whole_takes() -> None:
    items, _ = await lines_of(*HENAN_TO_THE_END, region="河南")

    assert "第一步：先等安置地服务中心收到档案、通知您" in items
    assert "从受理到办结：18 个工作日（制卡时间、寄送时间、资金发放时间不算在内）" in items
    assert "选一个或者几个办" in items


async def test_paper_that_the_window_makes_is_none_to_bring() -> None:
    _, papers = await lines_of(*HENAN_TO_THE_END, region="河南")

    listed = [line for line in papers.split("\n") if line[0].isdigit()]
    assert all("申请表" not in line.split("——")[0].split("（")[0] for line in listed)
    assert "不用您备的：河南省退役军人服务“一件事”联办申请表，窗口自动生成，您核对签字。" in papers


async def test_reason_is_that_of_his_case() -> None:
    _, papers = await lines_of("1", "1", "1", "2", "1", "3", "1", region="河南")

    assert "户口注销证明（原件）——您入伍前不是河南户籍\n" in papers


async def test_warning_about_papers_of_other_years_is_said_in_one_list_only() -> None:
    person = await in_questionnaire("1", "1", "1", "2", "1", "2", "1", "3", region="福建")
    _, first = (await person.answers("对")).replies
    second = await person.told("list_materials", "要带哪些材料", "ask_materials")

    assert "去之前问一下窗口还收不收" in first.text
    assert "去之前问一下窗口还收不收" not in second.text
    assert {one.guide for reply in (first, second) for one in reply.citations} == {"fujian-2022"}


async def test_where_the_kind_is_unsure_the_papers_of_the_reporting_are_wanted_in_any_case() -> None:
    person = await in_questionnaire("不确定", region="四川")
    while (shown := await person.answers("1")).replies[-1].kind != "materials":
        pass

    lines = shown.replies[-1].text.split("\n")
    assert any("退出现役证件——能办的话就要带" in line for line in lines)


@pytest.mark.parametrize("said", ["我是义务兵 自主就业", "义务兵 当了两年就回来了 自主就业"])
async def test_paper_named_after_conscripts_is_named_first_to_one(said: str) -> None:
    person = await in_questionnaire(region="福建")
    await person.answers(said, "1", "1", "1", "2", "1", "2", "1", "3")
    shown = await person.told("list_materials", "要带哪些材料", "ask_materials")
    if shown.kind != "materials":
        shown = (await person.answers("对")).replies[-1]

    assert "义务兵退役医疗保险金转移凭证（原件）——" in shown.text
    assert "（和军人退役医疗保险个人账户转移凭证有一样就行）" in shown.text

"""The text of a reply on a line without buttons."""

from __future__ import annotations

from datetime import date

from bot.channels.plain_text import plain, standing_alone
from bot.message import Choice, Citation, Reply
from bot.wording import load_wording

WORDING = load_wording("12345")


def cited(section: str, doc_no: str | None = "豫〔2024〕1号") -> Citation:
    return Citation(guide="g", title="办理指南", doc_no=doc_no, section=section, valid_from=date(2024, 1, 1))


def test_choices_become_numbered_lines() -> None:
    reply = Reply(
        kind="question", text="办过吗？", choices=(Choice(number=1, label="办过"), Choice(number=2, label="没有"))
    )

    assert standing_alone(reply, WORDING).text == "办过吗？\n1. 办过\n2. 没有"


def test_an_answer_ends_with_its_document_and_section() -> None:
    reply = Reply(kind="answer", text="河南：要带。", citations=(cited("附件2 五(二)6"),))

    assert standing_alone(reply, WORDING).text == "河南：要带。\n（依据：豫〔2024〕1号 附件2 五(二)6）"


def test_a_guide_without_number_is_named_by_its_title() -> None:
    reply = Reply(kind="answer", text="不用。", citations=(cited("三2", doc_no=None),))

    assert "（依据：办理指南 三2）" in standing_alone(reply, WORDING).text


def test_many_sections_of_a_document_are_counted_after_the_third() -> None:
    reply = Reply(kind="materials", text="三样", citations=tuple(cited(f"一{number}") for number in range(1, 6)))

    assert standing_alone(reply, WORDING).text.endswith("（依据：豫〔2024〕1号 一1、一2、一3 等 5 处）")


def test_choices_stand_behind_the_source_because_they_are_what_is_answered() -> None:
    reply = Reply(
        kind="answer", text="要带。", choices=(Choice(number=1, label="更多"),), citations=(cited("五(二)6"),)
    )

    assert standing_alone(reply, WORDING).text == "要带。\n（依据：豫〔2024〕1号 五(二)6）\n1. 更多"


def test_the_brief_source_counts_the_places_of_all_documents() -> None:
    citations = (cited("一1"), cited("一2"), cited("三", doc_no=None))

    brief = plain(Reply(kind="answer", text="要带。", citations=citations), WORDING, brief=True)
    only = plain(Reply(kind="answer", text="要带。", citations=citations[:1]), WORDING, brief=True)

    assert brief.source == "（依据：豫〔2024〕1号 一1 等 3 处）"
    assert only.source == "（依据：豫〔2024〕1号 一1）"


def test_a_page_of_a_text_message_has_its_lines_already() -> None:
    page = Reply(
        kind="answer",
        text="1. 更多",
        choices=(Choice(number=1, label="更多"),),
        citations=(cited("一"),),
        form="text_message",
    )

    assert standing_alone(page, WORDING) == page


def test_a_notice_keeps_its_text_and_nothing_else_changes() -> None:
    reply = Reply(kind="notice", text="已经隐去。", citations=(cited("一"),), data={"a": 1})

    assert standing_alone(reply, WORDING) == reply

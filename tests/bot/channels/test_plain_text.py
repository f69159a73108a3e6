"""The text of a reply on a line without buttons."""

from __future__ import annotations

from datetime import date

from bot.channels.plain_text import standing_alone
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


def test_a_notice_keeps_its_text_and_nothing_else_changes() -> None:
    reply = Reply(kind="notice", text="已经隐去。", citations=(cited("一"),), data={"a": 1})

    assert standing_alone(reply, WORDING) == reply

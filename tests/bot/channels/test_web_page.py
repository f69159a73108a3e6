"""What the page shows of a transcript."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.channels.web_page import Entry, Said, entries, pieces
from bot.message import Choice, Citation, Reply

AT = datetime(2026, 11, 20, tzinfo=UTC)


def bot(number: int, kind: str = "answer", *labels: str, **more: object) -> Said:
    choices = tuple(Choice(number=place, label=label) for place, label in enumerate(labels, 1))
    reply = Reply.model_validate({"kind": kind, "text": "话", "choices": choices, **more})
    return Said(number, f"t{number}", "bot", reply.text, reply, AT)


def person(number: int, text: str) -> Said:
    return Said(number, f"t{number}", "person", text, None, AT)


def shown(entry: Entry) -> str:
    return "".join(line.mark + line.lead + line.text for line in entry.lines)


def test_number_that_takes_a_choice_is_shown_with_its_label() -> None:
    found = entries([bot(1, "question", "注销了", "没注销"), person(2, "2")])

    assert shown(found[1]) == "2.没注销"
    assert [option.is_taken for option in found[0].options] == [False, True]


def test_number_after_words_of_the_bot_without_choices_still_takes_the_choice() -> None:
    found = entries([bot(1, "answer", "更多"), bot(2, "notice"), person(3, "1")])

    assert shown(found[2]) == "1.更多"


@pytest.mark.parametrize("said", ["7", "20 天", "2024"])
def test_number_that_takes_nothing_stays_as_it_is(said: str) -> None:
    assert shown(entries([bot(1, "question", "是"), person(2, said)])[1]) == said


def test_offer_before_the_part_shown_counts() -> None:
    assert shown(entries([person(2, "1")], before=bot(1, "question", "是"))[0]) == "1.是"


def test_only_the_newest_question_can_be_answered() -> None:
    found = entries([bot(1, "question", "是"), person(2, "1"), bot(3, "question", "是")])

    assert [entry.can_choose for entry in found if entry.options] == [False, True]


def test_older_offer_that_is_no_question_can_still_be_taken() -> None:
    found = entries([bot(1, "answer", "更多"), bot(2, "question", "是")])

    assert [entry.can_choose for entry in found] == [True, True]


def test_earlier_part_has_no_open_question() -> None:
    assert not entries([bot(1, "question", "是")], is_newest=False)[0].can_choose


def test_lines_of_a_list_are_taken_apart() -> None:
    text = "要带 2 样：\n1. 户口簿（原件）——每个人都要\n2. 照片\n· 银行卡：不用带"

    lines = entries([bot(1, "materials", text=text)])[0].lines

    assert [(line.mark, line.lead, line.text) for line in lines] == [
        ("", "", "要带 2 样："),
        ("1.", "户口簿（原件）", "每个人都要"),
        ("2.", "照片", ""),
        ("·", "银行卡", "不用带"),
    ]


def test_printed_list_is_a_button_instead_of_its_address() -> None:
    slip = {"url": "https://a.cn/slip/x", "path": "/slip/x", "calendar_url": "https://a.cn/slip/x.ics"}
    text = "做好了：\nhttps://a.cn/slip/x\n30 天内有效。\n加到日历：\nhttps://a.cn/slip/x.ics"
    data = {"slip": {**slip, "calendar_path": "/slip/x.ics"}}

    entry = entries([bot(1, "notice", text=text, data=data)])[0]

    assert [line.text for line in entry.lines] == ["做好了：", "30 天内有效。", "加到日历："]
    assert (entry.slip, entry.calendar) == ("/slip/x", "/slip/x.ics")


def test_address_that_no_list_has_stays_text() -> None:
    entry = entries([bot(1, "notice", text="见\nhttps://b.cn/")])[0]

    assert [line.text for line in entry.lines] == ["见", "https://b.cn/"]
    assert (entry.slip, entry.calendar) == ("", "")


def test_sources_of_one_guide_stand_together_and_further_ones_apart() -> None:
    cited = [
        Citation(guide="g", title="方案", doc_no="63号", section=section, valid_from=date(2024, 11, 21))
        for section in ("一", "二", "三")
    ]

    entry = entries([bot(1, citations=cited)])[0]

    assert [(source.title, source.since, source.sections) for source in entry.sources] == [
        ("方案", "2024 年 11 月 21 日", ("一", "二"))
    ]
    assert [source.sections for source in entry.more_sources] == [("三",)]
    assert entry.source_count == 3


def test_reasons_of_a_result_are_told() -> None:
    because = [{"question": "户口注销了吗", "answer": "注销了"}]
    data = {"items": [{"name": "户口登记", "because": because, "citation": {"section": "附件2"}}]}

    reasons = entries([bot(1, "result", data=data)])[0].reasons

    assert [(one.name, one.because, one.section) for one in reasons] == [
        ("户口登记", ("户口注销了吗——注销了",), "附件2")
    ]


@pytest.mark.parametrize(
    ("text", "kind", "phones"),
    [
        ("请拨打 12345。", "", ["12345"]),
        ("窗口电话 0371-65909999。", "", ["0371-65909999"]),
        ("请拨打 12356，危险时打 110 或 120", "crisis", ["12356", "110", "120"]),
        ("补助 120 元，第 110 条", "answer", []),
        ("编号 123456，12345-6", "", []),
        ("发〔2024〕12356 号", "", []),
    ],
)
def test_telephone_numbers_are_found_where_they_are_meant(text: str, kind: str, phones: list[str]) -> None:
    found = list(pieces(text, "12345", kind))

    assert "".join(piece for piece, _ in found) == text
    assert [piece for piece, is_phone in found if is_phone] == phones

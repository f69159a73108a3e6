"""Replies as text messages."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.message import Choice, Citation, Pages, Reply
from bot.pages import asks_for_next, divide, next_pages
from bot.text_message import part_count, units
from bot.wording import load_wording

WORDING = load_wording("12345")
WAY_ON = re.compile(r"\n还有(\d+)页，回(\d+)看下一页$")
SENTENCE = "这是一句二十个字的话说完这一句就到头了。"
QUESTION = Reply(
    kind="question",
    text="户口注销了吗？（还剩 3 题）",
    choices=(Choice(number=1, label="注销了"), Choice(number=2, label="不确定")),
)

labels = st.text(st.sampled_from("户口登记，（）1是否"), min_size=1, max_size=30)
texts = st.text(st.sampled_from("户口要带的证明，。！？；：“”（）\n 12·😀👨‍👩‍👧"), max_size=700).filter(
    lambda text: bool(text.strip())
)


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    """Any reply, short or long, with and without choices and sources."""
    chosen = draw(st.lists(labels, max_size=12))
    return Reply(
        kind=draw(st.sampled_from(["answer", "question", "notice", "result", "materials", "confirm"])),
        text=draw(texts),
        choices=tuple(Choice(number=number, label=label) for number, label in enumerate(chosen, 1)),
        citations=tuple(cited(section) for section in draw(st.lists(st.sampled_from("一二三"), max_size=4))),
        data={"completeness": "complete"},
    )


def cited(section: str) -> Citation:
    return Citation(guide="g", title="指南", doc_no="豫〔2024〕1号", section=section, valid_from=date(2024, 1, 1))


def everything(said: list[Reply], highest_number: int = 0) -> list[list[Reply]]:
    """All that is sent, press by press."""
    now, pages = divide(said, highest_number, WORDING)
    sent = [now]
    while pages is not None:
        now, pages = next_pages(pages)
        sent.append(now)
    return sent


def waiting(*said: Reply, highest_number: int = 0) -> Pages:
    """What waits, when something has to."""
    _, pages = divide(said, highest_number, WORDING)
    assert pages is not None
    return pages


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_reply_that_fits_is_sent_whole_with_choices_and_source() -> None:
    reply = Reply(kind="answer", text="要带。", choices=QUESTION.choices, citations=(cited("一"), cited("二")))

    now, pages = divide([reply], 0, WORDING)

    assert [one.text for one in now] == ["要带。\n（依据：豫〔2024〕1号 一、二）\n1. 注销了\n2. 不确定"]
    assert pages is None


def test_a_source_of_many_sections_is_shortened_before_a_reply_is_divided() -> None:
    sections = tuple(cited(f"附件2 五(二){number}") for number in range(1, 4))

    sent = everything([Reply(kind="answer", text=SENTENCE * 5, citations=sections)])

    assert [one.text for one in sent[0]] == [f"{SENTENCE * 5}\n（依据：豫〔2024〕1号 附件2 五(二)1 等 3 处）"]
    assert len(sent) == 1


def test_the_short_source_names_the_first_place_of_all_documents() -> None:
    other = Citation(guide="h", title="另一份指南", doc_no=None, section="二", valid_from=None)
    text = SENTENCE * 5 + "再加上一句长一点的话。"

    sent = everything([Reply(kind="answer", text=text, citations=(cited("一"), cited("三"), other))])

    assert [one.text for one in sent[0]] == [f"{text}\n（依据：豫〔2024〕1号 一 等 3 处）"]


def test_a_long_answer_is_divided_after_a_sentence_and_says_how_to_go_on() -> None:
    sent = everything([Reply(kind="answer", text=SENTENCE * 8, citations=(cited("一"),))])

    assert [[one.text for one in press] for press in sent] == [
        [f"{SENTENCE * 6}\n还有1页，回1看下一页"],
        [f"{SENTENCE * 2}\n（依据：豫〔2024〕1号 一）"],
    ]


def test_pages_keep_kind_source_and_data() -> None:
    reply = Reply(kind="answer", text=SENTENCE * 8, citations=(cited("一"),), data={"region": "河南"})

    sent = everything([reply])

    assert [(one.kind, one.citations, one.data) for press in sent for one in press] == [
        ("answer", (cited("一"),), {"region": "河南"})
    ] * 2


def test_the_page_is_turned_by_the_first_number_that_means_nothing_else() -> None:
    long = Reply(kind="result", text="\n".join(f"{number}. {SENTENCE}" for number in range(1, 10)))

    assert waiting(long).number == 10
    assert waiting(long, highest_number=11).number == 12
    assert waiting(Reply(kind="answer", text=f"一共 3 件：1. 报到；2. 户口；3. 社保。{SENTENCE * 8}")).number == 4
    assert waiting(Reply(kind="answer", text=SENTENCE * 8), QUESTION).number == 3
    assert waiting(Reply(kind="answer", text=SENTENCE * 8)).number == 1


def test_a_list_is_divided_between_its_lines() -> None:
    lines = [f"{number}. {SENTENCE * 2}" for number in range(1, 6)]

    sent = everything([Reply(kind="result", text="\n".join(lines))])

    assert [WAY_ON.sub("", one.text).split("\n") for press in sent for one in press] == [
        lines[:2],
        lines[2:],
    ]


def test_a_heading_stays_with_the_first_line_under_it() -> None:
    text = "\n".join([*(f"· {SENTENCE}" for _ in range(5)), "容易漏的：", f"· {SENTENCE}", f"· {SENTENCE}"])

    sent = everything([Reply(kind="notice", text=text)])

    assert sent[1][0].text.startswith(f"容易漏的：\n· {SENTENCE}")


def test_choices_stand_on_the_last_page_behind_the_question() -> None:
    read_back = "请您核对一下：\n" + "\n".join(f"· {SENTENCE}" for _ in range(8)) + "\n都对吗？"

    sent = everything([Reply(kind="confirm", text=read_back, choices=QUESTION.choices)])

    assert sent[-1][0].text.endswith("都对吗？\n1. 注销了\n2. 不确定")
    assert [one.choices for press in sent for one in press] == [(), QUESTION.choices]


def test_more_choices_than_a_page_holds_are_divided_between_their_lines() -> None:
    choices = tuple(Choice(number=number, label=SENTENCE) for number in range(1, 11))

    sent = everything([Reply(kind="question", text="哪一条要改？", choices=choices)])

    shown = [one for press in sent for one in press]
    assert shown[0].text.startswith(f"哪一条要改？\n1. {SENTENCE}\n")
    assert [choice for one in shown for choice in one.choices] == list(choices)
    assert all(f"{choice.number}. {choice.label}" in one.text for one in shown for choice in one.choices)


def test_short_replies_are_sent_together() -> None:
    notice = Reply(kind="notice", text=SENTENCE * 6)

    assert [[one.kind for one in press] for press in everything([notice, QUESTION])] == [["notice", "question"]]


def test_a_long_answer_does_not_hide_the_question_which_comes_again_at_the_end() -> None:
    sent = everything([Reply(kind="answer", text=SENTENCE * 13), QUESTION])

    assert [[one.kind for one in press] for press in sent] == [
        ["answer", "question"],
        ["answer"],
        ["answer", "question"],
    ]
    assert sent[0][1] == sent[2][1]


def test_a_notice_behind_a_long_answer_is_sent_at_once_and_once() -> None:
    hidden = Reply(kind="notice", text="已经隐去。")

    sent = everything([Reply(kind="answer", text=SENTENCE * 8), QUESTION, hidden])

    assert [[one.kind for one in press] for press in sent] == [["answer", "question", "notice"], ["answer", "question"]]


def test_two_long_replies_come_in_their_order() -> None:
    items, papers = Reply(kind="result", text=SENTENCE * 8), Reply(kind="materials", text=SENTENCE * 8)

    sent = everything([items, papers])

    assert [[one.kind for one in press] for press in sent] == [["result"], ["result", "materials"], ["materials"]]
    assert [bool(WAY_ON.search(one.text)) for press in sent for one in press] == [True, False, True, False]


@pytest.mark.parametrize(
    "text",
    ["1", "1.", "１", "①", "一", "回1", "选1", "1吧", "下一页", "下一条", "继续", "翻页", "看下一页", "“下一页”",
     "下一頁", "请继续", "好的，继续", "往下看", "更多", "还有吗"],
)  # fmt: skip
def test_words_that_turn_the_page(text: str) -> None:
    assert asks_for_next(text, waiting(Reply(kind="answer", text=SENTENCE * 8)))


@pytest.mark.parametrize(
    "text",
    ["2", "11", "1 2", "10", "是", "好的", "谢谢", "下一步怎么办", "继续教育怎么报", "接着填", "第一项怎么办",
     "先不填了", "后面要交什么材料", "上一步", "1 个月能办完吗", "更多补助", ""],
)  # fmt: skip
def test_words_that_mean_something_else(text: str) -> None:
    assert not asks_for_next(text, waiting(Reply(kind="answer", text=SENTENCE * 8)))


def test_a_number_that_takes_a_choice_does_not_turn_the_page() -> None:
    pages = waiting(Reply(kind="answer", text=SENTENCE * 8), highest_number=11)

    assert [number for number in range(1, 14) if asks_for_next(str(number), pages)] == [12]


def test_more_turns_the_page_until_the_page_that_offers_more_was_sent() -> None:
    offers = Reply(kind="result", text=SENTENCE * 8 + "想看更多，请回“更多”。")
    first = waiting(offers, Reply(kind="materials", text=SENTENCE * 8))
    _, second = next_pages(first)

    assert asks_for_next("更多", first)
    assert second is not None
    assert not asks_for_next("更多", second)
    assert asks_for_next("下一页", second)


@given(st.lists(replies(), min_size=1, max_size=4), st.integers(0, 20))
def test_every_page_fits_two_parts(said: list[Reply], highest_number: int) -> None:
    sent = [one for press in everything(said, highest_number) for one in press]

    assert [one.text for one in sent if part_count(one.text) > 2 or units(one.text) > 134] == []


@given(replies())
def test_nothing_is_lost(reply: Reply) -> None:
    sent = [one for press in everything([reply]) for one in press]

    said = "".join(bare(WAY_ON.sub("", one.text)) for one in sent)
    assert said.startswith(bare(reply.text))
    assert [choice for one in sent for choice in one.choices] == list(reply.choices)
    rest = said.removeprefix(bare(reply.text))
    assert rest.endswith("".join(bare(f"{one.number}. {one.label}") for one in reply.choices))


@given(replies())
def test_lines_of_choices_and_of_the_source_are_never_cut(reply: Reply) -> None:
    sent = [one for press in everything([reply]) for one in press]

    lines = [line for one in sent for line in one.text.split("\n")]
    assert all(f"{one.number}. {one.label}" in lines for one in reply.choices)
    named = reply.citations and reply.kind in ("answer", "result", "materials")
    assert len([line for line in lines if re.fullmatch(r"（依据：豫〔2024〕1号 .+）", line)]) == bool(named)


@given(replies())
def test_every_page_but_the_last_says_how_many_follow(reply: Reply) -> None:
    sent = [one for press in everything([reply]) for one in press]

    found = [WAY_ON.search(one.text) for one in sent]
    assert [int(one[1]) if one else 0 for one in found] == list(range(len(sent) - 1, -1, -1))


@pytest.mark.parametrize(
    "key", ["outage", "answer_follows", "apology", "no_source", "unreadable", "queue_left", "crisis", "masked"]
)
def test_own_sentences_fit_two_parts(key: str) -> None:
    values = {"reference": "A1B2C3", "kinds": "身份证号、手机号、银行卡号"}

    assert part_count(WORDING.say(key, **values)) <= 2


@pytest.mark.parametrize(
    "key",
    [
        *("queued_open", "queued_open_wait", "queued_open_long", "queued_open_nobody", "queued_closed"),
        *(
            "queued_closed_call",
            "queued_closed_own",
            "call_back.ask",
            "call_back.ask_own",
            "call_back.kept",
            "call_back.declined",
        ),
    ],
)
def test_place_in_the_queue_fits_two_parts(key: str) -> None:
    moment = WORDING.say("moment_expected", month=12, day=31, weekday="三", hour=14, minute=30)
    values = {"next_open": moment, "minutes": 120, "tail": "5678"}
    values["day"] = WORDING.say("call_back.day_expected", month=12, day=31, weekday="三")

    assert part_count(WORDING.say(key, position=100, **values)) <= 2


def test_short_last_sentence_goes_with_the_one_before_it() -> None:
    text = f"{SENTENCE * 6}想看更多，请回“更多”。"
    answer = Reply(kind="answer", text=text, citations=(cited("一"),), data={"completeness": "complete"})

    last = everything([answer])[-1][-1]

    assert last.text == f"{SENTENCE}想看更多，请回“更多”。\n（依据：豫〔2024〕1号 一）"


def test_shorter_text_is_sent_when_the_text_is_too_long() -> None:
    long = Reply(kind="materials", text=SENTENCE * 20, brief=SENTENCE)

    (press,) = everything([long])

    assert [reply.text for reply in press] == [SENTENCE]


def test_text_that_fits_is_sent_though_a_shorter_one_is_at_hand() -> None:
    fits = Reply(kind="materials", text=SENTENCE * 2, brief=SENTENCE)

    (press,) = everything([fits])

    assert [reply.text for reply in press] == [SENTENCE * 2]

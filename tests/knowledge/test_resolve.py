from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.resolve import LIKELY, NEAR, Resolution, Resolver
from knowledge.subject import Subject, subject_of
from knowledge.vocabulary import Mention
from tests.knowledge.builders import is_yes, item, library, paper, province, reference_of, statement


def resolver() -> Resolver:
    """A guide that says of the card how long it takes, of the photo where it is made, and what to do when it rains."""
    reporting = item("reporting")
    household = item(
        "household", aspects={"overview": statement("落户是恢复户口。"), "where": statement("在派出所办。")}
    )
    card = item("card", aspects={"overview": statement("优待证是一张卡。"), "time_limit": statement("二十天办好。")})
    halves = [item("half_one", part_of="transfer"), item("half_two", part_of="transfer")]
    photo = paper("photo", "card", form="electronic", copies=1, obtain=statement("照相馆拍。"))
    rain = statement(
        "下雨照常办。", id="rain", title="下雨天窗口开不开门", questions=["下大雨还上不上班", "刮风下雨能去不"]
    )
    gap = {"source": "五", "id": "lost", "title": "优待证掉水里怎么补救", "kind": "missing", "say": "没写怎么补救。"}
    toy = province(
        [reporting, household, card, *halves],
        [paper("letter", "reporting"), paper("proof", "household", when=is_yes("cancelled")), photo],
        topics=[rain],
        gaps=[{**gap, "staff": "无", "ask": "窗口", "items": ["card"]}],
    )
    return reference_of(library(toy)).resolver(toy)


TOY = resolver()
NOTHING = Subject()


def ask(question: str, before: Subject = NOTHING) -> Resolution:
    return TOY.resolve(question, before)


def answer_to(question: str, before: Subject = NOTHING) -> str:
    found = ask(question, before)
    return found.said.say if found.said else ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("优待证几天能好", "二十天办好。"),
        ("优待卡要多久", "二十天办好。"),
        ("优代证几天能好", "二十天办好。"),
        ("落户去哪", "在派出所办。"),
        ("优待证", "优待证是一张卡。"),
    ],
)
def test_an_item_and_an_aspect_lead_to_what_the_guide_says(question: str, answer: str) -> None:
    assert answer_to(question) == answer


@pytest.mark.parametrize("question", ["优待证收费吗", "办优待证要钱不"])
def test_an_aspect_that_the_guide_does_not_state_gets_an_honest_no(question: str) -> None:
    said = ask(question).said

    assert said is not None
    assert (said.say, said.complete) == ("没有写优待证收不收费。问玩具窗口。", "none")


def test_an_honest_no_does_not_answer_with_another_aspect() -> None:
    assert "二十天" not in answer_to("优待证在哪办")


def test_the_papers_of_an_item_are_listed() -> None:
    assert answer_to("报到要带什么") == "办报到带：部队介绍信。"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("照片要不要带", "要带照片。"),
        ("照片去哪拍", "照相馆拍。"),
        ("照片要几份", "照片：要电子版，1 份。"),
        ("介绍信去哪开", "没有写部队介绍信在哪办。问玩具窗口。"),
        ("介绍信要原件吗", "没有写部队介绍信的样式。问玩具窗口。"),
    ],
)
def test_a_named_paper_is_answered_by_what_is_asked_of_it(question: str, answer: str) -> None:
    assert answer_to(question) == answer


def test_a_paper_named_with_an_item_is_answered_when_papers_are_asked_for() -> None:
    assert answer_to("报到要带介绍信吗") == "要带部队介绍信。"


def test_an_item_named_with_a_paper_is_answered_when_something_else_is_asked_for() -> None:
    assert "二十天办好。" in answer_to("交了照片以后优待证几天能好")


def test_a_topic_is_found_by_a_phrasing_like_its_own() -> None:
    found = ask("下大雨还上不上班啊")

    assert found.said is not None
    assert (found.said.say, found.certain) == ("下雨照常办。", True)


def test_a_gap_is_found_and_said_to_be_open() -> None:
    said = ask("优待证掉水里怎么补救").said

    assert said is not None
    assert (said.say, said.complete) == ("没写怎么补救。问窗口。", "none")


def test_an_item_in_parts_asks_which_part_is_meant() -> None:
    found = ask("转关系")

    assert found.said is None
    assert [one.key for one in found.options] == ["half_one", "half_two"]
    assert not found.near


def test_two_short_answers_that_may_as_well_be_meant_are_said_together() -> None:
    assert answer_to("转关系这回事是什么意思呀").split("\n") == ["上半转移是一件事。", "下半转移是一件事。"]


def test_a_part_that_is_named_is_answered() -> None:
    assert answer_to("上半转移") == "上半转移是一件事。"


def test_a_matter_outside_is_recognised_and_not_answered() -> None:
    found = ask("坐火车能便宜吗")

    assert found.said is None
    assert found.outside is not None
    assert found.outside.id == "trains"


def test_the_cost_of_the_service_as_a_whole_gets_an_honest_no() -> None:
    assert answer_to("要钱吗") == "没有写整件事收不收费。问玩具窗口。"


@pytest.mark.parametrize("question", ["今晚吃火锅", "", "？？？", "abc", "。"])
def test_what_nothing_fits_gets_no_answer_and_no_offer(question: str) -> None:
    found = ask(question)

    assert (found.said, found.options, found.outside) == (None, (), None)


def test_what_is_only_near_is_offered_and_not_answered() -> None:
    near = replace(TOY.near("下大雨的时候衣服谁来收呀", 3), chance=(NEAR + LIKELY) / 2)

    found = TOY._decide("下大雨的时候衣服谁来收呀", NOTHING, near)

    assert found.said is None
    assert found.near
    assert found.options[0].id == "toy.topic.rain"


CARD = Subject(items=("card",), aspects=("overview",))


@pytest.mark.parametrize("question", ["那要几天呢", "几天", "多久啊", "那多久"])
def test_a_follow_up_goes_on_with_the_item_of_before(question: str) -> None:
    assert answer_to(question, CARD) == "二十天办好。"


def test_a_follow_up_goes_on_with_the_paper_of_before() -> None:
    assert answer_to("那去哪", Subject(papers=("photo",))) == "照相馆拍。"


def test_a_follow_up_that_names_another_item_takes_over_the_aspect_only_by_its_own_words() -> None:
    assert answer_to("那落户去哪呢", CARD) == "在派出所办。"


def test_a_follow_up_gets_an_honest_no_too() -> None:
    assert answer_to("那收费不", CARD) == "没有写优待证收不收费。问玩具窗口。"


def test_a_question_without_a_sign_of_going_on_is_a_new_one() -> None:
    assert answer_to("今晚吃火锅", CARD) == ""


def test_a_follow_up_to_nothing_is_not_guessed() -> None:
    assert answer_to("那呢") == ""


def test_a_clear_new_question_is_not_taken_for_a_follow_up() -> None:
    assert answer_to("那下大雨还上不上班呢", CARD) == "下雨照常办。"


def test_what_was_spoken_of_is_handed_back_for_the_next_question() -> None:
    assert ask("优待证几天能好").subject == Subject(items=("card",), aspects=("time_limit",))


def test_an_entry_is_found_again_by_its_id() -> None:
    entry = TOY.entry("toy.item.card.time_limit")

    assert entry is not None
    assert TOY.said(entry).say == "二十天办好。"
    assert TOY.entry("toy.item.card.gone") is None


def test_editors_see_what_came_near() -> None:
    assert TOY.near("下大雨还上不上班", 2).hits[0].entry.id == "toy.topic.rain"


def mention(kind: str, name: str, strength: float) -> Mention:
    return Mention(kind, name, 0, 1, strength)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mentions", "items"),
    [
        ([mention("item", "a", 1.0), mention("item", "b", 0.5)], ("a",)),
        ([mention("item", "b", 0.5)], ("b",)),
        ([mention("item", "b", 0.8), mention("item", "a", 1.0)], ("a", "b")),
        ([mention("item", "a", 1.0), mention("item", "a", 1.0)], ("a",)),
        ([mention("paper", "p", 1.0), mention("item", "b", 0.5)], ("b",)),
        ([], ()),
    ],
)
def test_a_hint_counts_only_when_nothing_of_its_kind_was_said(mentions: list[Mention], items: tuple[str, ...]) -> None:
    assert subject_of(mentions).items == items


@given(st.text(max_size=30), st.sampled_from([NOTHING, CARD, Subject(papers=("photo",)), Subject(items=("gone",))]))
def test_any_question_is_resolved_without_an_error(question: str, before: Subject) -> None:
    found = ask(question, before)

    assert not (found.said and found.near)


def test_original_or_copy_is_told_of_the_papers_of_the_item_just_spoken_of() -> None:
    found = ask("要原件吗", CARD)

    assert found.said is not None
    assert "电子版" in found.said.say
    assert found.said.ids == ("toy.paper.photo",)

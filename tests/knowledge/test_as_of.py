"""Which questions are asked for another time, and how a guide stands to that time."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.as_of import AsOf, as_of, since, standing
from knowledge.entries import entries_of
from knowledge.loader import load_library
from tests.knowledge.builders import province, statement

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("去年的政策呢", date(2025, 1, 1), date(2025, 12, 31), ""),
        ("去年的规定是什么", date(2025, 1, 1), date(2025, 12, 31), ""),
        ("那前年的政策呢？", date(2024, 1, 1), date(2024, 12, 31), ""),
        ("2023年退伍的按哪个", date(2023, 1, 1), date(2023, 12, 31), ""),
        ("我2023年退伍的，应该按哪年的政策", date(2023, 1, 1), date(2023, 12, 31), ""),
        ("2022年怎么规定", date(2022, 1, 1), date(2022, 12, 31), ""),
        ("22年怎么规定的", date(2022, 1, 1), date(2022, 12, 31), ""),
        ("二〇二二年的政策是怎样的", date(2022, 1, 1), date(2022, 12, 31), ""),
        ("2020年那会儿", date(2020, 1, 1), date(2020, 12, 31), ""),
        ("2020年那会儿要交照片吗", date(2020, 1, 1), date(2020, 12, 31), "要交照片"),
        ("按2022年的规定，落户要带什么", date(2022, 1, 1), date(2022, 12, 31), "落户要带什么"),
        ("落户2022年怎么规定", date(2022, 1, 1), date(2022, 12, 31), "落户怎么规定"),
        ("2023年养老转移怎么规定", date(2023, 1, 1), date(2023, 12, 31), "养老转移怎么规定"),
        ("2024年2月的规定呢", date(2024, 2, 1), date(2024, 2, 29), ""),
        ("2024年11月20日怎么规定", date(2024, 11, 20), date(2024, 11, 20), ""),
        ("河南去年的政策呢", date(2025, 1, 1), date(2025, 12, 31), "河南"),
        ("明年的政策呢", date(2027, 1, 1), date(2027, 12, 31), ""),
        ("明年还是这样办吗", date(2027, 1, 1), date(2027, 12, 31), ""),
    ],
)
def test_a_question_for_another_time_is_told_with_its_days(text: str, first: date, last: date, rest: str) -> None:
    found = as_of(text, TODAY)

    assert found is not None
    assert (found.first, found.last, found.rest) == (first, last, rest)


@pytest.mark.parametrize(
    "text",
    [
        "落户要几天",
        "我今年9月退伍",
        "去年9月退伍的",
        "去年退的，户口没办",
        "我去年退伍的还能办吗",
        "我1985年退伍的现在能办吗",
        "去年十二月退的今年一月才回来能办吗",
        "去年退伍的怎么规定",
        "2022年的规定养老凭证现在还算数吗",
        "二零二二年的现在改没改",
        "现在办还按 24 年那个文件吗",
        "豫退役军人〔2024〕63号文件什么意思",
        "2022年的要求和现在有啥不一样",
        "今年的政策是什么",
        "今年还按这个办吗",
        "这是哪年的规定",
        "次年怎么规定",
        "我当了12年兵怎么规定",
        "我当兵12年的时候落户了",
        "我30年党龄",
        "去年开的证明还能用不",
        "去年的两寸红底照能用不",
        "2021年那时候办的卡还能用吗",
        "去年那会儿我户口还没落",
        "我2021年的时候入伍的，落户要几天",
        "爸妈去年从农村搬到市里户口也迁了我跟不跟",
        "2024年2月30日怎么规定",
        "1890年怎么规定",
    ],
)
def test_other_dates_are_no_question_for_another_time(text: str) -> None:
    assert as_of(text, TODAY) is None


def test_relative_years_follow_the_clock() -> None:
    assert as_of("去年的政策呢", date(2024, 3, 1)) == AsOf(date(2023, 1, 1), date(2023, 12, 31), "去年", "")


def test_no_phrasing_kept_with_an_answer_is_taken_for_one() -> None:
    library = load_library()
    phrasings = [said for one in library.layers() for entry in entries_of(one, library) for said in entry.phrasings]

    assert len(phrasings) > 5_000
    assert [said for said in phrasings if as_of(said, TODAY)] == []


@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        (date(2021, 12, 31), "held"),
        (date(2022, 1, 1), "held"),
        (date(2022, 1, 2), "began"),
        (date(2022, 12, 31), "began"),
        (date(2023, 1, 1), "not_yet"),
    ],
)
def test_a_guide_held_began_or_was_not_yet(begun: date, expected: str) -> None:
    asked = AsOf(date(2022, 1, 1), date(2022, 12, 31), None, "")

    assert standing(asked, begun, TODAY) == expected


def test_what_has_not_come_yet_is_told_whatever_holds_now() -> None:
    assert standing(AsOf(date(2027, 1, 1), date(2027, 12, 31), "明年", ""), date(2024, 1, 1), TODAY) == "to_come"


def test_facts_hold_together_from_the_latest_of_their_days() -> None:
    topics = [
        statement("一。", id="one", title="一", **{"from": "2024-01-05", "checked_on": "2024-02-01"}),
        statement("二。", id="two", title="二"),
    ]
    toy = province(topics=topics)

    assert since(toy, toy.topics.values()).day == date(2024, 1, 5)
    assert since(toy, []).day == date(2024, 1, 1)

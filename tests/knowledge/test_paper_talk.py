from functools import cache

import pytest

from knowledge.loader import load_library
from knowledge.paper_talk import Listed, heard, only_tells
from knowledge.vocabulary import Vocabulary

LIST = ("id_card", "discharge_letter", "household_register", "photo")


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(load_library())


def said(text: str) -> dict[str, str]:
    found = heard(text, [Listed((one,)) for one in LIST], vocabulary())
    return {LIST[position]: state for position, state in found.states.items()}


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("户口本有了", {"household_register": "have"}),
        ("户口簿我准备好了", {"household_register": "have"}),
        ("照片拍好了", {"photo": "have"}),
        ("照片还没拍", {"photo": "missing"}),
        ("介绍信丢了", {"discharge_letter": "missing"}),
        ("行政介绍信找不到了", {"discharge_letter": "missing"}),
        ("户口本被水泡了", {"household_register": "missing"}),
        (
            "身份证、户口本都有，介绍信丢了",
            {"id_card": "have", "household_register": "have", "discharge_letter": "missing"},
        ),
        ("有户口本但没有照片", {"household_register": "have", "photo": "missing"}),
        (
            "除了照片都有了",
            {"id_card": "have", "discharge_letter": "have", "household_register": "have", "photo": "missing"},
        ),
        (
            "就差照片了",
            {"id_card": "have", "discharge_letter": "have", "household_register": "have", "photo": "missing"},
        ),
        ("还差照片", {"photo": "missing"}),
        ("都齐了", dict.fromkeys(LIST, "have")),
        ("照片没有，别的都有", {**dict.fromkeys(LIST, "have"), "photo": "missing"}),
        ("第一样和第三样有了", {"id_card": "have", "household_register": "have"}),
        ("第2样丢了", {"discharge_letter": "missing"}),
        ("前两样有了", {"id_card": "have", "discharge_letter": "have"}),
        ("户口本呢，有了", {"household_register": "have"}),
    ],
)
def test_what_is_said_of_papers_is_heard(text: str, states: dict[str, str]) -> None:
    assert said(text) == states


@pytest.mark.parametrize(
    "text", ["户口本要不要带", "照片有没有要求", "介绍信是谁开的", "你好", "户口要几天", "房产证有了"]
)
def test_a_question_or_another_paper_says_nothing(text: str) -> None:
    assert said(text) == {}


@pytest.mark.parametrize(
    ("text", "asks"), [("还差什么", True), ("我还缺哪样", True), ("户口本有了", False), ("谢谢", False)]
)
def test_asking_for_the_rest_is_heard(text: str, asks: bool) -> None:
    assert heard(text, [Listed((one,)) for one in LIST], vocabulary()).asks_rest is asks


PHOTOS = [
    Listed(("photo",), "二代证照片符合二代证标准"),
    Listed(("two_inch_photo", "photo"), "两寸证件照片近期红底照片"),
]


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("照片拍好了", [0, 1]),
        ("两寸照拍了", [1]),
        ("红底照片有了", [1]),
        ("二代证照片有了", [0]),
        ("两寸红底照片也有", [1]),
        ("一寸照有了", [0, 1]),
    ],
)
def test_a_word_for_several_papers_means_those_whose_label_holds_it(text: str, positions: list[int]) -> None:
    found = heard(text, PHOTOS, vocabulary())

    assert sorted([*found.states, *(one for word in found.unclear for one in word.positions)]) == positions
    assert bool(found.unclear) is (len(positions) > 1)


LETTERS = [
    Listed(("discharge_certificate",), "退出现役证件"),
    Listed(("id_card",), "居民身份证"),
    Listed(("discharge_letter",), "退出现役行政介绍信"),
    Listed(("party_letter",), "党（团）员组织关系介绍信"),
]


@pytest.mark.parametrize(
    ("text", "states", "unclear"),
    [
        ("介绍信丢了", {}, (("介绍信", (2, 3), "missing"),)),
        ("党员那张介绍信也搞落了", {3: "missing"}, ()),
        ("丢的是行政那张 团员的在", {2: "missing", 3: "have"}, ()),
        ("团员的介绍信没丢", {3: "have"}, ()),
        ("证件齐了", {}, (("证件", (0, 1), "have"),)),
        ("退伍证齐了 身份证过期了", {0: "have", 1: "missing"}, ()),
        ("行政介绍信也找着了", {2: "have"}, ()),
    ],
)
def test_the_paper_that_is_meant_is_told_from_its_like(
    text: str, states: dict[int, str], unclear: tuple[tuple[str, tuple[int, ...], str], ...]
) -> None:
    found = heard(text, LETTERS, vocabulary())

    assert found.states == states
    assert tuple((one.word, one.positions, one.state) for one in found.unclear) == unclear


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("户口簿我屋头有", True),
        ("证件齐了 介绍信也找着了 还差啥", True),
        ("户口本有没有要求", False),
        ("介绍信丢了怎么办", False),
        ("有身份证还要不要带户口本", False),
    ],
)
def test_a_message_that_only_tells_is_known_from_a_question(text: str, tells: bool) -> None:
    assert only_tells(text) is tells


def test_paper_is_told_from_its_like_by_what_people_call_it() -> None:
    papers = [
        Listed(("discharge_letter",), "退出现役行政介绍信", ("部队的介绍信",)),
        Listed(("party_letter",), "党（团）组织关系介绍信", ("党员介绍信",)),
    ]

    assert heard("党员那张介绍信也搞落了", papers, vocabulary()).states == {1: "missing"}


def test_all_but_a_word_for_several_papers_misses_each_of_them() -> None:
    assert heard("除了照片都有了", PHOTOS, vocabulary()).states == {0: "missing", 1: "missing"}

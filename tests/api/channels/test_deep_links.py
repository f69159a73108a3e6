"""What a link or a poster opens a conversation with."""

from __future__ import annotations

import pytest

from api.channels.deep_links import deep_links
from bot.wording import load_wording
from knowledge.loader import load_library


@pytest.fixture(scope="module")
def opened():  # type: ignore[no-untyped-def]
    library = load_library()
    return deep_links(lambda: library, load_wording("12345"))


@pytest.mark.parametrize(
    ("about", "text", "region"),
    [
        ("r460000-subsidy", "自主就业退役士兵一次性经济补助金怎么办", "460000"),
        ("r460000", "你好", "460000"),
        ("subsidy", "自主就业退役士兵一次性经济补助金怎么办", None),
        ("r460000-no_such_thing", "你好", "460000"),
        ("r999999-subsidy", "自主就业退役士兵一次性经济补助金怎么办", None),
        ("", "你好", None),
        ("!!", "你好", None),
        ("r460000-subsidy-more", "你好", None),
        ("r46", "你好", None),
    ],
)
def test_links(opened, about: str, text: str, region: str | None) -> None:  # type: ignore[no-untyped-def]
    assert opened(about) == (text, region)


def test_topic_asks_as_people_ask(opened) -> None:  # type: ignore[no-untyped-def]
    text, region = opened("r460000-offline_item")

    assert "网上" in text
    assert region == "460000"


def test_every_id_of_the_guides_fits_into_a_link(opened) -> None:  # type: ignore[no-untyped-def]
    library = load_library()
    greeting = opened("")[0]
    missed = [
        f"r{province.head.region}-{one}"
        for province in library.provinces.values()
        for one in (*province.topics, *province.items)
        if opened(f"r{province.head.region}-{one}")[0] == greeting or len(f"r{province.head.region}-{one}") > 64
    ]

    assert missed == []

"""Place names and the same characters inside other words."""

import pytest

from knowledge.regions import Regions

REGIONS = Regions.load()


@pytest.mark.parametrize(
    "text",
    [
        "介绍信是只有一张吗，我包包头有两张不一样的",
        "书包头层那张要不要带",
        "他说话海口气大得很",
        "海口气真好",
        "南阳台要封",
        "连里那个大连长说的",
        "便宜宾馆住一晚",
        "南平时不上班吧",
        "一条一条三明白白写着",
        "我们大同志说不用",
        "材料上海关看不看",
        "早上海鲜店上班",
        "晚上海边站岗",
        "这么填遵义务兵的规定",
    ],
)
def test_characters_of_other_words_are_no_place(text: str) -> None:
    assert REGIONS.find(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("网上海南怎么办", "海南"),
        ("三明报到要带啥", "三明"),
        ("安置在南通报到", "南通"),
        ("户口落广安全家都在那", "广安"),
        ("包头市怎么办", "包头市"),
        ("人在海口气候受不了", "海口"),
        ("上海那边怎么办", "上海"),
        ("南阳台办处在哪", "南阳"),
        ("唐山口的人", "唐山"),
        ("周口里头的窗口", "周口"),
        ("退伍回大连长住", "大连"),
        ("昆明怎么办", "昆明"),
        ("海口能办吗", "海口"),
    ],
)
def test_place_is_found_beside_other_words(text: str, place: str) -> None:
    assert [one.matched for one in REGIONS.find(text)] == [place]

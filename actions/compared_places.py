"""Hears whether a message weighs provinces against each other, and which."""

from __future__ import annotations

import re

from actions.talk import Talk
from knowledge.listing import read
from knowledge.regions import Region

PLACE = "◆"
_MORE = r"(?:快|慢|久|多|少|高|长|短|严|简单|方便|省事)"
_ALL = re.compile(rf"各个?省|每个?省|五个省|五省|这几个省|所有省|哪个省份?(?=[^，。？]{{0,8}}(?:最|更){_MORE})")
_DIFFERS = re.compile(
    rf"""
      (?:有)?(?:什么|啥|哪些|没有|没)?(?:不一样|不同|区别|差别|差异|两样)(?:的地方)?(?:吗|没有|不)?
    | 对比一?下? | 比较一?下? | 比一比 | 比一下 | 相比 | 一样(?:吗|不|么)
    | (?:哪个|哪边|谁)(?:更|的)?{_MORE}(?:一?些|一?点)? | (?:更|要|最)?{_MORE}(?:一?些|一?点)?[吗不] | 最{_MORE}
    """,
    re.VERBOSE,
)
_EACH = re.compile(r"分别|各自|各要|各是|都是|都")
_JOINT = r"(?:省|那边|那里|这边)?(?:和|跟|与|、|及|以及|还有|对比|比|vs)+"
_JOINED = re.compile(rf"{PLACE}(?:{_JOINT}{PLACE})+")
_WEIGHED = re.compile(rf"{PLACE}[^，。？！；,?!;{PLACE}]{{0,10}}(?:和|跟|与|比|同|、){PLACE}")
_WITH_OURS = re.compile(rf"(?:和|跟|与|比|同){PLACE}|{PLACE}(?:那边|那里|的)?(?:和|跟|与|比|同)")
_THE_OTHER = re.compile(rf"{PLACE}.*[，,？?。\s](?:那|还有)?{PLACE}呢[？?。]?$")
_END = re.compile(r"[，。？！；,?!;\s]+")


def compared_places(talk: Talk, text: str) -> list[Region]:
    """The provinces, or places in them, that are to be compared; empty when none are."""
    marked, places, elsewhere = _marked(talk, text)
    clauses = [one for one in _END.split(marked) if one]
    if not places and clauses and _ALL.search(clauses[-1]):
        return _covered(talk)
    differs = bool(_DIFFERS.search(marked))
    joined = _JOINED.search(marked)
    if joined and (differs or (not elsewhere and _asks_of_joined(talk, clauses))):
        first = marked[: joined.start()].count(PLACE)
        return _distinct(talk, places[first : first + joined.group().count(PLACE)])
    if _THE_OTHER.search(marked) or (differs and _WEIGHED.search(marked) and not elsewhere):
        return _distinct(talk, places)
    ours = talk.library.regions.by_code(talk.region.code) if talk.region else None
    if differs and ours and len(places) == 1 and _WITH_OURS.search(marked):
        return _distinct(talk, [ours, *places])
    return []


def without_cues(text: str) -> str:
    """A text without the words that ask for a comparison: what is left names the matter."""
    return _EACH.sub("", _DIFFERS.sub("", _ALL.sub("", text)))


def _marked(talk: Talk, text: str) -> tuple[str, list[Region], bool]:
    """The text with a mark for each place, the places, and whether one is only where somebody served or works."""
    found, at = [], 0
    parts: list[str] = []
    elsewhere = False
    for mention in talk.library.regions.find(text, within=talk.region.code if talk.region else None):
        region = mention.regions[0] if mention.certainty == "exact" else mention.province
        if region is None:
            continue
        elsewhere = elsewhere or mention.role == "other"
        parts += [text[at : mention.start], PLACE]
        at = mention.end
        found.append(region)
    return "".join((*parts, text[at:])), found, elsewhere


def _asks_of_joined(talk: Talk, clauses: list[str]) -> bool:
    """Whether what is asked is asked of the joined places: in their own clause, or of each of them in a later one."""
    joined = next(one for one in clauses if _JOINED.search(one))
    bare = _JOINED.sub("", joined)
    named = read(bare, talk.knowledge.vocabulary)
    return bool(named.names or named.sides) or not bare or bool(_EACH.search(clauses[-1]))


def _distinct(talk: Talk, places: list[Region]) -> list[Region]:
    """The places, one of each province."""
    regions = talk.library.regions
    by_province = {(regions.province_of(one.code) or one).code: one for one in reversed(places)}
    return list(by_province.values())[::-1]


def _covered(talk: Talk) -> list[Region]:
    library = talk.library
    return sorted((library.region_of(one) for one in library.provinces.values()), key=lambda one: one.code)

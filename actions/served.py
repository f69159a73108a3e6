"""Hears whether somebody asks if a province's service serves him: 安置到湖北了，河南这个我还办得成不."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.talk import Talk
from knowledge.answer_matching import CLAUSE_END
from knowledge.library import ProvinceKnowledge
from knowledge.place_roles import Part, meant_place
from knowledge.regions import Region, RegionMention
from knowledge.subject import subject_of

_ELSEWHERE, _PLACE = "◇", "◆"
"""Stand for a place where the person settles or is at home, and for any other."""
_ASKS_WHETHER = re.compile(
    r"(?:[吗嘛么不没]|[无咧哩嘞呗]|没有|没得)[？?。！!]*$|(.)[不没]\1|[？?]$|有没得|是否|能否|可否"
)
_ASKS_HOW = re.compile(r"怎|咋|如何|几[天个张项]|多[久少长]|啷个|按怎|带|[去上到在]?哪")
_HERE = rf"(?:这[里边儿头块]|[咱俺我你您]们?这|[你您]们|恁|你家|本省|{_PLACE})"
_DOES = r"[^，]{0,8}?(?:办|管|归|收|算|份|够格|资格|享受|适用|包括)"
_SERVES_HERE = re.compile(_HERE + _DOES)
_SERVES = re.compile(rf"(?:这一?[个套档]|套餐|一件事){_DOES}")
_COVERS = re.compile(
    r"归不归|归[^，]{0,6}管|管不管|管得?[到着]|管[吗嘛不]|包不包[括含]|包[括含]|适不适用|适用|有没得?有?份|有份"
    r"|(?:算不算|在不在|属不属于|是不是|算|在|属于)[^，]{0,4}(?:里[头面边]?|范围|对象|之内|内)|够不够格|沾得?[到上]"
)


@dataclass(frozen=True)
class Served:
    """province: whose service is asked about. text: that, in words which the guide answers, beside what else is asked.
    place: where the person settles or is at home, or the place of the province that is asked about."""

    province: ProvinceKnowledge
    text: str
    place: Region
    is_settled: bool = False


def served_in(
    talk: Talk, text: str, mentions: Sequence[RegionMention], parts: Sequence[Part | None], kept: Region | None
) -> Served | None:
    """What a message asks that wants to know whether the service of the province it names, or else of the kept one,
    serves him or a place; None for any other message, and where no guide covers that province."""
    own = [one for one, part in zip(mentions, parts, strict=True) if part in ("settled", "own", "home")]
    clauses = _clauses(text, mentions, own)
    asking = [one for one, _ in clauses if _asks_whether(one) and _is_of_service(talk, one)]
    aside = [one for one, part in zip(mentions, parts, strict=True) if part == "elsewhere"]
    places = [place for one in mentions if one not in (*own, *aside) and (place := meant_place(one))]
    named = places[-1] if places and any(_PLACE in one for one in asking) else None
    asked_about = named or kept
    province = talk.library.province_for(asked_about.code) if asked_about and asking else None
    if province is None:
        return None
    others = [one for one, is_told in clauses if one not in asking and not is_told and _asks(one)]
    settled = [one for one, part in zip(mentions, parts, strict=True) if part == "settled"]
    for mention in (*settled, *own):
        place = meant_place(mention)
        if place is not None and place.code[:2] != province.head.region[:2]:
            key = "asked_if_settled_elsewhere" if mention in settled else "asked_if_registered_elsewhere"
            whole = talk.library.region_of(province).short_name
            question = talk.library.phrase(key, province=whole)
            return Served(province, "？".join((*others, question)), place, mention in settled)
    covers = any(_COVERS.search(one) and _PLACE in one and not _names(talk, one) for one in asking)
    if own or named is None or not covers or len(places) > 1:
        return None
    question = talk.library.phrase("asked_who_is_served")
    return Served(province, "？".join((*others, question)), named)


def _clauses(text: str, mentions: Sequence[RegionMention], own: Sequence[RegionMention]) -> list[tuple[str, bool]]:
    """The clauses with marks for the places, and whether each only tells where the person belongs."""
    for mention in sorted(mentions, key=lambda one: -one.start):
        mark = _ELSEWHERE if mention in own else _PLACE
        text = text[: mention.start] + mark + text[mention.end :]
    return [(one, _ELSEWHERE in one) for one in CLAUSE_END.split(text) if one]


def _asks_whether(clause: str) -> bool:
    return bool(_ASKS_WHETHER.search(clause)) and not _ASKS_HOW.search(clause)


def _asks(clause: str) -> bool:
    return bool(_ASKS_WHETHER.search(clause) or _ASKS_HOW.search(clause)) or "啥" in clause or "什么" in clause


def _is_of_service(talk: Talk, clause: str) -> bool:
    """Whether a clause speaks of the service; 这个 before the name of a paper is not said of the service."""
    if _SERVES_HERE.search(clause) or _COVERS.search(clause):
        return True
    return bool(_SERVES.search(clause)) and not _names(talk, clause)


def _names(talk: Talk, clause: str) -> bool:
    return subject_of(talk.knowledge.vocabulary.find(clause)).is_named

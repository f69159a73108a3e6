"""For which province a message is meant: the place it names, else the place that is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.memory import Waiting
from actions.served import Served, served_in
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.answer_matching import CLAUSE_END, asks
from knowledge.library import ProvinceKnowledge
from knowledge.place_roles import Part, is_either, meant_place, parts_of
from knowledge.portal_names import without_portals
from knowledge.regions import Region, RegionMention
from knowledge.subject import subject_of

HIDDEN = re.compile(r"〔[^〕\d]+\d+〕")
"""A number that masking took out, such as 〔身份证号1〕: it names no paper."""
GONE = "[]"
"""Stands in its place where the parts of a message are told apart: 「身份证[]」 is no name alone."""
_BETWEEN = re.compile(r"\s*(?:还是|或者?)\s*$")
_IS_NOT = re.compile(r"[不没](?:在|属于)$")
_DECIDING: tuple[Part | None, ...] = ("settled", "asked", None)
"""What a place must be to decide the guide, the strongest first; while he has not said where he settles, he may also
be of there, or have his home inside what is known."""


@dataclass(frozen=True)
class Scope:
    """The place a message is about. `province` is None when no place is known or no guide covers it (`region` set).

    named: the message itself says the place; settled: as the one where the person settles. text: the message without
    its place names. whole: with them, when its parts may be about different places. is_own_choice: it asks which of his
    own places is meant (去莆田还是福州). is_asked: the place is named as what is asked about (四川呢). served: it asks
    whether the service of this province serves him, or a place.
    """

    province: ProvinceKnowledge | None
    region: Region | None
    named: bool
    text: str
    whole: str = ""
    settled: bool = False
    is_own_choice: bool = False
    is_asked: bool = False
    served: Served | None = None


def scope_of(talk: Talk, text: str | None = None) -> Scope:
    """The scope of this message, or of another text. The kept region is not changed here."""
    regions = talk.library.regions
    text = talk.ask.text if text is None else text
    within = talk.region.code if talk.region else None
    mentions = regions.find(text, within=within)
    if within:
        text = without_portals(text, mentions, within[:2], talk.library.phrase("any_portal"))
        mentions = regions.find(text, within=within)
    bare = HIDDEN.sub("", _without(text, mentions))
    kept = regions.by_code(talk.region.code) if talk.region else None
    parts = parts_of(text, mentions, talk.private.relation if talk.private.speaker != "self" else None)
    served = served_in(talk, text, mentions, parts, kept)
    if served:
        return _of_service(talk, served, kept)
    said, part = _meant(talk, mentions, parts, text, kept)
    if said and kept and said in regions.path(kept.code):
        said = kept  # A wider place that holds the kept one changes nothing.
    region = said or kept
    province = talk.library.province_for(region.code) if region else None
    is_own = kept is not None and all(one.province and one.province.code[:2] == kept.code[:2] for one in mentions)
    if is_own and is_either(text, mentions):
        return Scope(province, region, False, _asked_of_own_places(talk, bare), is_own_choice=True)
    whole = HIDDEN.sub(GONE, text)
    return Scope(province, region, said is not None, bare, whole, part == "settled", is_asked=part == "asked")


def _of_service(talk: Talk, served: Served, kept: Region | None) -> Scope:
    """The scope of a question whether a service serves him: that of its province, not of where he settles."""
    province = served.province
    is_kept = kept is not None and kept.code[:2] == province.head.region[:2]
    region = kept if is_kept else talk.library.region_of(province)
    if served.place.code[:2] == province.head.region[:2]:
        return Scope(province, served.place, True, served.text, served=served)
    return Scope(province, region, False, served.text, served=served)


def _asked_of_own_places(talk: Talk, bare: str) -> str:
    """What is asked when the kept place and another are put to choice: where it is done, or else where he reports."""
    named = subject_of(talk.knowledge.vocabulary.find(bare))
    if named.papers and not named.items:
        return bare
    say, items = talk.library.phrase, named.items
    matter = talk.library.name_of("item", items[0]) if items else say("matter_of_a_place")
    return say("asked_of_own_places", matter=matter)


def not_covered(talk: Talk, region: Region) -> Reply:
    """That no guide covers the place, which ones are covered, and who helps."""
    whole = talk.library.regions.province_of(region.code) or region
    return talk.reply("fallback", "region_not_covered", region=whole.short_name, covered=covered_names(talk))


def without_places(talk: Talk, text: str) -> str:
    """A text without the names of places in it."""
    return _without(text, talk.library.regions.find(text))


def keep_if_named(talk: Talk, scope: Scope) -> None:
    """Keep the place that the message names."""
    if scope.named and scope.region is not None:
        talk.keep_region(scope.region, scope.settled)


def keep_if_new(talk: Talk, scope: Scope) -> None:
    """Keep the place that a question names when the person has named none before.

    A place that no guide covers is kept as well, so that what is asked next is not answered from another guide; but a
    loop goes on with the place it was begun for.
    """
    is_new = talk.region is None or talk.private.region_is_guessed or (scope.settled and _is_told(talk))
    if scope.served and not scope.named:
        _keep_own(talk, scope.served)
    elif scope.named and scope.region is not None and is_new and (scope.province is not None or not talk.in_loop):
        talk.keep_region(scope.region, scope.settled)


def _keep_own(talk: Talk, served: Served) -> None:
    """Keep where he settles, told beside the question whether another province serves him, so that what he asks next
    is not answered from that one's guide."""
    is_guessed = talk.region is None or talk.private.region_is_guessed
    is_new = _is_told(talk) if served.is_settled else is_guessed
    if is_new and (talk.library.province_for(served.place.code) is not None or not talk.in_loop):
        talk.keep_region(served.place, served.is_settled)


def ask_region(talk: Talk, question: str | None, then: Waiting = "answer") -> ActionResult:
    """Ask where the person settles; the question waits for the answer."""
    talk.private.question, talk.private.question_for = question, then
    if talk.loop == "run_questionnaire" and talk.private.phase == "region":
        return talk.result(talk.reply("notice", "region_first"))
    return talk.result(talk.offer(talk.reply("clarify", "which_region"), *region_choices(talk)))


def region_choices(talk: Talk) -> list[tuple[str, str]]:
    """The covered provinces as choices."""
    return [(name, f"region:{code}") for code, name in _covered(talk)]


def covered_names(talk: Talk) -> str:
    """The covered provinces in one phrase."""
    return "、".join(name for _, name in _covered(talk))


def _covered(talk: Talk) -> list[tuple[str, str]]:
    library = talk.library
    regions = [library.region_of(province) for province in library.provinces.values()]
    return sorted((region.code, region.short_name) for region in regions)


def _meant(
    talk: Talk, mentions: list[RegionMention], own_parts: Sequence[Part | None], text: str, kept: Region | None
) -> tuple[Region | None, Part | None]:
    """The place that decides the guide, and what it is to the person.

    Where the person lives, served, was insured, or others live decides nothing; nor does his home beside a known place
    or one where he settles. Of several places the one in whose clause is asked is meant, and rather one of the kept
    province. Of places put to choice (莆田还是福州) the kept one is meant, or what they have in common.
    """
    regions = talk.library.regions
    parts = list(zip(mentions, own_parts, strict=True))
    if is_either(text, mentions):
        provinces = {one.province.code for one in mentions if one.province is not None}
        if kept and kept.code[:2] in {code[:2] for code in provinces}:
            return None, None
        return (regions.by_code(provinces.pop()) if len(provinces) == 1 else None), None
    is_known = kept is not None and not talk.private.region_is_guessed
    settles = kept is not None and talk.private.region_is_settlement
    for part in _DECIDING if is_known and settles else (*_DECIDING, "own", "home", "there"):
        named = [one for one, own in parts if own == part]
        if part in ("asked", None):
            named.sort(key=lambda one: (not asks(_clause_of(text, one)), not _is_within(one, kept)))
        found = [region for one in named if (region := meant_place(one)) is not None]
        if part == "there" and is_known:
            break
        if part == "home" and is_known:
            found = [region for region in found if kept in regions.path(region.code)]
        if part in ("home", "there") and kept is not None and talk.library.province_for(kept.code):
            found = [region for region in found if talk.library.province_for(region.code)]
        if found:
            return found[-1 if part == "settled" else 0], part
    return None, None


def _clause_of(text: str, mention: RegionMention) -> str:
    return CLAUSE_END.split(text[: mention.start])[-1] + CLAUSE_END.split(text[mention.end :])[0]


def _is_within(mention: RegionMention, kept: Region | None) -> bool:
    """Whether a place lies in the province of the kept one."""
    return kept is not None and mention.province is not None and mention.province.code[:2] == kept.code[:2]


def names_a_place(talk: Talk) -> bool:
    """Whether the message names any place, be it only his home."""
    return bool(talk.library.regions.find(talk.ask.text))


def place_told(talk: Talk, scope: Scope) -> str:
    """The place as a reply begins with it: the province; that a place inside it goes by its guide is said once."""
    if scope.region is None or scope.province is None:
        return scope.region.short_name if scope.region else ""
    region = talk.library.region_of(scope.province).short_name
    told = talk.private.told_provinces
    if scope.is_own_choice and talk.private.region_is_settlement:
        return talk.library.phrase("place_of_settlement", place=scope.region.short_name, province=region)
    is_said = scope.province.id in told and not (scope.served and scope.named)
    if scope.region.level == "province" or is_said:
        return region
    talk.private.told_provinces = (*told, scope.province.id)
    return talk.library.phrase("place_by_province", place=scope.region.name, province=region)


def _is_told(talk: Talk) -> bool:
    """Whether the place of settlement is told, and not only part of what is asked: 安置到成都了，社保卡怎么办."""
    for clause in CLAUSE_END.split(talk.ask.text):
        mentions = talk.library.regions.find(clause)
        for mention, part in zip(mentions, parts_of(clause, mentions), strict=True):
            if part == "settled" and (not asks(clause) or clause[mention.end :].startswith("了")):
                return True
    return False


def _without(text: str, mentions: list[RegionMention]) -> str:
    """The text without the places; of two that are put to choice nothing is left. One where something is not stays,
    because without it the rest says nothing: 户口不在海南."""
    for mention in sorted(mentions, key=lambda one: -one.start):
        before, after = text[: mention.start], text[mention.end :]
        if _IS_NOT.search(before):
            continue
        text = (_BETWEEN.sub("", before) if mention is not mentions[0] else before) + after
    return text

"""For which province a message is meant: the place it names, else the place that is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.talk import Talk, Waiting
from bot.message import ActionResult, Reply
from knowledge.library import ProvinceKnowledge
from knowledge.regions import Region, RegionMention

HIDDEN = re.compile(r"〔[^〕\d]+\d+〕")
"""A number that masking took out, such as 〔身份证号1〕: it names no paper."""
GONE = "[]"
"""Stands in its place where the parts of a message are told apart: 「身份证[]」 is no name alone."""
PLACED = re.compile(r"(?:安置|落户|落|迁|转|报到)地?(?:在|到|往|于|是|回)?$")
"""What stands right before the place where somebody settles, be another his home."""


@dataclass(frozen=True)
class Scope:
    """The place a message is about. `province` is None when no place is known or no guide covers it (`region` set).

    named: the message itself says the place. text: the message without its place names. whole: with them, when its
    parts may be about different places.
    """

    province: ProvinceKnowledge | None
    region: Region | None
    named: bool
    text: str
    whole: str = ""


def scope_of(talk: Talk, text: str | None = None) -> Scope:
    """The scope of this message, or of another text. The kept region is not changed here."""
    regions = talk.library.regions
    text = talk.ask.text if text is None else text
    mentions = regions.find(text, within=talk.region.code if talk.region else None)
    bare = HIDDEN.sub("", _without(text, mentions))
    said = _settlement(mentions, talk.region is not None, text)
    region = said or (regions.by_code(talk.region.code) if talk.region else None)
    province = talk.library.province_for(region.code) if region else None
    return Scope(province, region, said is not None, bare, HIDDEN.sub(GONE, text))


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
        talk.keep_region(scope.region)


def keep_if_new(talk: Talk, scope: Scope) -> None:
    """Keep the place that a question names when the person has named none before.

    A place that no guide covers is kept as well, so that what is asked next is not answered from another guide; but a
    loop goes on with the place it was begun for.
    """
    is_new = talk.region is None or talk.private.region_is_guessed
    if scope.named and scope.region is not None and is_new and (scope.province is not None or not talk.in_loop):
        talk.keep_region(scope.region)


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


def _settlement(mentions: list[RegionMention], is_known: bool, text: str) -> Region | None:
    """The place where the person settles; a place where he only lives or served does not count beside a known one,
    nor does the one he comes from (我湖北人, 老家信阳) beside another or beside one where he is placed (安置在泉州)."""
    mentions = [one for one in mentions if not text[one.end :].startswith("人")] or mentions
    placed = [one for one in mentions if PLACED.search(text[: one.start])]
    homes = placed or [one for one in mentions if one.role == "settlement"]
    homes = homes or [one for one in mentions if one.role is None]
    for mention in homes or ([] if is_known else mentions):
        if mention.certainty == "exact":
            return mention.regions[0]
        if mention.province is not None:
            return mention.province
    return None


def _without(text: str, mentions: list[RegionMention]) -> str:
    for mention in sorted(mentions, key=lambda one: -one.start):
        text = text[: mention.start] + text[mention.end :]
    return text

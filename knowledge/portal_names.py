"""Finds the names of an online service in a sentence: 豫事办, 河南政务服务网. `Regions` takes them for places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.regions import RegionMention

_APP = re.compile(r"[办通]$")
_SITE_AFTER = re.compile(
    r"省?(?:政务(?:服务)?网|网上(?:政务|办事)(?:服务)?(?:大厅|平台)|网办大?厅?|政务(?:服务)?(?:APP|平台|小程序))",
    re.IGNORECASE,
)
_AFTER_AN_APP = re.compile(r"(?:手机)?(?:APP|软件|小程序)", re.IGNORECASE)
_OF_ITS_PROVINCE = re.compile(r"(?:省|那个|那边|的|自己)*")


def without_portals(text: str, mentions: Sequence[RegionMention], home: str, instead: str) -> str:
    """The text with other words for the portals of other provinces than `home` (two digits of its code)."""
    for number, mention in reversed(list(enumerate(mentions))):
        end = _end_of_portal(text, mention)
        if end is None or mention.regions[0].code[:2] == home:
            continue
        start, above = mention.start, mentions[number - 1] if number else None
        if above and above.regions[0] == mention.regions[0] and _OF_ITS_PROVINCE.fullmatch(text, above.end, start):
            start = above.start
        text = text[:start] + instead + text[end:]
    return text


def _end_of_portal(text: str, mention: RegionMention) -> int | None:
    """Where the name of a portal ends that begins with the mention; None when it is a place."""
    if mention.regions[0].level != "province":
        return None
    if _APP.search(mention.matched):
        more = _AFTER_AN_APP.match(text, mention.end)
        return more.end() if more else mention.end
    site = _SITE_AFTER.match(text, mention.end)
    return site.end() if site else None

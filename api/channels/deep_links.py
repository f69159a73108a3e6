"""What a link or a poster opens a conversation with: a region, an item or a topic of its guide, or both.

Written `r460000-subsidy`, `r460000` or `subsidy`: an adcode behind `r`, then the id of an item or a topic. Telegram
hands such a word on from `https://t.me/BOT?start=r460000-subsidy`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.wording import Wording
from knowledge.library import Library
from knowledge.local_day import local_today

_LINK = re.compile(r"(?:r(?P<region>[0-9]{6}))?(?:-|\b)(?P<about>[a-z][a-z0-9_]*)?", re.ASCII)


def deep_links(library: Callable[[], Library], wording: Wording) -> Callable[[str], tuple[str, str | None]]:
    """What is asked by opening a link, and the region that it names; a greeting for what says nothing to us."""

    def beginning(about: str) -> tuple[str, str | None]:
        found = _LINK.fullmatch(about)
        greeting = wording.say("line.start")
        if not about or found is None:
            return greeting, None
        now = library()
        region = found["region"] if found["region"] and now.regions.by_code(found["region"]) else None
        return _question(now, wording, region, found["about"] or "") or greeting, region

    return beginning


def _question(library: Library, wording: Wording, region: str | None, about: str) -> str | None:
    province = library.province_for(region) if region else None
    topic = province.topics.get(about) if province else None
    if topic is not None and topic.is_said_on(local_today()):
        return topic.questions[0] if topic.questions else topic.title
    item = province.items.get(about) if province else None
    entry = library.entry("item", about)
    name = library.name_of_item(item) if item else entry.name if entry else None
    return wording.say("line.item", name=name) if name else None

"""「看原文」: what the guide itself says, as the office brought it in, word for word."""

from __future__ import annotations

from actions import replies
from actions.in_parts import divided
from actions.talk import Talk
from knowledge.model import Source


async def read_out(talk: Talk) -> str:
    """The words of the sections behind the last answers; empty where none of them is here.

    What is too long to be heard at once waits for 「更多」.
    """
    by_guide: dict[tuple[str, str], list[str]] = {}
    for told in talk.private.told:
        for kept in told.sources:
            by_guide.setdefault((kept["province"], kept["guide"]), []).append(kept["section"])
    said, missing = [], []
    for (province_id, guide), sections in by_guide.items():
        province = talk.library.provinces.get(province_id)
        if province is None or not province.has_guide(guide):
            continue
        wanted = tuple(dict.fromkeys(sections))
        found = await talk.services.originals.words(guide, wanted)
        title = replies.citation(province, Source(guide=guide, section=wanted[0])).title
        said += [
            talk.library.phrase("original_words", title=title, section=section, words=found[section])
            for section in wanted
            if section in found
        ]
        missing += [section for section in wanted if section not in found]
    if not said:
        return ""
    if missing:
        said.append(talk.library.phrase("original_missing", sections="、".join(missing)))
    now, later = divided("\n".join(said))
    first, *others = talk.private.told
    talk.private.told = [
        first.model_copy(update={"more": later or None}),
        *(one.model_copy(update={"more": None}) for one in others),
    ]
    return f"{now}\n{talk.library.phrase('there_is_more')}" if later else now

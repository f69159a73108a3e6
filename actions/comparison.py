"""A comparison of provinces on request: one line a province, each from its own guide and with its own section.

Who only mentions another place in passing gets no comparison: two places must be joined or weighed against each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from actions import replies
from actions.compared_places import compared_places, without_cues
from actions.scope import without_places
from actions.talk import Talk
from bot.message import ActionResult, Citation, Reply
from knowledge.answers import Said
from knowledge.comparison import OF_THE_WHOLE, Matter, said_by
from knowledge.compound import is_one_question
from knowledge.regions import Region
from knowledge.subject import Subject, subject_of

FIRST_SIDES = ("time_limit", "materials")
"""Compared when no side is named: of two provinces both, of more the first."""
FURTHER_SIDES = ("materials", "time_limit", "how", "where")
WEIGHED = (("time_limit", "快慢久"), ("amount", "多高"), ("how", ("简单", "方便", "省事")))
"""Sides that are meant when things are weighed without naming one: 哪个快, 哪个多."""
OF_PAPERS = frozenset({"materials", "form", "necessity"})
MOST_SECTIONS = 2


def compare(talk: Talk, text: str) -> ActionResult | None:
    """The table that the message asks for; None when it asks for none. text: the message with its places."""
    places = compared_places(talk, text)
    if len(places) < 2 or _is_answered_here(talk, text):
        return None
    words = without_cues(without_places(talk, text))
    matters = _matters(talk, text, words, places)
    if not matters:
        return talk.result(_which(talk, places))
    tables = [_table(talk, places, matter, words, is_first=matter is matters[0]) for matter in matters]
    if talk.in_loop:
        return talk.result(*tables)
    return talk.result(*tables[:-1], talk.offer(tables[-1], *_further(talk, places, matters)))


def _is_answered_here(talk: Talk, text: str) -> bool:
    """Whether the kept province itself has an answer in just these words, such as why provinces differ."""
    return talk.province is not None and is_one_question(text, talk.knowledge.resolver(talk.province))


def _matters(talk: Talk, text: str, words: str, places: Sequence[Region]) -> list[Matter]:
    """What is named, else what was last spoken of; of the service as a whole only its time limit."""
    said = subject_of(talk.knowledge.vocabulary.find(words))
    thing = said if said.is_named else talk.subject
    sides = [one for one in said.aspects if one != "overview"]
    sides = sides or [side for side, cues in WEIGHED if any(cue in text for cue in cues)]
    if not sides and not said.is_named:
        sides = list(talk.subject.aspects[:1])
    if thing.papers and (not thing.items or set(sides[:1] or ("materials",)) & OF_PAPERS):
        return [Matter("paper", thing.papers[0], sides[0] if sides else "materials")]
    if not thing.items:
        return [Matter("whole", "", OF_THE_WHOLE)] if sides[:1] == [OF_THE_WHOLE] else []
    matters = [Matter("item", thing.items[0], side) for side in sides]
    stated = [one for one in matters if _is_stated(talk, places, one)]
    if matters:
        return (stated or matters)[:1]
    return [Matter("item", thing.items[0], side) for side in FIRST_SIDES[: 2 if len(places) == 2 else 1]]


def _is_stated(talk: Talk, places: Sequence[Region], matter: Matter) -> bool:
    """Whether the guide of one of the places speaks of this side: 多少钱 is what is paid, or what is given."""
    provinces = [talk.library.province_for(place.code) for place in places]
    items = [item for one in provinces if one is not None for item in one.items_meant(matter.id)]
    return any(matter.aspect in item.aspects for item in items)


def _table(talk: Talk, places: Sequence[Region], matter: Matter, words: str, is_first: bool) -> Reply:
    """One small table. Each line is remembered as an answer of its own, for 「更多」 and 「依据」."""
    say = talk.library.phrase
    title = _title(talk, matter)
    lines: list[str] = []
    rows: list[tuple[str, Said]] = []
    cited: list[Citation] = []
    for place in places:
        province = talk.library.province_for(place.code)
        if province is None:
            lines.append(say("comparison_not_covered", region=place.short_name))
            continue
        said = said_by(province, matter, words, talk.knowledge.resolver(province), talk.library)
        if said is None:
            lines.append(say("comparison_not_found", region=place.short_name))
            continue
        sections = list(dict.fromkeys(one.section for one in said.sources))[:MOST_SECTIONS]
        lines.append(say("comparison_line", region=place.short_name, say=said.say, section="、".join(sections)))
        talk.keep_answer(
            province, said.sources, said.ids, said.more, said.simple, title, beside=bool(rows) or not is_first
        )
        rows.append((place.short_name, said))
        cited += replies.citations(province, said.sources)
    text = say("comparison", title=title, lines="\n".join(lines))
    if not rows:
        return Reply(kind="fallback", text=text)
    talk.keep_subject(_subject(matter))
    return Reply(kind="answer", text=text, citations=tuple(dict.fromkeys(cited)), data=_data(rows, len(places)))


def _data(rows: Sequence[tuple[str, Said]], asked: int) -> dict[str, object]:
    complete = {said.complete for _, said in rows}
    is_alike = len(complete) == 1 and len(rows) == asked
    return {
        "completeness": complete.pop() if is_alike else "partial",
        "region": [region for region, _ in rows],
        "knowledge_ids": list(dict.fromkeys(key for _, said in rows for key in said.ids)),
    }


def _title(talk: Talk, matter: Matter) -> str:
    say, side = talk.library.phrase, talk.library.name_of("aspect", matter.aspect)
    if matter.kind == "whole":
        return say("whole_service_asked", aspect=side)
    name = talk.library.name_of(matter.kind, matter.id)
    if matter.kind == "paper" and matter.aspect in ("materials", "necessity"):
        return say("title_paper", paper=name)
    return say("title_item_aspect", item=name, aspect=side)


def _subject(matter: Matter) -> Subject:
    named = (matter.id,) if matter.id else ()
    return Subject(
        items=named if matter.kind == "item" else (),
        papers=named if matter.kind == "paper" else (),
        aspects=(matter.aspect,),
    )


def _which(talk: Talk, places: Sequence[Region]) -> Reply:
    """One question back when nothing is named that could be compared."""
    matters = talk.words("comparison_matters")
    choices = [(f"{_names(places)}{matter}", f"say:{_names(places)}{matter}") for matter in matters]
    return talk.offer(talk.reply("clarify", "compare_what"), *choices)


def _further(talk: Talk, places: Sequence[Region], matters: Sequence[Matter]) -> list[tuple[str, str]]:
    """The rest of what the guides say, and the sides that were not compared yet."""
    say = talk.library.phrase
    choices = [(say("label_more"), "more")] if any(one.more for one in talk.private.told) else []
    shown, matter = {one.aspect for one in matters}, matters[0]
    if matter.kind != "item":
        return choices
    for side in (one for one in FURTHER_SIDES if one not in shown):
        name = talk.library.name_of("aspect", side)
        asked = f"{_names(places)}{talk.library.name_of('item', matter.id)}{name}"
        choices.append((say("label_compare", aspect=name), f"say:{asked}"))
    return choices[:3]


def _names(places: Sequence[Region]) -> str:
    """The places as one would say them: 河南和海南, 河南、海南和四川."""
    names = [place.short_name for place in places]
    return "和".join(("、".join(names[:-1]), names[-1]))

"""Everything of a province that can answer a question, as one list: what it is about, and how people ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.library import Library, ProvinceKnowledge

EntryKind = Literal["aspect", "item_papers", "paper", "paper_obtain", "topic", "gap", "not_needed", "portal", "field"]


@dataclass(frozen=True)
class Entry:
    """One answerable thing. `id` is its knowledge id; `key` the id of the thing within its kind.

    items, papers, aspects: what it is about. phrasings: ways of asking for it. text: what it says. dates: the first
    and last day on which it is said, where there are such.
    """

    id: str
    kind: EntryKind
    key: str
    title: str
    items: tuple[str, ...]
    papers: tuple[str, ...]
    aspects: tuple[str, ...]
    phrasings: tuple[str, ...]
    text: str
    dates: tuple[date, date | None] | None = None


def entries_of(province: ProvinceKnowledge, library: Library) -> list[Entry]:
    """All entries of one province, in the order of its data."""
    return [
        *_of_items(province, library),
        *_of_papers(province, library),
        *_of_topics_and_gaps(province),
        *_of_portals_and_form(province, library),
    ]


def _of_items(province: ProvinceKnowledge, library: Library) -> list[Entry]:
    found = []
    for item in province.items.values():
        name = library.name_of_item(item)
        base = f"{province.id}.item.{item.id}"
        meant = (item.id, *((item.part_of,) if item.part_of else ()), *item.includes)
        for aspect, said in item.aspects.items():
            title = library.phrase("title_item_aspect", item=name, aspect=library.name_of("aspect", aspect))
            text = f"{said.say}{said.more or ''}"
            found.append(
                Entry(f"{base}.{aspect}", "aspect", item.id, title, meant, (), (aspect,), said.questions, text)
            )
        if "materials" not in item.aspects and province.papers_for(item.id):
            asked = (f"办{name}要带什么", f"{name}需要哪些材料")
            title = library.phrase("title_item_papers", item=name)
            found.append(
                Entry(f"{base}.materials", "item_papers", item.id, title, meant, (), ("materials",), asked, "")
            )
    return found


def _of_papers(province: ProvinceKnowledge, library: Library) -> list[Entry]:
    found = []
    for paper in province.papers.values():
        name = paper.name
        base = f"{province.id}.paper.{paper.id}"
        asked = (*paper.questions, f"{name}要不要带", f"{name}要交吗")
        text = f"{paper.say}{paper.more or ''}"
        about = ("materials", "necessity")
        title = library.phrase("title_paper", paper=name)
        found.append(Entry(base, "paper", paper.id, title, (), (paper.id,), about, asked, text))
        if paper.obtain:
            asked = (*paper.obtain.questions, f"{name}去哪开", f"{name}丢了怎么办")
            about = ("where", "how")
            title = library.phrase("title_obtain", paper=name)
            text = paper.obtain.say
            found.append(Entry(f"{base}.obtain", "paper_obtain", paper.id, title, (), (paper.id,), about, asked, text))
    for spared in province.not_needed:
        papers = (spared.paper,) if spared.paper else ()
        asked = (*spared.questions, f"{spared.name}要带吗")
        title = library.phrase("title_paper", paper=spared.name)
        key = f"{province.id}.not_needed.{spared.id}"
        found.append(Entry(key, "not_needed", spared.id, title, (), papers, ("materials",), asked, spared.reason))
    return found


def _of_topics_and_gaps(province: ProvinceKnowledge) -> list[Entry]:
    found = []
    for topic in province.topics.values():
        text = f"{topic.say}{topic.more or ''}{''.join(topic.steps)}"
        key = province.fact_id("topic", topic.id)
        asked = (topic.title, *topic.questions)
        meant = _with_wholes(province, topic.items)
        dates = (topic.valid_from, topic.valid_until)
        found.append(Entry(key, "topic", topic.id, topic.title, meant, (), (), asked, text, dates))
    for gap in province.gaps.values():
        key = province.fact_id("gap", gap.id)
        asked = (gap.title, *gap.questions)
        meant = _with_wholes(province, gap.items)
        found.append(Entry(key, "gap", gap.id, gap.title, meant, gap.papers, tuple(gap.aspects), asked, gap.say))
    return found


def _with_wholes(province: ProvinceKnowledge, items: tuple[str, ...]) -> tuple[str, ...]:
    """The items and the national items that they are parts of."""
    wholes = (province.items[one].part_of for one in items if one in province.items)
    return tuple(dict.fromkeys((*items, *(whole for whole in wholes if whole))))


def _of_portals_and_form(province: ProvinceKnowledge, library: Library) -> list[Entry]:
    found = []
    for portal in province.portals:
        key = f"{province.id}.portal.{portal.id}"
        asked = (f"{portal.name}怎么用", f"{portal.name}能办吗")
        found.append(Entry(key, "portal", portal.id, portal.name, (), (), ("where",), asked, portal.say))
    for form_field in province.form.fields if province.form else ():
        key = f"{province.id}.form.{form_field.id}"
        title = library.phrase("title_field", field=form_field.label)
        asked = (f"{form_field.label}怎么填", f"表上{form_field.label}填什么")
        found.append(Entry(key, "field", form_field.id, title, (), (), (), asked, form_field.say))
    return found

"""Which entry of the data a fact belongs to, so that a page can lead to it."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.entry_kinds import EntryName
from knowledge.library import Library, ProvinceKnowledge

_IN_FILES = {
    "topic": ("topics.yaml", "topic"),
    "gap": ("gaps.yaml", "gap"),
    "paper": ("papers.yaml", "paper"),
    "not_needed": ("papers.yaml", "not_needed"),
    "notice": ("notices.yaml", "notice"),
    "portal": ("portals.yaml", "portal"),
    "staff": ("staff.yaml", "staff_note"),
    "question": ("questionnaire.yaml", "question"),
}
LONGEST_SAID = 24
_WHOLE = {"questionnaire": ("questionnaire.yaml", "questionnaire"), "form": ("form.yaml", "form")}


def entry_of(province: ProvinceKnowledge, fact: str) -> EntryName:
    """The entry that holds a fact, by its knowledge id: henan.item.reporting.time_limit is in the item's."""
    _, kind, *rest = fact.split(".")
    folder = f"provinces/{province.id}"
    cities = {city.id for city in province.cities.values()}
    if kind in cities:
        path = f"{folder}/cities/{kind}.yaml"
        return EntryName(path, rest[0], rest[1]) if len(rest) > 1 else EntryName(path, "city", kind)
    if kind == "item":
        return EntryName(f"{folder}/items/{rest[0]}.yaml", "item", rest[0])
    if kind == "gap" and any(one.guide in province.cited_guides for one in province.gaps[rest[0]].source):
        # A gap that cites another province's guide was made of a conflict between them.
        return EntryName("national/conflicts.yaml", "conflict", rest[0])
    if kind in _IN_FILES:
        file, name = _IN_FILES[kind]
        return EntryName(f"{folder}/{file}", name, rest[0])
    if kind == "outcome":
        is_tip = any(one.id == rest[0] for one in province.questionnaire.tips)
        return EntryName(f"{folder}/questionnaire.yaml", "tip" if is_tip else "not_covered", rest[0])
    if kind in _WHOLE:
        file, name = _WHOLE[kind]
        return EntryName(f"{folder}/{file}", name, province.id)
    return EntryName(f"{folder}/province.yaml", "province", province.id)


def title_of(library: Library, province: ProvinceKnowledge, fact: str) -> str:
    """What a person calls the fact: its title, or the name of the item or paper with the aspect."""
    found = library.facts.get(fact)
    for name in ("title", "name", "label", "text", "ask_text"):
        if text := getattr(found, name, None):
            return str(text)
    entry, rest = entry_of(province, fact), fact.split(".")
    named: dict[str, Callable[[], str]] = {
        "item": lambda: library.name_of("item", entry.key),
        "paper": lambda: library.name_of("paper", entry.key),
    }
    said = str(getattr(found, "say", "") or "")
    if entry.kind not in named and said and entry.kind != "province":
        return said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]}…"
    base = named.get(entry.kind, lambda: library.region_of(province).name)()
    aspect = library.name_of("aspect", rest[3]) if entry.kind == "item" and len(rest) > 3 else ""
    return f"{base} · {aspect}" if aspect and aspect != rest[3] else base

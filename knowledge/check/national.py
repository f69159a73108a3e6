"""Faults in what all provinces share: the national words, and what the provinces' guides disagree on."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from knowledge import model
from knowledge.check.documents import texts_of, with_inner
from knowledge.check.faults import Faults, like, read_fault
from knowledge.check.texts import too_long
from knowledge.library import Library
from knowledge.loader import Lines
from knowledge.yaml_lines import Place

LISTS = ("items", "papers", "aspects", "departments", "terms", "outside", "statuses")


def empty_words(library: Library, lines: Lines, folder: Path) -> Faults:
    """Names, aliases and explanations without a letter."""
    for name in LISTS:
        for number, entry in enumerate(getattr(library.catalogue, name)):
            for place, text in texts_of(entry):
                if not text.strip():
                    where = lines.name(folder / f"{name}.yaml", ("entries", number, *place))
                    yield read_fault(f"{where}: '{place[0]}' is empty")


def bad_conflicts(conflicts: tuple[model.Conflict, ...], library: Library, lines: Lines, folder: Path) -> Faults:
    """Ids and sections that there are not, and texts that cannot be said."""
    path = folder / "conflicts.yaml"
    for number, conflict in enumerate(conflicts):
        place: Place = ("conflicts", number)
        for problem in (*_unknown(conflict, library), *_unlisted(conflict, library)):
            yield read_fault(f"{lines.name(path, place)}: {problem}")
        for _, inner, thing in with_inner(path, place, conflict):
            for problem in _unsayable(thing):
                yield read_fault(f"{lines.name(path, inner)}: {problem}")


def _unknown(conflict: model.Conflict, library: Library) -> list[str]:
    found = []
    for kind, ids in (("item", conflict.items), ("paper", conflict.papers)):
        known = [entry.id for entry in getattr(library.catalogue, f"{kind}s")]
        found += [f"{kind} '{one}' is not in the national list{like(one, known)}" for one in ids if one not in known]
    return found


def _unlisted(conflict: model.Conflict, library: Library) -> list[str]:
    listed = {
        (guide, section.id)
        for province in library.provinces.values()
        for guide, sections in province.sections.items()
        for section in sections
    }
    cited = [source for position in conflict.positions for source in position.source]
    return [
        f"section '{one.section}' of {one.guide} is not in sections.yaml"
        for one in cited
        if (one.guide, one.section) not in listed
    ]


def _unsayable(thing: BaseModel) -> list[str]:
    found = [f"'{place[0]}' is empty" for place, text in texts_of(thing) if not text.strip()]
    long = too_long(thing.say) if isinstance(thing, model.Position) else None
    return [*found, long] if long else found

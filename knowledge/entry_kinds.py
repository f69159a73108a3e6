"""Where entries of each kind stand. An entry is what an editor sees as one thing; its name is (path, kind, key)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Form = Literal["list", "mapping", "rows", "head", "whole"]


class EntryName(NamedTuple):
    """path: below the data folder, with slashes."""

    path: str
    kind: str
    key: str


@dataclass(frozen=True)
class Shelf:
    """The entries of one kind in one file.

    form: elements of the list under `within`; pairs of the mapping under `within`; lines of a table; all that stands
    before the first list; or the whole file. named_by: the key whose value names an element. columns: those of a table,
    of which the first names the row.
    """

    kind: str
    form: Form
    within: str = ""
    named_by: str = "id"
    columns: tuple[str, ...] = ()


def _lists(*pairs: tuple[str, str]) -> tuple[Shelf, ...]:
    return tuple(Shelf(kind, "list", within) for within, kind in pairs)


_WORDS = {
    "items": "item_words",
    "papers": "paper_words",
    "aspects": "aspect",
    "departments": "department",
    "terms": "term",
    "outside": "outside",
    "statuses": "status",
}
_NATIONAL = {f"{name}.yaml": _lists(("entries", kind)) for name, kind in _WORDS.items()} | {
    "conflicts.yaml": _lists(("conflicts", "conflict")),
    "phrases.yaml": (Shelf("phrase", "mapping", "phrases"),),
    "region_aliases.yaml": (Shelf("region_aliases", "whole"),),
    "calendar.csv": (Shelf("calendar", "rows", columns=("日期", "安排", "名称", "通知")),),
    "regions.csv": (Shelf("region", "rows", columns=("code", "name", "level", "parent")),),
}
_PROVINCE = {
    "province.yaml": (Shelf("province", "whole"),),
    "form.yaml": (Shelf("form", "whole"),),
    "topics.yaml": _lists(("topics", "topic")),
    "gaps.yaml": _lists(("gaps", "gap")),
    "papers.yaml": _lists(("papers", "paper"), ("not_needed", "not_needed")),
    "portals.yaml": _lists(("portals", "portal")),
    "notices.yaml": _lists(("notices", "notice")),
    "staff.yaml": _lists(("notes", "staff_note")),
    "sections.yaml": (Shelf("sections", "list", "guides", "guide"),),
    "questionnaire.yaml": (
        Shelf("questionnaire", "head"),
        *_lists(("questions", "question"), ("not_covered", "not_covered"), ("tips", "tip")),
    ),
}
_ITEM = (Shelf("item", "whole"),)
_CITY = (Shelf("city", "head"), *_lists(("topics", "topic"), ("gaps", "gap")))
_PATH = re.compile(
    r"""
    national/(?P<national>[a-z_]+\.(?:yaml|csv))
    | provinces/(?P<province>[a-z_]+)/
      (?: (?P<part>[a-z_]+\.yaml) | items/(?P<item>[a-z0-9_]+)\.yaml | cities/(?P<city>[a-z0-9_]+)\.yaml )
    """,
    re.VERBOSE,
)


def shelves_of(path: str) -> tuple[Shelf, ...]:
    """The kinds of entries in a file by its path; none for a file that is not of this knowledge."""
    found = _PATH.fullmatch(path)
    if found is None:
        return ()
    if found["national"]:
        return _NATIONAL.get(found["national"], ())
    if found["part"]:
        return _PROVINCE.get(found["part"], ())
    return _ITEM if found["item"] else _CITY


def province_of(path: str) -> str | None:
    """The id of the province whose file this is; none for the national ones."""
    found = _PATH.fullmatch(path)
    return found["province"] if found else None


def city_of(path: str) -> str | None:
    """The id of the city whose layer this is."""
    found = _PATH.fullmatch(path)
    return found["city"] if found else None


def key_of_file(path: str) -> str:
    """The key of an entry that is a whole file, or the head of one: an item's and a city's id, else the folder."""
    found = _PATH.fullmatch(path)
    if found is None:
        return path
    return found["item"] or found["city"] or found["province"] or "national"

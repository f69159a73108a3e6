"""An entry as the tree of values that a form shows, and back. What the form does not show stays as it is.

A tree holds text as it was typed, also what is wrong; what is wrong is found when the entry is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from api.studio import condition_form
from api.studio.fields import Field

WAS = "was"
"""In the tree of a part of a list: which part of before it is, as a number; empty for a new one."""
SEVERAL = ("lines", "choices", "refs", "sources")
TICKED = ("choices", "refs")
"""What is ticked comes in the order of what is offered, which is not always that of the file."""
MOST_PARTS = 400
Tree = dict[str, Any]


def tree_of(fields: Sequence[Field], raw: Any, main_guide: str = "") -> Tree:
    """The values of a form for an entry as it stands in its file. main_guide: whose sections are written alone."""
    given = raw if isinstance(raw, Mapping) else {}
    return {one.name: _value(one, given.get(one.name), main_guide) for one in fields}


def read(fields: Sequence[Field], form: FormData, at: str = "") -> Tree:
    """The values of a posted form. at: what the names of its fields begin with."""
    return {one.name: _posted(one, form, f"{at}{one.name}") for one in fields}


def raw_of(fields: Sequence[Field], tree: Tree, before: Any, main_guide: str = "") -> dict[str, Any]:
    """The entry as it is to stand in its file. Fields in which nothing changed keep what they had, however written."""
    old: Mapping[str, Any] = before if isinstance(before, Mapping) else {}
    raw = dict(old)
    for one in fields:
        was = _value(one, old.get(one.name), main_guide)
        given = _in_old_order(tree[one.name], was) if one.kind in TICKED else tree[one.name]
        if _bare(given) == _bare(was) and (one.name in old or not one.required):
            continue
        written = _written(one, given, old.get(one.name), main_guide)
        if written is None and not (one.nullable and one.required):
            raw.pop(one.name, None)
        else:
            raw[one.name] = written
    return raw


def _value(one: Field, raw: Any, main_guide: str) -> Any:
    if one.kind == "yes":
        return bool(one.default if raw is None else raw)
    if one.kind == "sources":
        return [_place(source, main_guide) for source in (raw if isinstance(raw, list) else [raw] if raw else [])]
    if one.kind in SEVERAL:
        return [str(value) for value in raw] if isinstance(raw, list) else []
    if one.kind == "condition":
        return condition_form.tree_of(raw)
    if one.kind == "part":
        return tree_of(one.fields, raw, main_guide) if isinstance(raw, Mapping) else None
    if one.kind == "parts":
        listed = raw if isinstance(raw, list) else []
        return [tree_of(one.fields, part, main_guide) | {WAS: str(n)} for n, part in enumerate(listed)]
    if one.kind == "named":
        named = raw if isinstance(raw, Mapping) else {}
        return {name: tree_of(one.fields, part, main_guide) for name, part in named.items()}
    if raw is None:
        return str(one.default) if one.kind == "choice" and one.default is not None else ""
    return str(raw)


def _posted(one: Field, form: FormData, at: str) -> Any:
    def get(name: str) -> str:
        value = form.get(name, "")
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""

    def get_all(name: str) -> list[str]:
        return [value for value in form.getlist(name) if isinstance(value, str) and value]

    if one.kind == "yes":
        return get(at) == "yes"
    if one.kind == "lines":
        return [line.strip() for line in get(at).split("\n") if line.strip()]
    if one.kind in SEVERAL:
        return list(dict.fromkeys(get_all(at)))
    if one.kind == "condition":
        return condition_form.read(get, get_all, at)
    if one.kind == "part":
        return read(one.fields, form, f"{at}.") if get(f"{at}.there") else None
    if one.kind == "parts":
        count = int(get(f"{at}.count")) if get(f"{at}.count").isdecimal() else 0
        places = [f"{at}.{number}." for number in range(min(count, MOST_PARTS))]
        return [read(one.fields, form, place) | {WAS: get(f"{place}{WAS}")} for place in places]
    if one.kind == "named":
        names = [name for name in get_all(f"{at}.names") if name in one.options]
        return {name: read(one.fields, form, f"{at}.{name}.") for name in dict.fromkeys(names)}
    return get(at)


def _written(one: Field, value: Any, before: Any, main_guide: str) -> Any:
    """As the file has it; None for nothing."""
    if one.kind == "yes":
        return value
    if one.kind == "sources":
        places = [_source(place, main_guide) for place in value]
        return places[0] if len(places) == 1 else places or None
    if one.kind == "number":
        return int(value) if value.isdecimal() else value or None
    if one.kind == "condition":
        return condition_form.raw_of(value)
    if one.kind == "part":
        return raw_of(one.fields, value, before, main_guide) if value is not None else None
    if one.kind == "parts":
        old = before if isinstance(before, list) else []
        return [raw_of(one.fields, part, _was(part, old), main_guide) for part in value] or None
    if one.kind == "named":
        old_parts = before if isinstance(before, Mapping) else {}
        return {name: raw_of(one.fields, part, old_parts.get(name), main_guide) for name, part in value.items()} or None
    if one.kind == "choice" and one.default is not None and value == str(one.default):
        return None
    return value or None


def _was(part: Tree, old: Sequence[Any]) -> Any:
    place = part.get(WAS, "")
    return old[int(place)] if place.isdecimal() and int(place) < len(old) else None


def _place(source: Any, main_guide: str) -> str:
    if isinstance(source, Mapping):
        return f"{source.get('guide', main_guide)}|{source.get('section', '')}"
    return f"{main_guide}|{source}"


def _source(place: str, main_guide: str) -> Any:
    guide, _, section = place.partition("|")
    return section if guide == main_guide else {"guide": guide, "section": section}


def _in_old_order(given: Sequence[str], was: Sequence[str]) -> list[str]:
    return [*(one for one in was if one in given), *(one for one in given if one not in was)]


def _bare(value: Any) -> Any:
    """A value by which two trees are compared: the order of the parts counts, and from where they are."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [(one.get(WAS, ""), one) for one in value]
    return value

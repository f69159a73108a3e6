"""What the buttons inside a form do to it: one more, one less, further up. Each works without a script."""

from __future__ import annotations

from typing import Any

from api.studio import condition_form
from api.studio.entry_form import WAS, Tree, tree_of
from api.studio.fields import Field

ACTS = ("add", "remove", "up", "join", "group", "less", "here")


def acted(fields: tuple[Field, ...], tree: Tree, act: str) -> str:
    """Does to the tree what a button `act place` says; what cannot be done is left. Returns the field to go on at."""
    verb, _, place = act.partition(" ")
    found = _find(fields, tree, place.split(".")) if verb in ACTS else None
    if found is None:
        return ""
    one, holder, rest = found
    value, at = holder[one.name], place.removesuffix("." + ".".join(rest)) if rest else place
    if one.kind == "condition":
        holder[one.name] = _condition(verb, value, rest)
        return at
    if one.kind == "part":
        holder[one.name] = tree_of(one.fields, {}) if verb == "add" else None
    elif one.kind == "parts":
        return _in_list(one, value, verb, rest, at)
    elif one.kind == "named" and rest:
        if verb == "add" and rest[0] in one.options:
            value.setdefault(rest[0], tree_of(one.fields, {}))
        elif verb == "remove":
            value.pop(rest[0], None)
    return at


def _find(fields: tuple[Field, ...], tree: Tree, place: list[str]) -> tuple[Field, Tree, list[str]] | None:
    """The field that a place lies in, the tree that holds it, and the rest of the place within the field."""
    one = next((field for field in fields if field.name == place[0]), None)
    if one is None:
        return None
    rest, value = place[1:], tree[one.name]
    inner: Any = None
    if one.kind == "part" and rest and isinstance(value, dict):
        return _find(one.fields, value, rest)
    if one.kind == "parts" and len(rest) > 1 and rest[0].isdecimal() and int(rest[0]) < len(value):
        inner = value[int(rest[0])]
    if one.kind == "named" and len(rest) > 1:
        inner = value.get(rest[0])
    return _find(one.fields, inner, rest[1:]) if inner is not None else (one, tree, rest)


def _in_list(one: Field, parts: list[Tree], verb: str, rest: list[str], at: str) -> str:
    number = int(rest[0]) if rest and rest[0].isdecimal() else -1
    if verb == "add":
        parts.append(tree_of(one.fields, {}) | {WAS: ""})
        return f"{at}.{len(parts) - 1}"
    if verb == "remove" and 0 <= number < len(parts):
        del parts[number]
    if verb == "up" and 0 < number < len(parts):
        parts[number - 1 : number + 1] = [parts[number], parts[number - 1]]
        return f"{at}.{number - 1}"
    return at


def _condition(verb: str, tree: condition_form.Tree | None, rest: list[str]) -> condition_form.Tree | None:
    way = tuple(int(one) for one in rest if one.isdecimal())
    if verb == "remove":
        return None
    if verb == "less" and tree is not None:
        return condition_form.without(tree, way)
    line = condition_form.empty_line()
    group = {"kind": "any", "not": False, "parts": [line, condition_form.empty_line()]}
    if verb in ("add", "join", "group"):
        return _joined(tree, way, group if verb == "group" else line)
    return tree


def _joined(
    tree: condition_form.Tree | None, way: tuple[int, ...], part: condition_form.Tree
) -> condition_form.Tree | None:
    if tree is None or not way:
        return condition_form.joined(tree, part)
    if tree["kind"] == "line" or way[0] >= len(tree["parts"]):
        return tree
    inner = _joined(tree["parts"][way[0]], way[1:], part)
    return tree | {"parts": [inner if n == way[0] else one for n, one in enumerate(tree["parts"])]}

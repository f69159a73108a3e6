"""Ids for what editors make: from the sound of its name, because nobody in an office should have to invent one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from pypinyin import lazy_pinyin

from api.studio.entry_form import Tree
from api.studio.fields import Field

NAMES = ("title", "name", "label", "text", "sent_when", "say")
LONGEST = 40
MOST_SYLLABLES = 6


def new_id(name: str, taken: Collection[str]) -> str:
    """An id that sounds like a name and is not taken."""
    heard = [re.sub(r"[^a-z0-9]", "", one.lower()) for one in lazy_pinyin(re.sub(r"[^\w]", "", name), errors="default")]
    syllables = [one for one in heard if one][:MOST_SYLLABLES]
    base = "_".join(syllables)[:LONGEST].strip("_") or "entry"
    base = base if base[0].isalpha() else f"n_{base}"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found


def named_by(tree: Tree) -> str:
    """The words that an id is made of."""
    return next((str(tree[name]) for name in NAMES if tree.get(name)), "")


def fill_in(fields: Sequence[Field], tree: Tree) -> None:
    """Gives an id to every part that has none yet."""
    for one in fields:
        value: Any = tree.get(one.name)
        if one.kind == "part" and value is not None:
            _fill_in_part(one, value, ())
        elif one.kind == "parts":
            for part in value:
                _fill_in_part(one, part, {str(other.get("id")) for other in value})
        elif one.kind == "named":
            for part in value.values():
                fill_in(one.fields, part)


def _fill_in_part(one: Field, part: Tree, taken: Collection[str]) -> None:
    is_made = any(field.name == "id" and field.kind == "id" for field in one.fields)
    if is_made and not part["id"] and named_by(part):
        part["id"] = new_id(named_by(part), taken)
    fill_in(one.fields, part)

"""Only what was changed is written anew in the text of an entry."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.studio.block import changed
from knowledge.loader import DATA
from knowledge.yaml_lines import read_block

TEXT = """\
# 说明
source: 一 # 第一节
id: rain
say: 开。
items: [reporting]
options:
  - id: yes_it_is
    label: 是
  # 另一个
  - {id: other, label: 不是}
"""
FILES = [one for one in sorted(DATA.rglob("*.yaml")) if one.name not in ("region_aliases.yaml", "phrases.yaml")]
NEW: list[Any] = ["新的：说法, [x]", "12", "true", "a: b", "# 不", 7, True, ["一", "二"], [{"id": "n", "say": "x"}]]


def edited(**values: Any) -> str:
    _, content = read_block(TEXT)
    return changed(TEXT, {**content, **values})


def test_a_changed_value_leaves_comments_and_all_else_as_they_are() -> None:
    assert edited(say="不开。") == TEXT.replace("say: 开。", "say: 不开。")
    assert edited(source=["一", "二"]) == TEXT.replace("source: 一 #", "source: [一, 二] #")


def test_a_new_key_goes_where_the_schema_has_it_and_a_lost_one_goes_whole() -> None:
    _, content = read_block(TEXT)
    added = changed(TEXT, {**content, "more": "再说"}, ["source", "id", "say", "more", "items"])
    less = changed(TEXT, {name: value for name, value in content.items() if name != "items"})

    assert added == TEXT.replace("say: 开。\n", "say: 开。\nmore: 再说\n")
    assert less == TEXT.replace("items: [reporting]\n", "")


def test_parts_are_added_changed_and_taken_out_one_by_one() -> None:
    first, second = {"id": "yes_it_is", "label": "是"}, {"id": "other", "label": "不是"}

    assert edited(options=[{**first, "label": "对"}, second]) == TEXT.replace("label: 是", "label: 对")
    assert edited(options=[first]).endswith("    label: 是\n  # 另一个\n")
    assert edited(options=[first, second, {"id": "third", "label": "三"}]).endswith(
        "{id: other, label: 不是}\n  - id: third\n    label: 三\n"
    )


def places_of(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*place, key)
        yield from places_of(inner, (*place, key))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_whatever_is_changed_in_the_real_files_is_read_back_so(path: Path) -> None:
    chance, text = random.Random(path.name), path.read_text(encoding="utf-8")  # noqa: S311, no secret
    _, content = read_block(text)
    places = [place for place in places_of(content) if len(place) > 1]
    for new in chance.sample(NEW, 4):
        wanted = copy.deepcopy(content)
        place = chance.choice(places)
        holder = wanted
        for part in place[:-1]:
            holder = holder[part]
        holder[place[-1]] = new

        assert read_block(changed(text, wanted))[1] == wanted, place

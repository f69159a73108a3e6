"""Writes values as the data files write them: two-space indent, short lists in one line, conditions in braces."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.yaml_lines import YamlError, read_block

LONGEST_LINE = 110
CONDITION = frozenset({"all", "any", "not", "question", "equals", "in", "at_least"})
PLACE = frozenset({"guide", "section"})
Plain = str | int | bool


def scalar(value: Plain) -> str:
    """A text, number or yes or no, quoted only where it would be read as something else."""
    if not isinstance(value, str):
        return json.dumps(value)
    try:
        _, content = read_block(f"[{value}]")
        stands_alone = content == [value] and "\n" not in value
        _, alone = read_block(f"a: {value}")
        stands_alone = stands_alone and alone == {"a": value}
    except YamlError:
        stands_alone = False
    return value if stands_alone else json.dumps(value, ensure_ascii=False)


def in_braces(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {in_braces(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(in_braces, value)) + "]"
    return scalar(value)


def mapping(value: Mapping[str, Any], indent: int) -> str:
    """The lines of a mapping, each with its line break; `indent` is the column of its keys."""
    return "".join(f"{' ' * indent}{key}:{after_key(one, indent)}\n" for key, one in value.items())


def after_key(value: Any, indent: int) -> str:
    """What follows `key:` for a key that stands in column `indent`."""
    if isinstance(value, Mapping):
        return f" {in_braces(value)}" if _fits_in_braces(value) else "\n" + mapping(value, indent + 2).rstrip("\n")
    if not isinstance(value, Sequence) or isinstance(value, str):
        return f" {scalar(value)}"
    if any(isinstance(one, Mapping) and not _fits_in_braces(one) for one in value):
        return "\n" + "".join(element(one, indent + 2) for one in value).rstrip("\n")
    line = in_braces(value)
    if len(line) + indent <= LONGEST_LINE:
        return f" {line}"
    return f" {_in_several_lines([in_braces(one) for one in value], indent)}"


def element(value: Any, indent: int) -> str:
    """An element of a list whose dashes stand in column `indent`, with its line break."""
    if not isinstance(value, Mapping) or _fits_in_braces(value):
        return f"{' ' * indent}- {in_braces(value)}\n"
    lines = mapping(value, indent + 2)
    return f"{' ' * indent}- {lines[indent + 2 :]}"


def _in_several_lines(parts: Sequence[str], indent: int) -> str:
    lines, line = [], ""
    for part in parts:
        if line and len(line) + len(part) > LONGEST_LINE:
            lines.append(line)
            line = ""
        line += f"{' ' if line else ''}{part},"
    lines.append(line)
    inner = " " * (indent + 2)
    return "[\n" + "".join(f"{inner}{one}\n" for one in lines) + f"{' ' * indent}]"


def _fits_in_braces(value: Mapping[str, Any]) -> bool:
    return not value or value.keys() <= CONDITION or value.keys() <= PLACE

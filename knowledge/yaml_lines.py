"""Reads a YAML file and remembers the line of every value, so that an error can name file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """YAML without surprises: only null, whole decimal numbers, true and false are more than text.

    yes, no, 08:30, 0x1F, 03 and 1.5 are text, and a date is read as a date only by the schema.
    """


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(?:-?[1-9][0-9]*|0)\Z"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), ["t", "f"])


class YamlError(Exception):
    """The file is not readable as YAML: in which line, and why. The message names the file too."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.line = line
        self.problem = problem


def read_yaml(path: Path) -> tuple[Any, dict[Place, int]]:
    """The content of a file, and the line (from 1) of each of its values by their place in it.

    Raises YamlError with file and line; a key that stands twice in one mapping is an error too.
    """
    try:
        node = _composed(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise YamlError(path, 1, f"not UTF-8: {error.reason}") from error
    except OSError as error:
        raise YamlError(path, 1, error.strerror or "not readable") from error
    if node is None:
        raise YamlError(path, 1, "the file is empty")
    lines: dict[Place, int] = {}
    return _build(node, (), lines, path), lines


def read_block(text: str) -> tuple[yaml.Node, Any]:
    """A part of a file: its nodes, which know where they stand in the text, and its content.

    Raises YamlError, whose lines are those of the text.
    """
    path = Path("block")
    node = _composed(text, path)
    if node is None:
        raise YamlError(path, 1, "the file is empty")
    return node, _build(node, (), {}, path)


def line_of(place: Place, lines: dict[Place, int]) -> int:
    """The line of a place, or of the nearest place around it that stands in the file."""
    for length in range(len(place), -1, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return 1


def _composed(text: str, path: Path) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlError(path, line, error.problem or "not YAML") from error
    except yaml.YAMLError as error:
        raise YamlError(path, 1, str(error)) from error
    return node


def _build(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError(path, line, "a key is one word")
            key = _scalar(key_node)
            if key in built:
                raise YamlError(path, line, f"'{key}' stands twice")
            built[key] = _build(value_node, (*place, key), lines, path)
            lines[(*place, key)] = line
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*place, number), lines, path) for number, child in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    tag, value = node.tag, node.value
    if tag.endswith(":null"):
        return None
    if tag.endswith(":int"):
        return int(value)
    if tag.endswith(":bool"):
        return value == "true"
    return value

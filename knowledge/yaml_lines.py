"""Reads a YAML file and remembers the line of every value, so that an error can name file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """YAML without surprises: yes, no, on and off are words, and a date is read as a date only by the schema."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class YamlError(Exception):
    """The file is not readable as YAML. The message names file and line."""


def read_yaml(path: Path) -> tuple[Any, dict[Place, int]]:
    """The content of a file, and the line (from 1) of each of its values by their place in it.

    Raises YamlError with file and line; a key that stands twice in one mapping is an error too.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlError(f"{path}:{line}: {error.problem}") from error
    except UnicodeDecodeError as error:
        raise YamlError(f"{path}:1: not UTF-8: {error.reason}") from error
    if node is None:
        raise YamlError(f"{path}:1: the file is empty")
    lines: dict[Place, int] = {}
    return _build(node, (), lines, path), lines


def line_of(place: Place, lines: dict[Place, int]) -> int:
    """The line of a place, or of the nearest place around it that stands in the file."""
    for length in range(len(place), -1, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return 1


def _build(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            if key in built:
                raise YamlError(f"{path}:{key_node.start_mark.line + 1}: '{key}' stands twice")
            built[key] = _build(value_node, (*place, key), lines, path)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*place, number), lines, path) for number, child in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    tag, value = node.tag, node.value
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    if tag.endswith(":null"):
        return None
    if tag.endswith(":int"):
        return int(value)
    if tag.endswith(":float"):
        return float(value)
    if tag.endswith(":str") and is_plain and value in ("true", "false"):
        return value == "true"
    return value

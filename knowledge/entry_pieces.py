"""A file cut into its entries and what stands between them. Joined again, the pieces are the file byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from knowledge.entry_kinds import Shelf, key_of_file
from knowledge.yaml_lines import YamlError, read_block


class EntryTextError(Exception):
    """The text of an entry cannot be read, or not be put where it belongs."""


class EntryUnreadable(EntryTextError):
    """The text is not one entry of this name. line: where in it, from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


@dataclass(frozen=True)
class Block:
    """An entry as it stands. line: its first in the file, from 1. content: as YAML reads it; a row's by column."""

    kind: str
    key: str
    text: str
    line: int
    content: Any


@dataclass(frozen=True)
class Piece:
    """A stretch of a file. block: none for what belongs to no entry. column: in which the entry's content begins."""

    text: str
    block: Block | None = None
    column: int = 0


def pieces_of(path: str, text: str, shelves: Sequence[Shelf]) -> list[Piece]:
    """The file in pieces. Raises EntryUnreadable when it cannot be read, or when an entry's key stands twice."""
    if not text or not shelves:
        return [Piece(text)] if text else []
    if shelves[0].form == "rows":
        pieces = list(_rows(text, shelves[0]))
    else:
        try:
            root, content = read_block(text)
        except YamlError as error:
            raise EntryUnreadable(error.line, error.problem) from error
        if not isinstance(root, yaml.MappingNode):
            raise EntryUnreadable(1, "keys with their values were expected")
        if shelves[0].form == "whole":
            return [Piece(text, Block(shelves[0].kind, key_of_file(path), text, 1, content))]
        pieces = list(_blocks(path, text, root, content, shelves))
    names = [(piece.block.kind, piece.block.key) for piece in pieces if piece.block]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise EntryUnreadable(1, f"'{twice[1]}' stands twice")
    return pieces


def indented(text: str, shelf: Shelf, column: int) -> str:
    """The text of an entry as lines of the file."""
    if shelf.form in ("head", "whole"):
        return text
    first, *rest = text.split("\n")
    dash = " " * (column - 2) + "- " if shelf.form == "list" else " " * column
    return "\n".join([dash + first, *(" " * column + line if line else "" for line in rest)]) + "\n"


def _rows(text: str, shelf: Shelf) -> Iterator[Piece]:
    head, *lines = text.splitlines(keepends=True)
    yield Piece(head)
    for number, line in enumerate(lines, 2):
        row = line.rstrip("\r\n")
        cells = row.split(",")
        content = dict(zip(shelf.columns, cells, strict=False))
        yield Piece(line, Block(shelf.kind, cells[0], row, number, content)) if row else Piece(line)


def _blocks(
    path: str, text: str, root: yaml.MappingNode, content: dict[str, Any], shelves: Sequence[Shelf]
) -> Iterator[Piece]:
    by_key = {shelf.within: shelf for shelf in shelves if shelf.within}
    heads = [shelf for shelf in shelves if shelf.form == "head"]
    done = 0
    if heads:
        begins = [_line_start(text, key) for key, _ in root.value if key.value in by_key]
        done = min(begins, default=len(text))
        own = {key: value for key, value in content.items() if key not in by_key}
        yield Piece(text[:done], Block(heads[0].kind, key_of_file(path), text[:done], 1, own))
    for key, value in root.value:
        shelf = by_key.get(key.value)
        if shelf is None or not isinstance(value, yaml.SequenceNode | yaml.MappingNode) or value.flow_style:
            continue
        contents = content[key.value]
        for number, child in enumerate(value.value):
            if shelf.form == "list":
                start, column = _dash(text, child), child.start_mark.column
                what = contents[number]
                name = str(what.get(shelf.named_by)) if isinstance(what, dict) else f"#{number}"
                last = child
            else:
                start, column = _line_start(text, child[0]), child[0].start_mark.column
                name, last = str(child[0].value), child[1]
                what = {name: contents[name]}
            end = _end(text, last)
            if start > done:
                yield Piece(text[done:start])
            block = Block(shelf.kind, name, _dedented(text[start:end], column), text.count("\n", 0, start) + 1, what)
            yield Piece(text[start:end], block, column)
            done = end
    if done < len(text):
        yield Piece(text[done:])


def _line_start(text: str, node: yaml.Node) -> int:
    return text.rfind("\n", 0, node.start_mark.index) + 1


def _dash(text: str, node: yaml.Node) -> int:
    """Where the line with the dash of an element begins; comments may stand between the dash and the element."""
    start = _line_start(text, node)
    while not text[start:].lstrip(" ").startswith("- ") and start:
        start = text.rfind("\n", 0, start - 1) + 1
    return start


def _end(text: str, node: yaml.Node) -> int:
    """Where the line with the last word of a node ends."""
    last = node
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    end = last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        end = len(text[:end].rstrip())
    end = text.find("\n", end)
    return len(text) if end < 0 else end + 1


def _dedented(text: str, column: int) -> str:
    first, *rest = text.rstrip("\n").split("\n")
    if any(line[:column].strip() for line in rest):
        raise EntryUnreadable(1, f"a line begins before column {column + 1}: {rest}")
    return "\n".join([re.sub(r"^ *(- +)?", "", first, count=1), *(line[column:] for line in rest)])

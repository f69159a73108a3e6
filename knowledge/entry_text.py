"""One entry's block in the text of a file: found, replaced, put in, taken out, and every other byte left alone."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from knowledge.entry_kinds import Shelf, shelves_of
from knowledge.entry_pieces import Block, EntryTextError, EntryUnreadable, Piece, indented, pieces_of
from knowledge.yaml_lines import YamlError, read_block

COLUMN = 4
"""In which the content of an element of a list begins in our files."""


class NoSuchEntry(EntryTextError):
    """There is no entry of this name."""


class NoSuchKind(EntryTextError):
    """The file holds nothing of this kind."""


@dataclass(frozen=True)
class TextEdit:
    """How one entry is to read. after: its text; None takes it out.

    follows: the key behind which a new one goes; empty: the first place; None, or one that is not there: the last.
    """

    kind: str
    key: str
    after: str | None
    follows: str | None = None


class EntryFile:
    """A file as its entries and what stands between them. It does not change; `edited` gives the new content."""

    def __init__(self, path: str, content: bytes | None) -> None:
        """content: None for a file that is not there yet. Raises EntryUnreadable when it cannot be read."""
        self.path = path
        self._shelves = {shelf.kind: shelf for shelf in shelves_of(path)}
        try:
            text = (content or b"").decode()
        except UnicodeDecodeError as error:
            raise EntryUnreadable(1, "not UTF-8") from error
        self._pieces = pieces_of(path, text, tuple(self._shelves.values()))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its entries in the order of the file."""
        return tuple(piece.block for piece in self._pieces if piece.block)

    def find(self, kind: str, key: str) -> Block | None:
        """The entry of this name."""
        return next((one for one in self.blocks if (one.kind, one.key) == (kind, key)), None)

    def follows(self, kind: str, key: str) -> str | None:
        """What `TextEdit.follows` must be to put this entry back where it stands."""
        kindred = [block.key for block in self.blocks if block.kind == kind]
        place = kindred.index(key)
        return None if place == len(kindred) - 1 else kindred[place - 1] if place else ""

    def edited(self, edits: Iterable[TextEdit]) -> bytes | None:
        """The content with these edits; None when nothing is left of the file. No entry may be edited twice.

        Raises NoSuchEntry, NoSuchKind, or EntryUnreadable when a text is not one entry of its name.
        """
        pieces, expected = self._pieces, {(block.kind, block.key): block.text for block in self.blocks}
        others: dict[tuple[str, str], Block] = {}
        new: list[tuple[Block, str | None]] = []
        for edit in edits:
            name, shelf = (edit.kind, edit.key), self._shelf(edit.kind)
            if edit.after is None:
                pieces = _without(pieces, edit, shelf)
                expected.pop(name)
                continue
            text = normal(edit.after, shelf)
            block = Block(*name, text, 1, _content(shelf, edit.key, text))
            if name not in expected:
                new.append((block, edit.follows))
            elif expected[name] != text:
                others[name] = block
            expected[name] = text
        pieces = [_instead(piece, others, self._shelves) for piece in pieces] if others else pieces
        for (kind, follows), group in groupby(new, lambda one: (one[0].kind, one[1])):
            pieces = _with(pieces, [block for block, _ in group], self._shelves[kind], follows)
        text = "".join(piece.text for piece in pieces)
        if pieces is not self._pieces and text:
            self._check(text, expected)
        return text.encode() if text else None

    def _shelf(self, kind: str) -> Shelf:
        if kind not in self._shelves:
            raise NoSuchKind(f"{self.path} holds nothing of the kind {kind}")
        return self._shelves[kind]

    def _check(self, text: str, expected: dict[tuple[str, str], str]) -> None:
        """What was meant as one entry may end it and begin another; so the whole is read once more."""
        found = {(block.kind, block.key): block.text for block in EntryFile(self.path, text.encode()).blocks}
        for name in sorted(found.keys() | expected.keys()):
            if found.get(name) != expected.get(name):
                raise EntryUnreadable(1, f"'{name[1]}' would not be as it is meant")


def normal(text: str, shelf: Shelf) -> str:
    """The text of an entry as it is kept: without indentation, with line feeds only, nothing behind its end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if shelf.form in ("head", "whole"):
        return text.rstrip("\n") + "\n" if text.strip() else ""
    lines = [line if line.strip() else "" for line in text.rstrip().strip("\n").split("\n")]
    joined = "\n".join(lines)
    return textwrap.dedent(joined) if joined.startswith(" ") else joined


def read_entry(path: str, kind: str, key: str, text: str) -> Any:
    """What stands in the text of an entry. Raises NoSuchKind and EntryUnreadable."""
    for shelf in shelves_of(path):
        if shelf.kind == kind:
            return _content(shelf, key, normal(text, shelf))
    raise NoSuchKind(f"{path} holds nothing of the kind {kind}")


def _content(shelf: Shelf, key: str, text: str) -> Any:
    if shelf.form == "rows":
        if "\n" in text or text.split(",", 1)[0] != key:
            raise EntryUnreadable(1, f"one line that begins with {key} was expected")
        return dict(zip(shelf.columns, text.split(","), strict=False))
    try:
        _, content = read_block(text)
    except YamlError as error:
        raise EntryUnreadable(error.line, error.problem) from error
    if not isinstance(content, dict):
        raise EntryUnreadable(1, "keys with their values were expected")
    named = key
    if shelf.form == "list":
        named = str(content.get(shelf.named_by))
    elif shelf.form == "mapping":
        named = ", ".join(map(str, content))
    elif shelf.kind in ("item", "city", "province"):
        named = str(content.get("id"))
    if named != key:
        raise EntryUnreadable(1, f"the id is '{named}' and not '{key}'")
    return content


def _instead(piece: Piece, others: dict[tuple[str, str], Block], shelves: dict[str, Shelf]) -> Piece:
    """This piece, or the one with the entry's new text."""
    other = others.get((piece.block.kind, piece.block.key)) if piece.block else None
    if other is None:
        return piece
    shelf = shelves[other.kind]
    if shelf.form == "rows":
        return Piece(other.text + ("\r\n" if piece.text.endswith("\r\n") else "\n"), other)
    return Piece(indented(other.text, shelf, piece.column), other, piece.column)


def _with(pieces: list[Piece], blocks: list[Block], shelf: Shelf, follows: str | None) -> list[Piece]:
    """The pieces with new entries of one kind, in their order."""
    if shelf.form in ("head", "whole"):
        return [*(Piece(block.text, block) for block in blocks), *pieces]
    kindred = [number for number, piece in enumerate(pieces) if piece.block and piece.block.kind == shelf.kind]
    if shelf.form == "rows":
        return _with_rows(pieces, blocks, kindred)
    if not kindred:
        pieces = _with_first(pieces, blocks[0], shelf)
        return _with(pieces, blocks[1:], shelf, blocks[0].key) if blocks[1:] else pieces
    return _between(pieces, blocks, shelf, follows, kindred)


def _with_rows(pieces: list[Piece], blocks: list[Block], kindred: list[int]) -> list[Piece]:
    for block in blocks:
        later = [number for number in kindred if (old := pieces[number].block) and old.key > block.key]
        place = later[0] if later else kindred[-1] + 1 if kindred else len(pieces)
        pieces = [*_ended(pieces[:place]), Piece(block.text + "\n", block), *pieces[place:]]
        kindred = [number for number, piece in enumerate(pieces) if piece.block]
    return pieces


def _with_first(pieces: list[Piece], block: Block, shelf: Shelf) -> list[Piece]:
    """With the first entry of its list, which stands there as `[]` or not at all."""
    column = COLUMN if shelf.form == "list" else COLUMN - 2
    new = Piece(indented(block.text, shelf, column), block, column)
    empty = re.compile(rf"^{shelf.within}:[ ]*(?:\[[ ]*\]|\{{[ ]*\}})?[ ]*(?:#[^\n]*)?$\n?", re.MULTILINE)
    for number, piece in enumerate(pieces):
        found = None if piece.block else empty.search(piece.text)
        if found:
            before, after = piece.text[: found.start()] + f"{shelf.within}:\n", piece.text[found.end() :]
            rest = [Piece(after)] if after else []
            return [*pieces[:number], Piece(before), new, *rest, *pieces[number + 1 :]]
    return [*_ended(pieces), Piece(f"{shelf.within}:\n"), new]


def _between(
    pieces: list[Piece], blocks: list[Block], shelf: Shelf, follows: str | None, kindred: list[int]
) -> list[Piece]:
    keys = {old.key: number for number in kindred if (old := pieces[number].block)}
    column = pieces[kindred[0]].column
    between = [pieces[one + 1] for one, other in pairwise(kindred) if other > one + 1]
    blanks = sum("\n\n" in "\n" + piece.text for piece in between)
    is_spaced = 2 * blanks >= len(kindred) - 1 if len(kindred) > 1 else "\n" in blocks[0].text
    blank = [Piece("\n")] if is_spaced else []
    new = [Piece(indented(block.text, shelf, column), block, column) for block in blocks]
    if follows == "":
        return [*pieces[: kindred[0]], *(one for piece in new for one in (piece, *blank)), *pieces[kindred[0] :]]
    behind = keys.get(follows or "", kindred[-1]) + 1
    return [*_ended(pieces[:behind]), *(one for piece in new for one in (*blank, piece)), *pieces[behind:]]


def _without(pieces: list[Piece], edit: TextEdit, shelf: Shelf) -> list[Piece]:
    """The pieces without this entry and the blank line that set it apart."""
    names = [(piece.block.kind, piece.block.key) if piece.block else None for piece in pieces]
    if (edit.kind, edit.key) not in names:
        raise NoSuchEntry(f"{edit.kind} {edit.key}")
    place = names.index((edit.kind, edit.key))
    before, after = pieces[:place], pieces[place + 1 :]
    if shelf.form not in ("list", "mapping"):
        return before + after
    kinds = [name[0] if name else None for name in names]
    if kinds.count(edit.kind) == 1:
        bare = re.compile(rf"^{shelf.within}:[ ]*((?:#[^\n]*)?)$", re.MULTILINE)
        nothing = "[]" if shelf.form == "list" else "{}"
        return [
            Piece(bare.sub(rf"{shelf.within}: {nothing}\1", piece.text), piece.block, piece.column)
            if not piece.block
            else piece
            for piece in before
        ] + after
    if edit.kind in kinds[place + 1 :] and after and not after[0].block:
        return [*before, Piece(re.sub(r"\A(?:[ ]*\n)+", "", after[0].text)), *after[1:]]
    if edit.kind not in kinds[place + 1 :] and before and not before[-1].block:
        return [*before[:-1], Piece(re.sub(r"(?:(?<=\n)|\A)(?:[ ]*\n)+\Z", "", before[-1].text)), *after]
    return before + after


def _ended(pieces: list[Piece]) -> list[Piece]:
    """With a line feed at the end, so that something can be put behind."""
    if not pieces or pieces[-1].text.endswith("\n"):
        return pieces
    last = pieces[-1]
    return [*pieces[:-1], Piece(last.text + "\n", last.block, last.column)]

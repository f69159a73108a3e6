"""Cuts the lines of a guide into its sections, by the guide's own numbers.

A guide's table of contents, as far as the office has one, decides where a number may mean two things: whether 六、 goes
on in a list inside of 五 or begins the sixth part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from api.excel.places import loose
from api.guides.numbers import Marker, anchor_of, marker_of, part_of, written
from knowledge.numerals import NUMERALS, in_words

WHOLE = ("全文", "正文")
PREFACE, NOTICE = "前言", "印发通知"
LONGEST_TITLE = 40
LONGEST_NAME = 16
_TITLE_END = re.compile(r"[。：:；;\t]")
_NAME_END = re.compile(r"[:：×)）\s]+$")
_DAY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_INNER = re.compile(rf"(?<=\s)(?=([{NUMERALS[1:]}]{{1,3}})、)")


@dataclass(frozen=True)
class Section:
    """number: as entries cite it. text: with its heading, a line each, without the sections below it."""

    number: str
    title: str
    text: str


@dataclass
class _Open:
    number: str
    title: str
    lines: list[str] = field(default_factory=list)


@dataclass
class _Nested:
    """A list of its own inside of a section: 用户须知 一、二、三."""

    name: str
    level: int
    ordinal: int


class _Cutter:
    def __init__(self, contents: Sequence[tuple[str, str]]) -> None:
        self._known = {loose(number): number for number, _ in contents}
        self._by_title = {loose(title): number for number, title in contents if len(title) >= 4}
        self._titles = dict(contents)
        self._done: list[_Open] = []
        self._used: set[str] = set()
        self._part = ""
        self._path: list[Marker] = []
        self._nested: _Nested | None = None
        self._name = ""
        self._preface: list[str] = []

    def cut(self, lines: Iterable[str]) -> list[_Open]:
        for line in lines:
            for piece in self._pieces(line):
                self._take(piece)
        if not self._done:
            number = next((one for one in WHOLE if loose(one) in self._known), WHOLE[1])
            return [_Open(number, self._titles.get(number, ""), self._preface)] if self._preface else []
        return [*self._of_preface(), *self._done]

    def _pieces(self, line: str) -> list[str]:
        """A line, cut where the next part begins in the middle of it."""
        expected = in_words(self._path[0].ordinal + 1) if self._path and self._path[0].level == 1 else "一"
        place = next((found.start() for found in _INNER.finditer(line) if found[1] == expected), None)
        return [line] if place is None else [line[:place].rstrip(), line[place:]]

    def _take(self, line: str) -> None:
        anchor, part, marker = anchor_of(line), part_of(line), marker_of(line)
        if anchor and (loose(anchor[0]) in self._known or not self._known or anchor[0] == PREFACE):
            self._begin(self._known.get(loose(anchor[0]), anchor[0]), anchor[1], line)
        elif part and (not self._known or self._is_a_part(part[0])):
            self._part, self._path, self._nested = part[0], [], None
            self._begin(part[0], part[1], line)
        elif marker is None or not self._take_marker(marker, line):
            self._take_words(line)

    def _is_a_part(self, part: str) -> bool:
        """Whether anything of this annex may be cited; 附件 alone begins a list of them."""
        return loose(part) in self._known or (part[-1].isdecimal() and self._leads_on(part))

    def _leads_on(self, number: str) -> bool:
        """Whether something below it may be cited."""
        return any(is_below(known, number) for known in self._known.values())

    def _take_marker(self, marker: Marker, line: str) -> bool:
        outer = [one for one in self._path if one.level < marker.level]
        last = next((one for one in self._path if one.level == marker.level), None)
        inside = self._number(self._path) if self._path else self._part
        choices: list[tuple[str, bool, _Nested | None]] = []
        nested = self._nested
        if nested and marker.level == nested.level and marker.ordinal == nested.ordinal + 1:
            following = _Nested(nested.name, nested.level, marker.ordinal)
            choices.append((f"{inside} {nested.name}{marker.written}", True, following))
        follows = marker.ordinal == (last.ordinal + 1 if last else 1) or (not last and marker.level > 2)
        choices.append((self._number([*outer, marker]), follows, None))
        if self._part:
            bare = self._number([*outer, marker], part="")
            choices.append((bare, follows and self._leads_on(bare), None))
        if self._name and marker.ordinal == 1 and self._path:
            begun = _Nested(self._name, marker.level, 1)
            choices.append((f"{inside} {self._name}{marker.written}", True, begun))
        known = [one for one in choices if loose(one[0]) in self._known and one[0] not in self._used]
        likely = [one for one in choices if one[1]]
        leading = [one for one in likely if self._leads_on(one[0])]
        chosen = next(iter(known or leading or likely), None)
        if chosen is None:
            return False
        number, _, self._nested = chosen
        lead = []
        if self._nested is None:
            self._path = [*outer, marker]
        elif marker.ordinal == 1 and _NAME_END.sub("", self._done[-1].lines[-1]) == self._nested.name:
            lead = [self._done[-1].lines.pop()]
        self._begin(self._known.get(loose(number), number), marker.rest, line)
        self._done[-1].lines[:0] = lead
        return True

    def _number(self, path: Sequence[Marker], part: str | None = None) -> str:
        digits = "".join(written(one.level, one.ordinal) for one in path)
        before = self._part if part is None else part
        return f"{before} {digits}" if before and digits else before or digits

    def _take_words(self, line: str) -> None:
        name = _NAME_END.sub("", line)
        if 0 < len(name) <= LONGEST_NAME and "\t" not in name:
            self._name = name
        inside = self._number(self._path) if self._path else self._part
        number = self._known.get(loose(f"{inside} {name}")) if inside else None
        number = number or self._by_title.get(loose(line.split("\t")[0]))
        if number and number not in self._used and (self._done or number not in (PREFACE, NOTICE)):
            self._begin(number, name, line)
        elif self._done:
            self._done[-1].lines.append(line)
        else:
            self._preface.append(line)

    def _begin(self, number: str, title: str, line: str) -> None:
        self._used.add(number)
        self._done.append(_Open(number, self._titles.get(number) or _short(title), [line]))
        if marker_of(line):
            self._name = ""

    def _of_preface(self) -> list[_Open]:
        """What stands before the first number: the notice by which a plan is sent out, and the plan's own preface."""
        if not self._preface:
            return []
        has_notice, has_preface = NOTICE in self._titles, PREFACE in self._titles
        last = max((place for place, line in enumerate(self._preface) if _DAY.fullmatch(line.strip())), default=None)
        if has_notice and has_preface and last is not None:
            cut = [(NOTICE, self._preface[: last + 1]), (PREFACE, self._preface[last + 1 :])]
        else:
            cut = [(NOTICE if has_notice and not has_preface else PREFACE, self._preface)]
        return [_Open(number, self._titles.get(number, ""), lines) for number, lines in cut if lines]


def sections_of(lines: Iterable[str], contents: Sequence[tuple[str, str]] = ()) -> list[Section]:
    """The sections in the order of the text; no line is lost. contents: numbers and titles that entries may cite."""
    cut = _merged(_Cutter(contents).cut(lines))
    found = {one.number for one in cut}
    for number, title in contents:
        if number not in found and number not in WHOLE:
            cut = _with_inner(cut, number, title)
    return [Section(one.number, one.title, "\n".join(one.lines)) for one in cut]


def whole_text(sections: Sequence[Section], number: str) -> str:
    """The text of a section with all below it; empty when there is none. 全文 is everything."""
    if not any(one.number == number for one in sections) and number in WHOLE:
        return "\n".join(one.text for one in sections)
    return "\n".join(one.text for one in sections if one.number == number or is_below(one.number, number))


def is_below(number: str, above: str) -> bool:
    """Whether a section lies in another: 二1(3) in 二1 and in 二, 附件2 一 in 附件2; 二10 not in 二1."""
    if not number.startswith(above) or number == above:
        return False
    rest = number[len(above) :]
    return not (rest[0].isdecimal() and above[-1].isdecimal()) and not (rest[0] in NUMERALS[1:] and above[-1] != "件")


def _merged(cut: list[_Open]) -> list[_Open]:
    """A number that comes twice is one section; what it says twice is said once."""
    by_number: dict[str, _Open] = {}
    for one in cut:
        first = by_number.setdefault(one.number, one)
        if first is not one and "".join(one.lines) not in "".join(first.lines):
            first.lines += one.lines
    return list(by_number.values())


def _with_inner(cut: list[_Open], number: str, title: str) -> list[_Open]:
    """Cuts out what has a name and no number: 四 个人网上办理, a row of a table."""
    above = [one for one in cut if is_below(number, one.number)]
    if not above:
        return cut
    nearest = max(above, key=lambda one: len(one.number))
    tail = number[len(nearest.number) :].strip()
    # What was cut out before it may hold it by now.
    for host in (nearest, *(one for one in cut if is_below(one.number, nearest.number))):
        if (inner := _cut_out(host, number, title, tail)) is not None:
            where = cut.index(host) + 1
            return [*cut[:where], inner, *cut[where:]]
    return cut


def _cut_out(host: _Open, number: str, title: str, tail: str) -> _Open | None:
    group, ordinal = re.fullmatch(r"(.*?)(\d*)", tail).groups()  # type: ignore[union-attr]
    for place, line in enumerate(host.lines):
        at = _place_in(line, tail, title, group, ordinal)
        if at is None or (place == 0 and at == 0):
            continue
        if "\t" in line:
            host.lines = [one for number_of_line, one in enumerate(host.lines) if number_of_line != place]
            return _Open(number, title, [line])
        inner = _Open(number, title, [line[at:], *host.lines[place + 1 :]])
        host.lines = [one for one in (*host.lines[:place], line[:at].rstrip()) if one]
        return inner
    return None


def _place_in(line: str, tail: str, title: str, group: str, ordinal: str) -> int | None:
    if "\t" in line and loose(tail) in map(loose, line.split("\t")):
        return 0
    if ordinal and group and group in line:
        begin = line.index(group)
        found = re.search(rf"(?<!\d){ordinal}\s*[.．、)）]", line[begin:])
        return begin + found.start() if found and ordinal != "1" else (begin if found else None)
    if ordinal and (found := re.search(rf"(?<!\d){ordinal}\s*[.．、]", line)) and found.start() and group:
        return found.start()
    if tail and not ordinal and tail in line:
        return line.index(tail)
    return 0 if loose(title) and loose(line.split("\t")[0]) == loose(title) else None


def _short(title: str) -> str:
    return _TITLE_END.split(title.strip(), maxsplit=1)[0][:LONGEST_TITLE]

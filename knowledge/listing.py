"""Reads a clause as the things and the sides that it names, and parts one that does nothing but list them:
「社保卡和医保都咋办」「户口要几天在哪办」."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from knowledge.fragment import GOES_ON
from knowledge.vocabulary import Mention, Vocabulary, fold

_JOINS = re.compile(r"和|跟|与|及|、|以及|还有|同|加上")
_FILLS = re.compile(
    r"分别|各自|一般|正常|工作日|大概|大约|到底|请问|想问|问问|问一下|问下|一下|都是|最后|办理|需要|时候|具体|"
    r"[都各办做领交弄搞开去又再先最么嘛呗哈啦哦那是用些]"
)
"""Words that say nothing beside a name and a side."""
_EMPTY = frozenset("的了吗呢嘞咧喃哩呐啊吧呀我您你会不能要有没可以得还就在到")
_NEVER_PARTED = frozenset({"order", "overview", "who", "notice", "result", "progress"})
"""Sides that relate several things to each other, or whose words often stand beside another side's."""
_SUMS = frozenset({"amount", "cost"})
_ASKED = re.compile(r"[几多哪怎咋啥谁吗]|什么|啷个|收费|要钱")
"""Of several sides in a row each must be asked for: 「人在外地咋领」 and 「要带几份」 ask for one."""
_LONGEST_CONTINUING = 8
_TELLS_OF_ONESELF = re.compile(r"刚|才|已|(?:退伍|退役)$")


@dataclass(frozen=True)
class _Piece:
    """A place of a clause: a thing, a side, or a joint between two of them."""

    kind: Literal["name", "side", "joint"]
    start: int
    end: int
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Clause:
    """What a clause names. sides: ids of aspects, said outright.

    is_plain: names and sides apart it says nothing. is_named_outright: a thing is named by its name, not hinted at.
    """

    text: str
    names: frozenset[str]
    sides: frozenset[str]
    is_named_outright: bool
    is_plain: bool
    pieces: tuple[_Piece, ...] = ()

    @property
    def is_bare_name(self) -> bool:
        """Whether it is a name and nothing else."""
        return self.is_plain and bool(self.names) and not self.sides

    @property
    def is_name_alone(self) -> bool:
        """Whether it is a name to the letter: 「我身份证」 and 「刚退伍」 begin a story, 「身份证」 a list."""
        is_name = len(self.pieces) == 1 and self.is_bare_name
        is_whole = is_name and self.pieces[0].end - self.pieces[0].start == len(self.text)
        return is_whole and not _TELLS_OF_ONESELF.match(self.text)

    @property
    def is_continuing(self) -> bool:
        """Whether it is one like 「那照片呢」: another thing, the same side."""
        return self.text.endswith(GOES_ON) and bool(self.names) and len(self.text) <= _LONGEST_CONTINUING


def read(text: str, vocabulary: Vocabulary) -> Clause:
    """The clause with what it names."""
    mentions = vocabulary.find(text)
    things = [one for one in mentions if one.kind == "item"]
    things += [one for one in mentions if one.kind in ("paper", "outside") and one.is_said]
    offices = [one for one in mentions if one.kind == "department"]
    names = _merged(things or offices, "name")
    taken = {place for one in names for place in range(one.start, one.end)}
    sides = [one for one in mentions if one.kind == "aspect" and (one.is_said or one.id in _SUMS)]
    sides = [one for one in sides if not taken & set(range(one.start, one.end)) and not _is_part(one, sides)]
    cues = _merged(sides, "side")
    pieces, is_plain = _pieces(text, sorted((*names, *cues), key=lambda one: one.start))
    return Clause(
        text=text,
        names=frozenset(one for piece in names for one in piece.ids),
        sides=frozenset(one.id for one in sides),
        is_named_outright=any(one.is_said for one in things),
        is_plain=is_plain,
        pieces=tuple(pieces),
    )


@dataclass
class _Group:
    """Things with the sides asked of them, in the words of the clause."""

    names: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)


def parts_of_clause(clause: Clause, vocabulary: Vocabulary) -> list[str]:
    """The questions that a clause lists; empty when it is one question, or says anything else beside."""
    if not clause.is_plain or clause.sides & _NEVER_PARTED:
        return []
    groups = _groups(clause)
    if groups is None:
        return []
    for group in groups:
        group.names = _whole_names(group.names, vocabulary)
        group.sides = group.sides or ["呢"]
    parts = [f"{name}{side}" for group in groups for name in group.names or [""] for side in group.sides]
    return parts if len(parts) > 1 else []


def _whole_names(names: list[str], vocabulary: Vocabulary) -> list[str]:
    """Names that share the end of the last one, written out: 养老和医保转移 is 养老转移, 医保转移."""
    return [*(_with_end_of(names[-1], one, vocabulary) for one in names[:-1]), *names[-1:]]


def _with_end_of(last: str, name: str, vocabulary: Vocabulary) -> str:
    if any(one.is_said for one in vocabulary.find(name)):
        return name
    for start in range(1, len(last)):
        longer = f"{name}{last[start:]}"
        found = vocabulary.find(longer)
        if any(one.kind == "item" and one.is_said and one.start == 0 < len(name) < one.end for one in found):
            return longer
    return name


def _pieces(text: str, found: list[_Piece]) -> tuple[list[_Piece], bool]:
    """Things, sides and joints in their order, and whether nothing else is said."""
    pieces: list[_Piece] = []
    at, is_plain = 0, True
    for piece in (*found, _Piece("joint", len(text), len(text))):
        between = text[at : piece.start]
        left = _FILLS.sub("", _JOINS.sub("", fold(between)))
        is_plain = is_plain and not any(one.isalnum() and one not in _EMPTY for one in left)
        if pieces and _JOINS.search(between):
            pieces.append(_Piece("joint", at, piece.start))
        at = max(at, piece.end)
        pieces += [piece] if piece.end > piece.start else []
    return pieces, is_plain


def _merged(mentions: list[Mention], kind: Literal["name", "side"]) -> list[_Piece]:
    """One piece for each place; what overlaps is one."""
    pieces: list[_Piece] = []
    for one in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if pieces and one.start < pieces[-1].end:
            last = pieces[-1]
            pieces[-1] = _Piece(kind, last.start, max(last.end, one.end), last.ids | {one.id})
        else:
            pieces.append(_Piece(kind, one.start, one.end, frozenset({one.id})))
    return pieces


def _is_part(side: Mention, sides: list[Mention]) -> bool:
    """Whether a longer cue holds this one: 在哪 in 在哪办."""
    return any(
        one.start <= side.start and side.end <= one.end and one.end - one.start > side.end - side.start for one in sides
    )


def _groups(clause: Clause) -> list[_Group] | None:
    """Things with their sides; None when the order of the words leaves open what belongs to what."""
    groups: list[_Group] = [_Group()]
    sides: set[str] = set()
    before: _Piece | None = None
    last_kind = ""
    is_side_first = bool(clause.pieces) and clause.pieces[0].kind == "side"
    for piece in clause.pieces:
        said = clause.text[piece.start : piece.end]
        if piece.kind == "name":
            if before is not None and before.kind == "name":
                return None  # Two names side by side may be one thing in two words.
            if last_kind == "side" and groups[-1].names:
                groups.append(_Group())
                sides = set()
            groups[-1].names.append(said)
        elif piece.kind == "side":
            if is_side_first and last_kind == "name":
                return None  # 几万块补助怎么登: the first side only tells more of the thing.
            family = {"sum" if one in _SUMS else one for one in piece.ids}
            if family & sides:
                return None  # 要原件还是复印件, 要带吗要不要带: one side in two words.
            sides |= family
            groups[-1].sides.append(said)
        last_kind = last_kind if piece.kind == "joint" else piece.kind
        before = piece
    is_asked = all(_ASKED.search(side) for group in groups for side in group.sides if len(group.sides) > 1)
    goes_on = clause.text.endswith(GOES_ON) and not clause.sides
    is_whole = all(group.names and (group.sides or goes_on) for group in groups)
    return groups if is_asked and is_whole else None

"""Takes people's own numbers out of a message before anything stores, logs or forwards it.

An identity number becomes 〔身份证号1〕, a phone 〔手机号1〕 or 〔电话1〕, a bank card 〔银行卡号1〕, the number of a
service certificate 〔军官证号1〕 or 〔退役证号1〕. A slip of the pen does not let a number through: no check digit
decides whether it is masked. What only looks like one stays: dates, amounts, document and case numbers, hotlines,
a mere mention.
Numbers that the person has already blotted out with asterisks, names and addresses are not handled.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.masking.digit_groups import Gap, Group, fold, read_groups
from bot.masking.identity_number import LENGTH
from bot.masking.kinds import Kind, Reading
from bot.masking.reading import read_certificate, read_several, read_single, read_stretch, split_run
from bot.masking.surroundings import Surroundings

_FEWEST_DIGITS = 5
"""Shorter than the shortest number of a certificate, nothing is anybody's number."""
_LONGEST_NUMBER = 19
_TAKEN = "〕"
_LENGTHS_OF_SEVERAL = frozenset({10, 11, 12, 15, 16, 17, 18, 19})


@dataclass(frozen=True, slots=True)
class Found:
    """One value that was taken out of a message."""

    kind: Kind
    placeholder: str
    value: str
    """Digits only, a check character as capital X; a mobile number without the country code."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A message without people's own numbers, and what was taken out, in order of appearance."""

    text: str
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A reading of some groups, and the part of the message that it covers."""

    first: int
    last: int
    start: int
    end: int
    reading: Reading


def mask(text: str) -> Masked:
    """The message with every number of a person replaced; the same value gets the same placeholder.

    Works on any text, normalised or not; masking a masked text changes nothing. Work grows linearly with the length.
    """
    folded = fold(text)
    chosen: list[_Candidate] = []
    while new := _find(text, folded):
        chosen += new
        for one in new:
            folded = folded[: one.start] + _TAKEN * (one.end - one.start) + folded[one.end :]
    return _replace(text, sorted(chosen, key=lambda one: one.start)) if chosen else Masked(text)


def _find(text: str, folded: str) -> list[_Candidate]:
    """The numbers of one look at the message; what they leave over of a longer row is seen at the next look."""
    rows = [row for row in _rows(read_groups(folded)) if sum(len(group.digits) for group in row) >= _FEWEST_DIGITS]
    if not rows:
        return []
    around = Surroundings(text, folded)
    chosen: list[_Candidate] = []
    for row in rows:
        taken = _choose(_candidates(row, around), len(row))
        covered = {index for one in taken for index in range(one.first, one.last + 1)}
        chosen += taken + _stretches(row, around, covered)
    return chosen


def _rows(groups: list[Group]) -> Iterator[list[Group]]:
    """The groups, parted where they do not hang together at all; the check character X can only end a row."""
    row: list[Group] = []
    for group in groups:
        if row and (group.gap is Gap.BREAK or row[-1].digits == "X"):
            yield row
            row = []
        if row or group.digits != "X":
            row.append(group)
    if row:
        yield row


def _candidates(groups: list[Group], around: Surroundings) -> Iterator[_Candidate]:
    for first, group in enumerate(groups):
        if around.is_protected(group.start):
            continue
        if len(group.digits) >= _FEWEST_DIGITS:
            yield from _candidates_of_one(groups, first, around)
        loosest, size = Gap.NONE, len(group.digits)
        for last in range(first + 1, len(groups)):
            loosest, size = max(loosest, groups[last].gap), size + len(groups[last].digits)
            if loosest is Gap.BREAK or size > _LONGEST_NUMBER or around.is_protected(groups[last].start):
                break
            if size in _LENGTHS_OF_SEVERAL:
                part = groups[first : last + 1]
                reading = read_several(part, loosest, around.setting(group.start, groups[last].end))
                if reading is not None:
                    yield _candidate(groups, first, last, reading, around)


def _candidates_of_one(groups: list[Group], first: int, around: Surroundings) -> Iterator[_Candidate]:
    group = groups[first]
    last, digits = first, group.digits
    follower = groups[first + 1] if first + 1 < len(groups) else None
    if len(digits) == LENGTH - 1 and follower and follower.digits == "X" and follower.gap <= Gap.CLOSE:
        last, digits = first + 1, digits + "X"
    setting = around.setting(group.start, groups[last].end)
    reading = read_certificate(digits, setting) or read_single(digits, setting)
    if reading is not None:
        yield _candidate(groups, first, last, reading, around)
    elif len(digits) > _LONGEST_NUMBER:
        for start, end, piece in split_run(digits):
            yield _Candidate(first, first, group.places[start], group.places[end - 1] + 1, piece)


def _candidate(groups: list[Group], first: int, last: int, reading: Reading, around: Surroundings) -> _Candidate:
    country_code = reading.kind is Kind.MOBILE and first > 0 and groups[first].gap <= Gap.LOOSE
    if country_code and groups[first - 1].digits in {"86", "086", "0086"}:
        first -= 1
    start, end = around.whole_span(groups[first].start, groups[last].end)
    return _Candidate(first, last, start, end, reading)


def _choose(candidates: Iterator[_Candidate], size: int) -> list[_Candidate]:
    """The most certain candidates that do not share a group; pieces of one group stand side by side."""
    taken = [-1] * size
    chosen: list[_Candidate] = []
    for number, one in enumerate(sorted(candidates, key=_by_certainty)):
        covered = range(one.first, one.last + 1)
        if all(taken[index] < 0 for index in covered) or _is_beside(one, chosen):
            chosen.append(one)
            for index in covered:
                taken[index] = number
    return chosen


def _by_certainty(one: _Candidate) -> tuple[int, int, int]:
    return -one.reading.certainty, -len(one.reading.value), one.start


def _is_beside(one: _Candidate, chosen: list[_Candidate]) -> bool:
    return one.first == one.last and all(
        other.first == other.last and (other.end <= one.start or other.start >= one.end)
        for other in chosen
        if other.first <= one.first <= other.last
    )


def _stretches(groups: list[Group], around: Surroundings, taken: set[int]) -> list[_Candidate]:
    """What the groups are that nobody took, where they fill all the room between two breaks."""
    found = []
    stretch: list[int] = []
    for index in range(len(groups) + 1):
        ends = index == len(groups) or index in taken or around.is_protected(groups[index].start)
        if stretch and (ends or groups[index].gap > Gap.CLOSE):
            found += _read_stretch(groups, stretch, around)
            stretch = []
        if not ends:
            stretch.append(index)
    return found


def _read_stretch(groups: list[Group], stretch: list[int], around: Surroundings) -> list[_Candidate]:
    part = [groups[index] for index in stretch]
    if part[-1].digits == "X" and sum(len(group.digits) for group in part) != LENGTH:
        part, stretch = part[:-1], stretch[:-1]
    if len(part) < 2 or sum(len(group.digits) for group in part) > _LONGEST_NUMBER:
        return []
    reading = read_stretch(part, around.setting(part[0].start, part[-1].end))
    return [_candidate(groups, stretch[0], stretch[-1], reading, around)] if reading else []


def _replace(text: str, chosen: list[_Candidate]) -> Masked:
    placeholders: dict[tuple[Kind, str], str] = {}
    found: list[Found] = []
    parts: list[str] = []
    position = 0
    for one in chosen:
        kind, value = one.reading.kind, one.reading.value
        if (kind, value) not in placeholders:
            number = 1 + sum(1 for other, _ in placeholders if other is kind)
            placeholders[kind, value] = f"〔{kind.value}{number}〕"
            found.append(Found(kind, placeholders[kind, value], value))
        parts += [text[position : one.start], placeholders[kind, value]]
        position = one.end
    return Masked("".join([*parts, text[position:]]), tuple(found))

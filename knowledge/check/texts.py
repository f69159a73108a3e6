"""Texts that are empty, too long to be heard at once, missing where they will be needed, or not filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge import model
from knowledge.check.documents import texts_of
from knowledge.check.faults import Case, Fault, Faults
from knowledge.yaml_lines import Place, YamlError, line_of, read_yaml

MOST_SENTENCES = 4
PLACEHOLDER = "待填写"
"""What a new province's files have where somebody must write."""
QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》")
"""A stop inside quotation marks ends no sentence."""
SENTENCE_END = re.compile(r"[。！？；!?]+")


def bad_texts(case: Case) -> Faults:
    """Empty texts anywhere, and a `say` of more than four sentences for a veteran."""
    for path, place, thing in case.documents:
        for inner, text in texts_of(thing):
            if not text.strip():
                yield case.fault(path, (*place, *inner), f"'{inner[0]}' is empty")
        if not isinstance(thing, model.StaffNote) and (problem := too_long(getattr(thing, "say", ""))):
            yield case.fault(path, (*place, "say"), problem)


def missing_texts(case: Case) -> Faults:
    """What a result will say is there: an overview, and the words for a condition that is untrue or undecided."""
    for path, place, thing in case.documents:
        if isinstance(thing, model.Item):
            if "overview" not in thing.aspects:
                yield case.fault(path, (*place, "aspects"), "an item needs the aspect 'overview'")
            if thing.when and not thing.possible_say:
                yield case.fault(path, (*place, "when"), "an item with 'when' needs 'possible_say'")
        if isinstance(thing, model.Paper) and thing.when and not _is_worded(thing):
            yield case.fault(path, place, "a paper with 'when' needs 'possible_say', and 'unless_say' or 'open'")


def too_long(say: str) -> str | None:
    """What is wrong with a `say` that cannot be heard at once."""
    count = sentences(say)
    return (
        f"'say' has {count} sentences; at most {MOST_SENTENCES} can be heard at once"
        if count > MOST_SENTENCES
        else None
    )


def sentences(text: str) -> int:
    """How many sentences a text has."""
    return len([part for part in SENTENCE_END.split(QUOTED.sub("", text)) if part.strip()])


def unfilled(folder: Path) -> Iterator[Fault]:
    """Every place of every file that still waits for somebody to write, also where the schema fails already."""
    for path in sorted(folder.rglob("*.yaml")):
        if PLACEHOLDER.encode() not in path.read_bytes():
            continue
        try:
            content, places = read_yaml(path)
        except YamlError:
            continue
        for place, text in _waiting(content, ()):
            file = str(path.relative_to(folder.parent.parent))
            yield Fault(file, line_of(place, places), f"still to be filled in: {text}")


def _waiting(content: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _waiting(value, (*place, key))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from _waiting(value, (*place, number))
    elif isinstance(content, str) and PLACEHOLDER in content:
        yield place, content


def _is_worded(paper: model.Paper) -> bool:
    """Whether a paper with a condition has its words. One that the guide leaves open is never said to be spared."""
    return bool(paper.possible_say and (paper.unless_say or paper.open))

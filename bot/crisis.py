"""Hears without any trained model whether somebody is in danger: despair, harm to oneself or to others, violence.

Phrases (`crisis_words.yaml`) count anywhere in a message, after what only sounds like them is taken out; the weak
among them count only in a message that is not about a nuisance (「绝望了，又是系统维护」). Scenes
(`crisis_scenes.yaml`) are words of several lists near each other, in that order: where somebody stands, what he holds,
of whom he takes leave.
What is only hinted at is left to the detector of distress in Rasa's pipeline.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Literal

import yaml

from bot.clauses import clauses

Danger = Literal["own", "friend", "threat", "harmed"]
"""Who is in danger: whoever writes, somebody he writes about, those whom he threatens, or he from another's hand."""
_MARK = "|"
_GAP = 6
"""Characters that may stand between two words of a scene, unless it says otherwise."""
_WHOSE = ("told", "harmed", "threat", "friend", "own")


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists, made ready for comparing."""

    slips: tuple[tuple[str, str], ...]
    fillers: tuple[str, ...]
    harmless: tuple[str, ...]
    alarms: frozenset[str]
    longest_alarm: int
    together: tuple[tuple[str, ...], ...]
    topics: tuple[str, ...]
    heavy: tuple[str, ...]
    sayings: tuple[str, ...]
    rules: tuple[str, ...]
    nuisances: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Scenes:
    """The scenes, made ready for searching."""

    danger: re.Pattern[str]
    harmless: re.Pattern[str]
    errands: re.Pattern[str]
    told: re.Pattern[str]
    harmed: re.Pattern[str]
    threat: re.Pattern[str]
    friend: re.Pattern[str]
    own: re.Pattern[str]


def in_crisis(text: str) -> bool:
    """Tells whether the message speaks of suicide, of harm to oneself or others, or of despair.

    What is said of somebody else counts as well. Questions about rules (「自杀算不算因公牺牲」) and figures of speech
    (「热死了」) do not. Irony and what is only hinted at are not handled.
    """
    parts = clauses(text)
    return any(_despairs(mark.join(parts), _words()) for mark in (_MARK, "")) or _shows_a_scene("".join(parts))


def whose_danger(text: str) -> Danger:
    """Tells of a message in crisis who is in danger, so that the reply speaks to whoever wrote it."""
    parts, scenes = clauses(text), _scenes()
    said = "".join(parts)
    if scenes.told.search(said):
        return "friend"
    if scenes.harmed.search(said):
        return "harmed"
    if scenes.friend.match(parts[0] if parts else "") and not scenes.own.search(said):
        return "friend"
    return "threat" if scenes.threat.search(said) else "own"


def _shows_a_scene(said: str) -> bool:
    scenes = _scenes()
    if scenes.errands.search(said):
        return False
    return scenes.danger.search(scenes.harmless.sub(_MARK, said)) is not None


def _despairs(said: str, words: _Words) -> bool:
    for disguised, meant in words.slips:
        said = said.replace(disguised, meant)
    left = _without(said, words.harmless)
    if any(nuisance in left for nuisance in words.nuisances):
        left = _without(left, words.weak)
    if _alarms(left, words) or _alarms(_without(_without(left, words.fillers, ""), words.harmless), words):
        return True
    if any(rule in left for rule in words.rules):
        return False
    if any(topic in left for topic in words.topics):
        return True
    if not any(word in left for word in words.heavy):
        return False
    bare = _without(left, words.sayings)
    return any(word in bare for word in words.heavy)


def _alarms(left: str, words: _Words) -> bool:
    """Tells whether a phrase of despair is in what is left, or all the words of a row."""
    sizes = range(2, words.longest_alarm + 1)
    if any(left[at : at + size] in words.alarms for at in range(len(left)) for size in sizes):
        return True
    return any(all(word in left for word in row) for row in words.together)


def _without(said: str, phrases: tuple[str, ...], instead: str = _MARK) -> str:
    """What is left when the phrases are taken out; a mark stands in their place unless told otherwise."""
    for phrase in phrases:
        said = said.replace(phrase, instead)
    return said


@cache
def _words() -> _Words:
    crisis = _read("crisis_words.yaml")
    alarms = frozenset([*crisis["living"], *crisis["dying"], *crisis["harm"], *_combined(crisis["combined"])])
    return _Words(
        slips=tuple((disguised, meant) for disguised, meant in crisis["slips"]),
        fillers=_longest_first(crisis["fillers"]),
        harmless=_longest_first(crisis["harmless"]),
        alarms=alarms,
        longest_alarm=max(map(len, alarms)),
        together=tuple(tuple(row) for row in crisis["together"]),
        topics=tuple(crisis["words"]),
        heavy=tuple(crisis["heavy"]),
        sayings=_longest_first([*crisis["sayings"], *_combined(crisis["sayings_combined"])]),
        rules=tuple(crisis["rules"]),
        nuisances=tuple(crisis["nuisances"]),
        weak=_longest_first(crisis["weak"]),
    )


@cache
def _scenes() -> _Scenes:
    read = _read("crisis_scenes.yaml")
    lists = read["words"]
    return _Scenes(
        danger=_either(_scene(row, lists) for row in read["scenes"]),
        harmless=_either(map(re.escape, read["harmless"])),
        errands=_either(map(re.escape, read["errands"])),
        **{name: _either(_scene(row, lists) for row in read[name]) for name in _WHOSE},
    )


def _scene(row: list[str | int], lists: dict[str, list[str]]) -> str:
    """A pattern of the lists that a row names, in its order; a number is how many characters may stand between."""
    gap, pattern = _GAP, ""
    for part in row:
        if isinstance(part, int):
            gap = part
            continue
        words = "|".join(map(re.escape, sorted(lists[part], key=len, reverse=True)))
        pattern += (f".{{0,{gap}}}?" if pattern else "") + f"(?:{words})"
        gap = _GAP
    return pattern


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _read(name: str) -> dict[str, Any]:
    lists: dict[str, Any] = yaml.safe_load(files("bot").joinpath(name).read_text("utf-8"))
    return lists


def _combined(rows: list[list[list[str]]]) -> set[str]:
    """One word of each list in a row, joined, in every combination."""
    return {"".join(words) for row in rows for words in product(*row)}


def _longest_first(phrases: list[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=len, reverse=True))

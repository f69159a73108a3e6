"""Finds the words of a dictionary in a text: names and everyday names of items, papers, aspects, regions ...

The file is written by the app from its knowledge, YAML, a list of
`{entity: paper, value: household_cancellation_certificate, words: [户口注销证明, 注销证明]}`.
A word may stand in several entries; then it is found as each of them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

PLACEHOLDER = re.compile(r"〔[^〔〕]*〕")
"""What the mask leaves of a number: 〔身份证号1〕. Its words mean nothing."""
ASPECT = "aspect"


class Found(NamedTuple):
    """A word in a text: text[start:end], read as `value` of the kind `entity`."""

    start: int
    end: int
    entity: str
    value: str


class Folded(NamedTuple):
    """A text in one width and case, without blanks, and for each of its characters the place in the original."""

    text: str
    places: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original text that self.text[start:end] came from."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Brings a text into the form in which words are compared. Placeholders of the mask become blanks."""
    text = PLACEHOLDER.sub(lambda match: " " * len(match.group()), text)
    characters, places = [], []
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKC", character).lower():
            if not plain.isspace() and unicodedata.category(plain) != "Cf":
                characters.append(plain)
                places.append(place)
    return Folded("".join(characters), places)


class Dictionary:
    """The words of all entries. Longer words win over shorter ones inside them; aspects are sought by themselves,
    because they may stand inside or across other words (户口登记要多久: 多久; 在哪办身份证: 在哪办)."""

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self._things: dict[str, list[tuple[str, str]]] = {}
        self._aspects: dict[str, list[tuple[str, str]]] = {}
        for entry in entries:
            words = self._aspects if entry["entity"] == ASPECT else self._things
            for word in entry["words"]:
                readings = words.setdefault(fold(word).text, [])
                if (reading := (entry["entity"], entry["value"])) not in readings:
                    readings.append(reading)

    @classmethod
    def read(cls, path: Path) -> "Dictionary":
        """The dictionary in a file."""
        with path.open(encoding="utf-8") as file:
            return cls(yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506

    def find(self, text: str) -> list[Found]:
        """All words in the order of the text, with places in the text as given."""
        folded = fold(text)
        found = [*_find(self._things, folded), *_find(self._aspects, folded)]
        return sorted(found, key=lambda one: (one.start, -one.end))


def _find(words: dict[str, list[tuple[str, str]]], folded: Folded) -> Iterator[Found]:
    longest = max(map(len, words), default=0)
    start = 0
    while start < len(folded.text):
        for length in range(min(longest, len(folded.text) - start), 0, -1):
            if readings := words.get(folded.text[start : start + length]):
                span = folded.original(start, start + length)
                yield from (Found(*span, entity, value) for entity, value in readings)
                start += length
                break
        else:
            start += 1

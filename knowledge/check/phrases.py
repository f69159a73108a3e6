"""Faults in the assistant's own sentences: what cannot be filled in, and what the code says and the file lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from knowledge.check.faults import Faults, read_fault
from knowledge.library import Library
from knowledge.loader import Lines

PATTERNS = "patterns_"
"""Keys that begin so are no sentences but regular expressions, whose braces count."""


def unsayable_phrases(library: Library, lines: Lines, path: Path) -> Faults:
    """Sentences whose braces do not close or name nothing."""
    for key, text in library.phrases.items():
        if not key.startswith(PATTERNS) and _names(text) is None:
            where = lines.name(path, ("phrases", key))
            yield read_fault(f"{where}: the braces of '{key}' cannot be filled in; write {{name}}")


def lost_phrases(phrases: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """What running code misses in these sentences: keys that are gone, and names that it may not fill in.

    before: the sentences that it began with.
    """
    gone = [f"phrases.yaml: the phrase '{key}' is gone, and the assistant says it" for key in before.keys() - phrases]
    strange = [
        f"phrases.yaml: the phrase '{key}' names {{{name}}}, which it did not when the assistant was started"
        for key in phrases.keys() & before
        for name in (_names(phrases[key]) or set()) - (_names(before[key]) or set())
    ]
    return sorted([*gone, *strange])


def _names(text: str) -> set[str] | None:
    """The names in braces; None when the text cannot be filled in."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
    return names if all(name.isidentifier() for name in names) else None

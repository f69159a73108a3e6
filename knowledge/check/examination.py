"""Looks through a data folder with every check that there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge import model
from knowledge.check.changes import conditions_of
from knowledge.check.conditions import never_true, unknown_answers
from knowledge.check.dates import impossible_dates, overdue_guides
from knowledge.check.faults import Case, Fault, Faults, read_fault
from knowledge.check.ids import circles, dangling_ids, double_ids
from knowledge.check.national import bad_conflicts, empty_words
from knowledge.check.phrases import unsayable_phrases
from knowledge.check.questionnaires import alike, open_for_no_reason, questions_for_nothing, results_of_nothing
from knowledge.check.reports import double_codes, idle_clocks, steps_said_twice, unknown_reports
from knowledge.check.sections import idle_sections, strange_guides, unlisted_sections
from knowledge.check.texts import bad_texts, missing_texts, unfilled
from knowledge.kept_files import KeptFiles
from knowledge.library import Library, ProvinceKnowledge
from knowledge.loader import DATA, read_library
from knowledge.yaml_lines import read_yaml

CHECKS: tuple[Callable[[Case], Faults], ...] = (
    dangling_ids,
    double_ids,
    circles,
    unknown_reports,
    steps_said_twice,
    impossible_dates,
    bad_texts,
    missing_texts,
    unlisted_sections,
    idle_sections,
    strange_guides,
    unknown_answers,
    never_true,
    questions_for_nothing,
    results_of_nothing,
    open_for_no_reason,
)


@dataclass(frozen=True)
class Examined:
    """What came of it. library: None when a file could not be read; hints: what may be meant so; warnings: what may be
    published and should not stay as it is.

    combinations: how many different ways to answer each province's questionnaire has; conditions: how many conditions
    on answers its data have.
    """

    library: Library | None
    faults: tuple[Fault, ...]
    hints: tuple[Fault, ...]
    combinations: dict[str, int]
    conditions: dict[str, int]
    warnings: tuple[Fault, ...] = ()


def check(data: Path = DATA, today: date | None = None) -> list[str]:
    """All faults of a data folder, as `file:line: what is wrong`. Empty when it may be published."""
    return [str(fault) for fault in examine(data, today).faults]


def examine(
    data: Path = DATA,
    today: date | None = None,
    proofs: Path | None = None,
    kept: KeptFiles | None = None,
    sound: Library | None = None,
) -> Examined:
    """All faults and hints of a data folder, sorted by file and line.

    today: by which facts run out. proofs: the folder of the cases worked out by hand; nothing there may wait to be
    written either. kept: what earlier calls read. sound: a library in which an examination on the same day found no
    fault; a province that is as it was there is not looked at again.
    """
    library, read, lines = read_library(data, kept)
    waiting = [fault for folder in (data, proofs) if folder for fault in unfilled(folder)]
    faults = [*map(read_fault, read), *waiting]
    if library is None:
        return Examined(None, _sorted(faults), (), {}, {})
    conflicts = _conflicts(data)
    elsewhere = frozenset(one.id for one in conflicts)
    looked_at = [one for one in library.provinces.values() if not (sound and _is_as_it_was(one, library, sound))]
    cases = [Case(one, library, lines, today or date.today(), elsewhere) for one in looked_at]
    faults += [*empty_words(library, lines, data / "national")]
    faults += [*double_codes(library, lines, data / "national")]
    faults += [*unsayable_phrases(library, lines, data / "national" / "phrases.yaml")]
    faults += [*bad_conflicts(conflicts, library, lines, data / "national")]
    faults += [fault for case in cases for look in CHECKS for fault in look(case)]
    hints = [hint for case in cases for hint in (*alike(case), *idle_clocks(case))]
    ways = {case.province.id: case.ways.count() for case in cases}
    conditions = {case.province.id: len(conditions_of(case.province)) for case in cases}
    warnings = [warning for case in cases for warning in overdue_guides(case)]
    return Examined(library, _sorted(faults), _sorted(hints), ways, conditions, _sorted(warnings))


def _is_as_it_was(province: ProvinceKnowledge, library: Library, sound: Library) -> bool:
    """Whether neither the province nor anything beside it that its checks look at has changed."""
    return (
        sound.provinces.get(province.id) == province
        and sound.catalogue == library.catalogue
        and sound.regions is library.regions
        and _heads(sound) == _heads(library)
    )


def _heads(library: Library) -> list[tuple[object, ...]]:
    """What provinces look at in each other."""
    return [
        (one.id, one.head, one.sections, [city.guide for city in one.cities.values()])
        for one in library.provinces.values()
    ]


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(set(faults)))


def _conflicts(data: Path) -> tuple[model.Conflict, ...]:
    """What provinces disagree on, as it stands in its file."""
    path = data / "national" / "conflicts.yaml"
    if not path.exists():
        return ()
    content, _ = read_yaml(path)
    return model.Conflicts.model_validate(content).conflicts

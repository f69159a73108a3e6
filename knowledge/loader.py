"""Reads `data/` into a Library. All faults of all files are found in one go, each with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from yaml import YAMLError

from knowledge import model
from knowledge.calendar import Calendar, CalendarError
from knowledge.conflicts import faults_of, with_conflicts
from knowledge.kept_files import KeptFiles, data_files
from knowledge.library import Library, ProvinceKnowledge
from knowledge.regions import Regions
from knowledge.yaml_lines import Place, YamlError, line_of

DATA = Path(__file__).parent / "data"
Shape = TypeVar("Shape", bound=BaseModel)


class KnowledgeError(Exception):
    """The data cannot be used. `faults` lists every fault as `file:line: what is wrong`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Lines:
    """Where each value of each file stands, for faults that are found later."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lines: dict[Path, dict[Place, int]] = {}

    def add(self, path: Path, lines: dict[Place, int]) -> None:
        """Remember the lines of one file."""
        self._lines[path] = lines

    def name(self, path: Path, place: Place = ()) -> str:
        """`file:line` of a place, the file relative to the folder above the data."""
        shown = path.relative_to(self._data.parent.parent) if path.is_relative_to(self._data.parent.parent) else path
        return f"{shown}:{line_of(place, self._lines.get(path, {}))}"


def load_library(data: Path = DATA) -> Library:
    """The whole knowledge, typed and resolved.

    Raises KnowledgeError with all faults at once.
    """
    library, faults, _ = read_library(data)
    if faults or library is None:
        raise KnowledgeError(faults)
    return library


def read_library(data: Path, kept: KeptFiles | None = None) -> tuple[Library | None, list[str], Lines]:
    """As `load_library`, but hands back the faults; the library is None when a file could not be read at all.

    kept: what earlier calls read, so that only files which changed are read anew.
    """
    faults: list[str] = []
    lines = Lines(data)
    kept = kept or KeptFiles()

    def read(path: Path, shape: type[Shape], context: Context | None = None) -> Shape | None:
        try:
            content, places = kept.read(path)
        except YamlError as error:
            lines.add(path, {(): error.line})
            faults.append(f"{lines.name(path)}: {error.problem}")
            return None
        lines.add(path, places)
        given = context(content) if callable(context) else context
        known: Shape | None = kept.built((path,), shape.__name__, given)
        if known is not None:
            return known
        try:
            built = shape.model_validate(content, context=given)
        except ValidationError as error:
            faults.extend(_describe(error, path, lines))
            return None
        kept.keep((path,), shape.__name__, built, given)
        return built

    catalogue = _read_catalogue(data / "national", read, faults)
    phrases = read(data / "national" / "phrases.yaml", model.Phrases)
    folders = sorted(path for path in (data / "provinces").iterdir() if path.is_dir() and path.name[0] != ".")
    provinces = [_read_province(folder, read) for folder in folders]
    for folder, province in zip(folders, provinces, strict=True):
        faults += _misnamed(folder, province, lines) if province else ()
    whole = {province.id: province for province in provinces if province is not None}
    unread = {folder.name for folder in folders} - set(whole)
    conflicts = _read_conflicts(data / "national" / "conflicts.yaml", read, whole, unread, lines, faults)
    calendar = _read_calendar(data / "national" / "calendar.csv", lines, faults)
    regions = _read_regions(data / "national", kept, lines, faults)
    if faults or catalogue is None or phrases is None or calendar is None or regions is None:
        return None, faults, lines
    whole = {name: with_conflicts(province, conflicts, whole) for name, province in whole.items()}
    return Library(catalogue, phrases.phrases, whole, regions, calendar, release_of(data)), faults, lines


def release_of(data: Path) -> str:
    """A name for exactly this content: the first twelve digits of a hash over all files."""
    digest = hashlib.sha256()
    for path in data_files(data):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(data)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


Read = Callable[..., Any]
Context = dict[str, Any] | Callable[[Any], dict[str, Any]]
"""What the facts of a file take over, or how to find it in the file itself."""


def _read_catalogue(folder: Path, read: Read, faults: list[str]) -> model.Catalogue | None:
    shapes = {
        "items": model.CatalogueEntry,
        "papers": model.CatalogueEntry,
        "aspects": model.AspectEntry,
        "departments": model.CatalogueEntry,
        "terms": model.Term,
        "outside": model.Outside,
        "statuses": model.Status,
    }
    parts = {}
    for name, shape in shapes.items():
        entries = read(folder / f"{name}.yaml", model.Entries[shape])  # type: ignore[valid-type]
        if entries is not None:
            parts[name] = entries.entries
    return None if faults else model.Catalogue(**parts)


def _read_conflicts(
    path: Path,
    read: Read,
    provinces: Mapping[str, ProvinceKnowledge],
    unread: set[str],
    lines: Lines,
    faults: list[str],
) -> tuple[model.Conflict, ...]:
    """The conflicts between provinces; there need be none."""
    found: model.Conflicts | None = read(path, model.Conflicts) if path.exists() else None
    conflicts = found.conflicts if found else ()
    for number, conflict in enumerate(conflicts):
        place = lines.name(path, ("conflicts", number))
        faults += [f"{place}: {fault}" for fault in faults_of(conflict, provinces, unread)]
    return conflicts


def _read_calendar(path: Path, lines: Lines, faults: list[str]) -> Calendar | None:
    try:
        return Calendar.load(path)
    except CalendarError as error:
        lines.add(path, {(fault.line,): fault.line for fault in error.faults})
        faults += [f"{lines.name(path, (fault.line,))}: {fault.problem}" for fault in error.faults]
        return None


def _read_regions(folder: Path, kept: KeptFiles, lines: Lines, faults: list[str]) -> Regions | None:
    """The places; read anew only when a file of theirs changed, because the tree of the country is long."""
    paths = (folder / "regions.csv", folder / "region_aliases.yaml")
    known: Regions | None = kept.built(paths, Regions.__name__)
    if known is None:
        try:
            known = Regions.load(*paths)
        except (OSError, LookupError, ValueError, TypeError, YAMLError) as error:
            faults.append(f"{lines.name(paths[1])}: the places cannot be read: {error}")
            return None
        kept.keep(paths, Regions.__name__, known)
    return known


def _read_province(folder: Path, read: Read) -> ProvinceKnowledge | None:
    head: model.Province | None = read(folder / "province.yaml", model.Province, _own_context)
    if head is None:
        return None
    context = _context(head.guides)

    def part(name: str, shape: type[Shape], required: bool = False) -> Shape | None:
        path = folder / f"{name}.yaml"
        return read(path, shape, context) if required or path.exists() else None

    items = [read(path, model.Item, context) for path in sorted((folder / "items").glob("*.yaml"))]
    papers = part("papers", model.Papers, required=True)
    questionnaire = part("questionnaire", model.Questionnaire, required=True)
    topics, gaps = part("topics", model.Topics), part("gaps", model.Gaps)
    notices, portals = part("notices", model.Notices), part("portals", model.Portals)
    form = part("form", model.Form)
    staff, sections = part("staff", model.StaffNotes), part("sections", model.Sections)
    layers = [_read_city(path, head, read) for path in sorted((folder / "cities").glob("*.yaml"))]
    cities = [city for city in layers if city is not None]
    if papers is None or questionnaire is None or None in items or len(cities) < len(layers):
        return None
    return ProvinceKnowledge(
        head=head,
        folder=folder,
        items={item.id: item for item in sorted(items, key=lambda item: (item.number or 99, item.id))},
        papers={paper.id: paper for paper in papers.papers},
        not_needed=papers.not_needed,
        questionnaire=questionnaire,
        topics={topic.id: topic for topic in topics.topics} if topics else {},
        gaps={gap.id: gap for gap in gaps.gaps} if gaps else {},
        notices=notices.notices if notices else (),
        portals=portals.portals if portals else (),
        form=form,
        staff=staff.notes if staff else (),
        sections={one.guide: one.sections for one in sections.guides} if sections else {},
        cities={city.region: city for city in cities},
    )


def _read_city(path: Path, province: model.Province, read: Read) -> model.City | None:
    """A city's layer. Its facts may cite its own document, which is the main one there, and the province's guides."""
    known = _context(province.guides)

    def context(content: Any) -> dict[str, Any]:
        own = _own_context({"guides": [content.get("guide")]} if isinstance(content, dict) else None)
        return {"guides": [*own["guides"], *known["guides"]], "dates": own["dates"]}

    city: model.City | None = read(path, model.City, context)
    return city


def _own_context(content: Any) -> dict[str, Any]:
    """The context of a file that holds its guides itself; what is no guide is left to the file's own check."""
    found: list[model.Guide] = []
    for guide in content.get("guides") or () if isinstance(content, dict) else ():
        with suppress(ValidationError):
            found.append(model.Guide.model_validate(guide))
    return _context(tuple(found)) if found else {"guides": [], "dates": {}}


def _context(guides: tuple[model.Guide, ...]) -> dict[str, Any]:
    """What the facts of a folder take from its guides: which there are, and the dates of the main one, the first."""
    main = guides[0]
    begin = main.valid_from or main.facts_from
    dates = {"checked_on": main.checked_on} | ({"from": begin} if begin else {})
    return {"guides": [guide.id for guide in guides], "dates": dates}


def _misnamed(folder: Path, province: ProvinceKnowledge, lines: Lines) -> Iterator[str]:
    """A folder and an item's file bear the id that stands in them, so that one search finds both."""
    if province.id != folder.name:
        yield f"{lines.name(folder / 'province.yaml', ('id',))}: the id '{province.id}' is not the folder's name"
    files = {path.stem for path in (folder / "items").glob("*.yaml")}
    for name in sorted(files - set(province.items)):
        yield f"{lines.name(folder / 'items' / f'{name}.yaml', ('id',))}: the id is not the file's name"


def _describe(error: ValidationError, path: Path, lines: Lines) -> list[str]:
    """One line a fault. A missing key is shown at the mapping that lacks it."""
    faults = []
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        place = tuple(fault["loc"])
        name = ".".join(str(part) for part in place)
        faults.append(f"{lines.name(path, place)}: {name}: {fault['msg']}")
    return faults

"""Lays out the files of a new province, with an explanation at every field, for an office that fills them in.

What is to be written is marked with the placeholder that the check finds; until it is gone the province cannot be used.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from string import Template

from knowledge.check.texts import PLACEHOLDER
from knowledge.regions import Regions
from knowledge.yaml_lines import YamlError, read_yaml

TEMPLATES = Path(__file__).parent / "templates"
PROVINCE_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
REGION_CODE = re.compile(r"\d{6}", re.ASCII)


class CannotCreate(Exception):
    """Why a province cannot be laid out; nothing was written."""


def create_province(
    data: Path, cases: Path, province_id: str, region: str, title: str = "", today: date | None = None
) -> list[Path]:
    """Write `data/provinces/<id>/` and `cases/provinces/<id>/`; the files that were written, in order.

    title: of the main guide, where it is known already. today: the day on which the guide is first looked at.
    Raises CannotCreate when the id or region is malformed, unknown or taken; then, and when the disk fails, nothing
    is left half-written.
    """
    folders = {"province": data / "provinces" / province_id, "cases": cases / "provinces" / province_id}
    _check_id(province_id, folders.values())
    _check_region(region, data)
    words = {
        "id": province_id,
        "guide": f"{province_id.replace('_', '-')}-guide",
        "region": region,
        "title": json.dumps(title or f"{PLACEHOLDER}：指南的全称", ensure_ascii=False),
        "today": str(today or date.today()),
    }
    _write(folders, words)
    return [path for folder in folders.values() for path in sorted(folder.rglob("*.yaml"))]


def _check_id(province_id: str, folders: Iterable[Path]) -> None:
    if not PROVINCE_ID.fullmatch(province_id):
        raise CannotCreate(f"'{province_id}' is no id: lower-case letters, digits and underscores, such as 'hunan'")
    for folder in folders:
        if folder.exists():
            raise CannotCreate(f"'{province_id}' is taken: {folder} exists")


def _check_region(code: str, data: Path) -> None:
    if not REGION_CODE.fullmatch(code):
        raise CannotCreate(f"'{code}' is no region: six digits, such as 430000")
    regions = Regions.load(data / "national" / "regions.csv", data / "national" / "region_aliases.yaml")
    region = regions.by_code(code)
    if region is None or region.code != code:
        raise CannotCreate(f"'{code}' is the code of no region in regions.csv")
    if region.level != "province":
        raise CannotCreate(f"'{code}' is {region.name}, which is no province")
    owner = _owners(data).get(code)
    if owner:
        raise CannotCreate(f"'{code}' ({region.name}) is taken by the province '{owner}'")


def _owners(data: Path) -> dict[str, str]:
    """The provinces that there are by region, also those whose files have faults elsewhere."""
    found = {}
    for path in sorted((data / "provinces").glob("*/province.yaml")):
        try:
            content, _ = read_yaml(path)
        except YamlError as error:
            raise CannotCreate(f"{error}; mend this first, because its region may be the same") from error
        if isinstance(content, dict):
            found[str(content.get("region"))] = path.parent.name
    return found


def _write(folders: Mapping[str, Path], words: Mapping[str, str]) -> None:
    """Everything is written beside its place and moved there as a whole; a failure takes back what was moved."""
    moved: list[Path] = []
    made: list[Path] = []
    try:
        for name, folder in folders.items():
            folder.parent.mkdir(parents=True, exist_ok=True)
            made.append(Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent.parent)))
            _fill(TEMPLATES / name, made[-1] / folder.name, words)
        for source, folder in zip(made, folders.values(), strict=True):
            (source / folder.name).rename(folder)
            moved.append(folder)
    except OSError:
        for folder in moved:
            shutil.rmtree(folder)
        raise
    finally:
        for source in made:
            shutil.rmtree(source, ignore_errors=True)


def _fill(templates: Path, folder: Path, words: Mapping[str, str]) -> None:
    for template in sorted(templates.rglob("*.yaml")):
        path = folder / template.relative_to(templates)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(template.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")

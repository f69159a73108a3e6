"""README names what there is to know: every package, setting and command, and no command that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from api.cli import command_line
from api.settings import Settings

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
RULE = re.compile(r"^([a-z][a-z_-]*):(?!=)(.*)$", re.MULTILINE)
"""A target of the Makefile and what it needs first; an assignment has := instead."""
IN_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def readme() -> str:
    path = ROOT / "README.md"
    assert path.exists(), "README.md is not written yet"
    return path.read_text(encoding="utf-8")


def targets() -> list[str]:
    """The targets for people: those that no other target needs first."""
    rules = RULE.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    return sorted({target for target, _ in rules} - {one for _, needed in rules for one in needed.split()})


def commands() -> set[str]:
    """The commands of `tuiyi` with their groups, such as `knowledge check`."""
    whole = get_command(command_line([]))
    named = getattr(whole, "commands", {})
    inner = {f"{name} {one}" for name, group in named.items() for one in getattr(group, "commands", {})}
    return {*named, *inner}


def run_by_make() -> set[str]:
    """The commands that a target of the Makefile runs, so that people need not."""
    return set(re.findall(r"\$\(TUIYI\) (\w+)", (ROOT / "Makefile").read_text(encoding="utf-8")))


def named_after(program: str) -> set[str]:
    """The words that follow a program in the code of README."""
    code = "\n".join(IN_CODE.findall(readme()))
    return set(re.findall(rf"(?:^|[\s`/]){program} ([a-z][a-z_-]*(?: [a-z][a-z_-]*)?)", code, re.MULTILINE))


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_every_folder_is_explained(package: str) -> None:
    assert f"`{package}" in readme(), f"README does not explain the folder `{package}/`"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained(name: str) -> None:
    assert f"`TUIYI_{name.upper()}`" in readme(), f"README does not explain the setting TUIYI_{name.upper()}"


@pytest.mark.parametrize("target", targets())
def test_every_make_target_is_named(target: str) -> None:
    assert f"make {target}" in readme(), f"README does not name `make {target}`"


def test_every_make_target_in_readme_exists() -> None:
    unknown = {words.split()[0] for words in named_after("make")} - set(targets())

    assert unknown == set(), "README names make targets that the Makefile does not have"


def test_every_command_of_tuiyi_in_readme_exists() -> None:
    known = commands()
    unknown = {words for words in named_after("tuiyi") if words not in known and words.split()[0] not in known}

    assert unknown == set(), f"README names commands that tuiyi does not have; it has {sorted(known)}"


@pytest.mark.parametrize("name", sorted(commands() - run_by_make()))
def test_every_command_of_tuiyi_is_named(name: str) -> None:
    group, _, inner = name.partition(" ")
    lines = [one for one in readme().splitlines() if f"tuiyi {group}" in one]

    assert any(re.search(rf"\b{inner}\b", one) for one in lines), f"README does not name `tuiyi {name}`"


def test_every_setting_in_readme_exists() -> None:
    known = {f"TUIYI_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"TUIYI_[A-Z_]+[A-Z]", readme())) - known == set(), "README names settings that do not exist"


def test_every_file_in_readme_exists() -> None:
    named = set(re.findall(r"`((?:bot|nlu|actions|knowledge|api|tests)/[\w/.-]*\w)`", readme()))

    assert {path for path in named if not (ROOT / path).exists()} == set(), "README names files that do not exist"

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from knowledge.check import examine
from tests.knowledge.check.toy import written

LINE = CliRunner()


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and all that was printed."""
    result = LINE.invoke(command_line([]), ["knowledge", *arguments])
    return result.exit_code, result.output


def test_check_counts_what_there_is_and_says_how_long_it_took() -> None:
    code, said = run("check")

    assert code == 0, said
    assert "combinations" in said
    assert "henan-2024: " in said
    assert " s of the processor).\nRelease " in said


def test_check_warns_of_guides_that_nobody_looked_at_again_and_passes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aged = partial(examine, written(tmp_path), date(2026, 1, 1))
    monkeypatch.setattr("api.commands.knowledge.examine", lambda **_: aged())

    code, said = run("check")

    assert code == 0
    assert "warning: " in said
    assert "'toy-guide' was last checked on 2024-02-01 and was to be checked again by 2025-02-01" in said
    assert "No faults, 2 warnings" in said


def test_hints_are_shown_when_asked_for() -> None:
    assert "hint: " not in run("check")[1]
    assert "hint: " in run("check", "--hints")[1]


def test_coverage_lists_the_facts_of_each_section_of_one_guide() -> None:
    code, said = run("coverage", "--guide", "henan-2024")

    assert code == 0
    assert "henan.item.household_registration" in next(one for one in said.splitlines() if one.startswith("四(三)5 "))
    assert "hainan" not in said


def test_an_unknown_guide_is_answered_with_those_there_are() -> None:
    code, said = run("coverage", "--guide", "henan")

    assert code == 1
    assert "no sections of 'henan'; there are " in said


@pytest.mark.parametrize("fact", ["henan.paper.photo", "hainan.item.subsidy"])
def test_show_prints_a_fact_with_its_source(fact: str) -> None:
    code, said = run("show", fact)

    assert code == 0
    assert '"source"' in said

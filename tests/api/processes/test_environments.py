"""Set-up before anything is installed."""

from pathlib import Path

import pytest

from api.processes.environments import (
    PYTHON_FOR_RASA_MISSING,
    STAMP,
    SetUpFailed,
    find_python_for_rasa,
    is_current,
    pinned,
    stamp_of,
)
from api.settings import ROOT

LOCKS = [ROOT / "requirements.lock", ROOT / "bot" / "rasa" / "requirements.lock"]


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_missing_python_for_rasa_is_said_in_one_line(tmp_path: Path) -> None:
    uv = program(tmp_path / "uv", "echo 'No interpreter found for Python 3.10' >&2; exit 2")

    with pytest.raises(SetUpFailed) as error:
        find_python_for_rasa(uv, tmp_path)

    assert str(error.value) == PYTHON_FOR_RASA_MISSING
    assert "\n" not in PYTHON_FOR_RASA_MISSING


def test_python_for_rasa_is_what_uv_finds(tmp_path: Path) -> None:
    uv = program(tmp_path / "uv", "echo /opt/python3.10")

    assert find_python_for_rasa(uv, tmp_path) == "/opt/python3.10"


def test_complete_environment_is_left_alone(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python", "exit 0")
    (tmp_path / STAMP).write_text("stamp")

    assert is_current(tmp_path, "stamp")


@pytest.mark.parametrize(("stamp", "script"), [("other", "exit 0"), ("stamp", "exit 1")])
def test_outdated_or_broken_environment_is_made_again(stamp: str, script: str, tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python", script)
    (tmp_path / STAMP).write_text("stamp")

    assert not is_current(tmp_path, stamp)


def test_half_made_environment_is_made_again(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python", "exit 0")

    assert not is_current(tmp_path, "stamp")


def test_moved_checkout_needs_new_environments(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("a==1")

    assert stamp_of(Path("/one/.venv"), lock) != stamp_of(Path("/two/.venv"), lock)


def test_uv_is_pinned_with_its_hashes() -> None:
    lines = pinned(LOCKS[0], "uv").splitlines()

    assert lines[0].startswith("uv==")
    assert len(lines) > 1
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])


@pytest.mark.parametrize("lock", LOCKS, ids=["app", "rasa"])
def test_lock_names_no_index_and_pins_by_hash(lock: Path) -> None:
    content = lock.read_text()

    assert "://" not in content
    assert "--index" not in content
    assert content.count("==") <= content.count("--hash=sha256:")

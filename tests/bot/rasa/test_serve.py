"""How the Rasa process starts, fails and ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.processes.addresses import free_port
from api.settings import ROOT
from api.training import RASA_PYTHON
from tests.bot.rasa.conftest import environment, start

pytestmark = pytest.mark.processes


def test_missing_settings_are_named() -> None:
    done = subprocess.run(
        [str(RASA_PYTHON), "-m", "bot.rasa.serve"], cwd=ROOT, env={}, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "TUIYI_RASA_PORT" in done.stderr


def test_model_that_cannot_be_loaded_ends_the_process(tmp_path: Path) -> None:
    process = start(
        environment(tmp_path / "none.tar.gz", tmp_path, free_port(), "http://127.0.0.1:9/"), tmp_path / "log"
    )

    assert process.wait(60) == 1
    assert "cannot be loaded" in (tmp_path / "log").read_text()


def test_rasa_dies_with_its_parent(tmp_path: Path) -> None:
    settings = environment(tmp_path / "none.tar.gz", tmp_path, free_port(), "http://127.0.0.1:9/")
    wait_for_ever = (
        "from bot.rasa.serve import die_with_parent; import sys, time; die_with_parent(); print('ready', flush=True); "
        "time.sleep(600)"
    )
    parent_code = (
        "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', sys.argv[1]]); "
        "print(child.pid, flush=True); child.wait()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", parent_code, wait_for_ever],
        cwd=ROOT,
        env=settings | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert parent.stdout.readline() == "ready\n"

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert is_gone_within(child, seconds=5)


def is_gone_within(pid: int, seconds: float) -> bool:
    """Whether a process ends in that time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        os.sched_yield()
    return False

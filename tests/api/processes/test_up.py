"""`tuiyi up` as a person runs it: real processes, real signals."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from api.processes.lock import read_holder
from api.settings import Settings
from tests.conftest import isolated_settings

TUIYI = str(Path(sys.executable).parent / "tuiyi")
START_SECONDS = 90.0

pytestmark = pytest.mark.processes


def environment(settings: Settings, **changes: str) -> dict[str, str]:
    return {**os.environ, **settings.environment(), **changes}


def start(settings: Settings) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [TUIYI, "up"], env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def output_until_ready(parent: subprocess.Popen[str]) -> str:
    """What the parent printed up to its line 'Ready', or to its end."""
    assert parent.stdout is not None
    lines = []
    for line in parent.stdout:
        lines.append(line)
        if line.startswith("Ready"):
            break
    return "".join(lines)


def refusal(settings: Settings, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TUIYI, "up"], env=environment(settings, **changes), capture_output=True, text=True, timeout=15, check=False
    )


def those_left(processes: list[psutil.Process], seconds: float = 8.0) -> list[psutil.Process]:
    """Who of them still runs after the time that PostgreSQL has for an orderly end."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (left := [one for one in processes if runs(one)]):
        psutil.wait_procs(left, timeout=0.05)
    return [one for one in processes if runs(one)]


def runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def connections_of(process: psutil.Process) -> list[Any]:
    """Of one that has ended since, such as a passing worker of PostgreSQL, none."""
    try:
        return list(process.net_connections("tcp"))
    except psutil.NoSuchProcess:
        return []


class Running:
    """A parent that serves, started once for the tests of this file that only look."""

    def __init__(self, folder: Path) -> None:
        self.settings = isolated_settings(folder)
        self.parent = start(self.settings)
        self.printed = output_until_ready(self.parent)
        self.family = psutil.Process(self.parent.pid).children(recursive=True)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    one = Running(tmp_path_factory.mktemp("a checkout with blanks") / "var")
    yield one
    one.parent.kill()
    one.parent.wait()
    those_left(one.family)


def test_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    settings = isolated_settings(tmp_path / "var")
    with socket.create_server(("127.0.0.1", 0)) as other:
        refused = refusal(settings, TUIYI_PORT=str(other.getsockname()[1]))

    assert refused.returncode == 1
    assert refused.stderr.startswith("tuiyi: Cannot listen on 127.0.0.1 port ")
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "var" / "postgres").exists()


def test_unreachable_database_is_said_in_one_line_without_its_password(tmp_path: Path) -> None:
    began = time.monotonic()

    refused = refusal(isolated_settings(tmp_path / "var"), TUIYI_DATABASE_URL="postgresql://u:pass-word@127.0.0.1:1/d")

    assert refused.returncode == 1
    assert refused.stderr.startswith("tuiyi: Database 127.0.0.1:1/d cannot be reached: ")
    assert refused.stderr.count("\n") == 1
    assert "pass-word" not in refused.stdout + refused.stderr
    assert time.monotonic() - began < 6


def test_bad_setting_is_said_in_one_line(tmp_path: Path) -> None:
    refused = refusal(isolated_settings(tmp_path / "var"), TUIYI_WORKERS="many")

    assert refused.returncode == 1
    assert refused.stderr.startswith("tuiyi: TUIYI_WORKERS: ")
    assert refused.stderr.count("\n") == 1


def test_ready_parent_prints_where_everything_is(running: Running) -> None:
    address = read_holder(running.settings.var_dir)["base_url"]

    assert f"{address}/channels/hotline/messages" in running.printed
    assert str(running.settings.var_dir / "secrets.env") in running.printed


def test_no_secret_is_printed_or_readable_by_others(running: Running) -> None:
    file = running.settings.var_dir / "secrets.env"
    kept = [line.partition("=")[2] for line in file.read_text().splitlines()]

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [secret for secret in kept if secret in running.printed] == []


def test_rasa_listens_on_loopback_only(running: Running) -> None:
    listening = {
        connection.laddr.ip
        for process in running.family
        for connection in connections_of(process)
        if connection.status == psutil.CONN_LISTEN
    }

    assert listening == {"127.0.0.1"}


def test_second_parent_is_refused(running: Running) -> None:
    refused = refusal(running.settings)

    assert refused.returncode == 1
    assert f"Already running from this folder (process {running.parent.pid})" in refused.stderr


def test_killed_parent_leaves_nothing_and_the_next_one_starts_and_stops(running: Running) -> None:
    running.parent.kill()
    running.parent.wait()
    following = start(running.settings)
    printed = output_until_ready(following)
    family = psutil.Process(following.pid).children(recursive=True)

    assert those_left(running.family) == []
    assert "Ready" in printed

    following.send_signal(signal.SIGTERM)

    assert following.wait(timeout=20) == 0
    assert those_left(family) == []

"""Children that die, and children that never come up."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.processes.failure import CannotStart
from api.processes.supervisor import Child, Supervisor

pytestmark = pytest.mark.processes


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    one = Supervisor()
    one.start()
    yield one
    one.end()


def child(folder: Path, program: str) -> Child:
    return Child("part", [sys.executable, "-c", program], folder / "part.log", {}, folder)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_dead_child_is_started_again(supervisor: Supervisor, tmp_path: Path) -> None:
    part = child(tmp_path, "import time; time.sleep(60)")
    supervisor.restarts = True
    supervisor.add(part)
    wait_for(part.is_running)
    assert part.process is not None
    first = part.process

    first.send_signal(signal.SIGKILL)

    wait_for(lambda: part.process is not first and part.is_running())


def test_child_that_cannot_come_up_is_named_with_its_last_words(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(child(tmp_path, "raise SystemExit('no such model')"))

    wait_for(lambda: supervisor.failed is not None)

    with pytest.raises(CannotStart, match=r"(?s)Process 'part' cannot start: .*no such model"):
        supervisor.check()


def test_end_stops_a_child_that_does_not_listen(supervisor: Supervisor, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    part = child(
        tmp_path,
        "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(ready)!r}).touch(); time.sleep(60)",
    )
    part.stop_seconds = 0.2
    supervisor.add(part)
    wait_for(ready.exists)

    supervisor.end()

    assert not part.is_running()

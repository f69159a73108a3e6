"""Starts child processes, starts them again when they die, and stops them in order."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from api.processes import child
from api.processes.failure import CannotStart, last_lines

FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 10.0
# A child that lived this long is healthy: its next death counts as the first.
HEALTHY_AFTER_SECONDS = 30.0
WATCH_INTERVAL_SECONDS = 0.05

log = structlog.get_logger()


@dataclass(frozen=True)
class User:
    """Whom a child runs as, and what it must be able to reach as that user."""

    uid: int
    gid: int
    reach: tuple[Path, ...]


@dataclass
class Child:
    """One process to keep running."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str]
    folder: Path
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    stop_seconds: float = 5.0
    descriptors: tuple[int, ...] = ()
    user: User | None = None
    before_start: Callable[[], None] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    deaths: int = field(default=0, init=False)
    due: float = field(default=0.0, init=False)
    started: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Starts the process in a session of its own, so that Ctrl-C reaches the parent alone."""
        if self.before_start:
            self.before_start()
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self.process = subprocess.Popen(
                tied_to_this_process(self.command, self.death_signal, self.user),
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=dict(self.environment),
                pass_fds=self.descriptors,
                start_new_session=True,
            )
        finally:
            os.close(descriptor)
        self.started = time.monotonic()

    def is_running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Tells the process to end in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def see_stopped(self) -> None:
        """Waits for the end that was asked for, and forces it when it does not come in time."""
        if self.process is None:
            return
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def tied_to_this_process(command: list[str], death_signal: signal.Signals, user: User | None = None) -> list[str]:
    """The command line that runs a command so that it gets the signal when this process ends, even by kill -9.

    Linux ties it to the thread that starts it: start it from a thread that lives as long as the process is needed.
    """
    wrapper = [sys.executable, "-I", "-S", child.__file__, "--parent", str(os.getpid())]
    wrapper += ["--death-signal", str(int(death_signal))]
    if user:
        wrapper += ["--uid", str(user.uid), "--gid", str(user.gid)]
        for path in user.reach:
            wrapper += ["--reach", str(path)]
    return [*wrapper, "--", *command]


class Supervisor(threading.Thread):
    """The thread that starts and watches all children; they live no longer than it does."""

    def __init__(self) -> None:
        super().__init__(name="supervisor", daemon=True)
        self._lock = threading.Lock()
        self._children: list[Child] = []
        self._ending = threading.Event()
        self._wake = threading.Event()
        self.restarts = False
        """Whether a dead child is started again; until everything is up, a death is a failure instead."""
        self.failed: Child | None = None
        self.fault: Exception | None = None

    def add(self, new: Child) -> None:
        """Starts a child soon and keeps it running."""
        new.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if new.log.exists():
            new.log.replace(new.log.with_suffix(".log.1"))
        with self._lock:
            self._children.append(new)
        self._wake.set()

    def __getitem__(self, name: str) -> Child:
        """The child of that name; KeyError when there is none."""
        with self._lock:
            found = [one for one in self._children if one.name == name]
        if not found:
            raise KeyError(name)
        return found[0]

    def check(self) -> None:
        """Raises CannotStart when a child has died before everything was up."""
        if self.failed is None:
            return
        reason = str(self.fault or f"it ended; its log is {self.failed.log}:{last_lines(self.failed.log)}")
        raise CannotStart(f"Process '{self.failed.name}' cannot start: {reason}")

    def run(self) -> None:
        """Watches until told to end, then stops the children: the first, on which the others lean, after them."""
        while not self._ending.is_set():
            with self._lock:
                children = list(self._children)
            for one in children:
                self._tend(one)
            self._wake.wait(WATCH_INTERVAL_SECONDS)
            self._wake.clear()
        for group in (self._children[1:], self._children[:1]):
            for one in group:
                one.ask_to_stop()
            for one in group:
                one.see_stopped()

    def _tend(self, one: Child) -> None:
        now = time.monotonic()
        if one.is_running() or one is self.failed:
            return
        if one.process is not None and not one.due:
            self._note_death(one, one.process.returncode, now)
        elif now >= one.due:
            one.due = 0.0
            try:
                one.start()
            except (OSError, CannotStart) as error:
                log.error("process cannot be started", process=one.name, reason=str(error))
                if self.restarts:
                    one.due = now + LONGEST_DELAY_SECONDS
                else:
                    self.failed, self.fault = one, error

    def _note_death(self, one: Child, status: int, now: float) -> None:
        if not self.restarts:
            self.failed = one
            return
        if now - one.started > HEALTHY_AFTER_SECONDS:
            one.deaths = 0
        delay = min(FIRST_DELAY_SECONDS * 2**one.deaths, LONGEST_DELAY_SECONDS)
        one.deaths += 1
        one.due = now + delay
        log.warning(
            "process ended, is started again",
            process=one.name,
            status=status,
            delay_seconds=round(delay, 1),
            log=str(one.log),
        )

    def end(self) -> None:
        """Stops all children and waits for it."""
        self._ending.set()
        self._wake.set()
        if self.is_alive():
            self.join()

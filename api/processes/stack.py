"""PostgreSQL, Rasa and the app as one thing that starts, answers and stops."""

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from api.db.upgrade import DatabaseUnusable, upgrade
from api.processes.addresses import free_port, listen, local_url
from api.processes.embedded import start_embedded
from api.processes.failure import CannotStart
from api.processes.lock import Lock
from api.processes.supervisor import Child, Supervisor
from api.settings import ROOT, Settings
from api.training import RASA_PYTHON, rasa_environment

READY_SECONDS = 120.0
PROBE_SECONDS = 2.0
POLL_SECONDS = 0.2

Report = Callable[[str], None]
"""Told in a few words which step of the start begins."""


def say_nothing(step: str) -> None:
    """A Report for those who do not watch."""


class Stack:
    """A running product: `with Stack(settings, dictionary) as stack: ... stack.base_url`.

    Everything is up when the `with` block begins (GET /healthz gives 200), and stopped when it has ended. Parts that
    die in between are started again. Raises CannotStart, with nothing left running.
    """

    def __init__(self, settings: Settings, model: Callable[[], Path], report: Report = say_nothing) -> None:
        """`model` gives the trained model, training it first where needed; called while the database starts."""
        self._asked = settings
        self._model = model
        self._report = report
        self._lock = Lock(settings.var_dir)
        self._supervisor = Supervisor()
        self._logs = settings.log_dir
        self.settings = settings
        """The settings as the children have them: the free ports and the embedded database filled in."""
        self.base_url = ""

    def __enter__(self) -> Self:
        """Starts everything and waits until it answers."""
        self._lock.take()
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops everything."""
        self._stop()

    def _start(self) -> None:
        self._listener = listen(self._asked.host, self._asked.port)
        self.base_url = local_url(self._listener)
        if self._asked.rasa_port:
            listen("127.0.0.1", self._asked.rasa_port).close()
        self.settings = self._asked.with_values(
            port=self._listener.getsockname()[1], rasa_port=self._asked.rasa_port or free_port()
        )
        self._supervisor.start()
        self._start_database()
        self._lock.tell(pid=os.getpid(), base_url=self.base_url, database_url=self.settings.database_url)
        model = self._model()
        self._report("Starting Rasa and the app")
        self._supervisor.add(self._rasa(model))
        self._supervisor.add(self._app())
        self.wait_until_ready()
        self._supervisor.restarts = True

    def _start_database(self) -> None:
        """Starts the embedded server where no other is set, then brings the database to the newest form."""
        self._report("Starting the database")
        if not self.settings.database_url:
            url = start_embedded(self.settings, self._supervisor)
            self.settings = self.settings.with_values(database_url=url)
        try:
            upgrade(self.settings.database_url)
        except DatabaseUnusable as error:
            raise CannotStart(str(error)) from error

    def _rasa(self, model: Path) -> Child:
        environment = {
            **rasa_environment(),
            "TUIYI_RASA_PORT": str(self.settings.rasa_port),
            "TUIYI_RASA_MODEL": str(model),
            "TUIYI_ACTION_URL": f"{self.base_url}/internal/actions",
            "TUIYI_ACTION_TOKEN": self.settings.action_token.get_secret_value(),
            "TUIYI_TRACKER_URL": self.settings.database_url,
            # By default Rasa may open more connections than the server takes; it uses one at a time.
            "SQL_POOL_SIZE": "5",
            "SQL_MAX_OVERFLOW": "10",
        }
        command = [str(RASA_PYTHON), "-m", "bot.rasa.serve"]
        return Child("rasa", command, self._logs / "rasa.log", environment, ROOT)

    def _app(self) -> Child:
        descriptor = self._listener.fileno()
        command = [sys.executable, "-m", "api.serve", str(descriptor)]
        environment = {**os.environ, **self.settings.environment()}
        return Child(
            "app",
            command,
            self._logs / "app.log",
            environment,
            ROOT,
            stop_seconds=12.0,
            descriptors=(descriptor,),
        )

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Waits until the whole stack can answer a message; raises CannotStart when it does not come to that."""
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            self._supervisor.check()
            if time.monotonic() > deadline:
                raise CannotStart(f"Not ready after {seconds:.0f} s; the logs are in {self._logs}.")
            time.sleep(POLL_SECONDS)

    def is_ready(self) -> bool:
        """Whether GET /healthz gives 200 now."""
        address = urlsplit(self.base_url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PROBE_SECONDS)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def pid(self, name: str) -> int:
        """The process that plays a part now: app, rasa or postgres."""
        process = self._supervisor[name].process
        if process is None:
            raise KeyError(name)
        return process.pid

    def kill(self, name: str) -> None:
        """kill -9 of one part, as a test of its return does it; no pause for crash loops follows."""
        self._supervisor[name].deaths = 0
        os.kill(self.pid(name), signal.SIGKILL)

    def _stop(self) -> None:
        self._lock.tell(pid=os.getpid(), stopping=True)
        self._supervisor.end()
        if hasattr(self, "_listener"):
            self._listener.close()
        self._lock.release()

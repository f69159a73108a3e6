"""The database for a command that needs nothing else of the stack."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.processes.failure import CannotStart
from api.processes.lock import Lock, read_holder
from api.processes.postgres import Postgres, await_server
from api.processes.supervisor import Supervisor
from api.settings import Settings


@contextmanager
def database(settings: Settings, alone: bool) -> Iterator[str]:
    """The address of the office's server, of the running stack's, or of an embedded one that runs inside the block.

    Raises CannotStart, also when nobody else may use the database but a stack of this folder runs.
    """
    holder = read_holder(settings.var_dir)
    if holder and alone:
        raise CannotStart(f"The product is running (process {holder.get('pid')}); stop it first.")
    running = holder.get("database_url")
    if settings.database_url or running:
        yield settings.database_url or str(running)
        return
    lock = Lock(settings.var_dir)
    lock.take()
    supervisor = Supervisor()
    try:
        yield start_embedded(settings, supervisor)
    finally:
        supervisor.end()
        lock.release()


def start_embedded(settings: Settings, supervisor: Supervisor) -> str:
    """Starts the embedded server under a supervisor; returns its address when it answers. Raises CannotStart."""
    embedded = Postgres(settings.var_dir / "postgres", settings.log_dir)
    if not supervisor.is_alive():
        supervisor.start()
    supervisor.add(embedded.prepare())
    await_server(embedded, supervisor)
    return embedded.url

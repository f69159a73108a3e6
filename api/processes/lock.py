"""One parent process for one folder of data."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from api.processes.failure import CannotStart

LOCK_FILE = "tuiyi.lock"
# A parent that is stopping just now lets go of the lock within this time.
PATIENCE_SECONDS = 8.0


class Lock:
    """Held while the processes of one folder run; says to others who holds it and where its parts are.

    The kernel frees it when its holder ends, however that happens.
    """

    def __init__(self, var_dir: Path) -> None:
        self._path = var_dir / LOCK_FILE
        self._descriptor = -1

    def take(self) -> None:
        """Takes the lock; raises CannotStart while another process holds it and is not about to stop."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._try():
            holder = read_holder(self._path.parent)
            if not holder.get("stopping") or time.monotonic() > deadline:
                os.close(self._descriptor)
                raise CannotStart(
                    f"Already running from this folder (process {holder.get('pid', 'unknown')}); "
                    "stop that one first, or set TUIYI_VAR_DIR and TUIYI_PORT for a second one."
                )
            time.sleep(0.1)
        self.tell(pid=os.getpid())

    def _try(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def tell(self, **facts: Any) -> None:
        """Writes into the lock file what others may need: pid, database_url, stopping."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(facts).encode(), 0)

    def release(self) -> None:
        """Lets others start."""
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)


def read_holder(var_dir: Path) -> dict[str, Any]:
    """What the running parent told; empty when none runs or it has told nothing yet."""
    try:
        with open(var_dir / LOCK_FILE) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                facts: dict[str, Any] = json.loads(file.read() or "{}")
                return facts
    except (OSError, ValueError):
        pass
    return {}

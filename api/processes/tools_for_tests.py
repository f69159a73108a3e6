"""Makes sure of what the tests need beside Python packages: a browser, and a Chinese font for its pictures."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONTS = Path("/usr/share/fonts")
FONT_PATTERNS = ("*CJK*", "wqy*", "Noto*SC*")
PACKAGES = {"a browser": "chromium", "a Chinese font": "fonts-wqy-zenhei"}


def missing() -> list[str]:
    """What the tests need and this machine lacks."""
    lacks = []
    if not any(shutil.which(name) for name in BROWSERS):
        lacks.append("a browser")
    if not any(any(FONTS.rglob(pattern)) for pattern in FONT_PATTERNS):
        lacks.append("a Chinese font")
    return lacks


def main() -> int:
    """Installs through apt-get where that is allowed; otherwise says what to install."""
    lacks = missing()
    if not lacks:
        return 0
    packages = [PACKAGES[name] for name in lacks]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stdout.write(f"Installing {' and '.join(packages)} for the tests ...\n")
        sys.stdout.flush()
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "--yes", "--no-install-recommends", "-qq", *packages]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        lacks = missing()
    if lacks:
        sys.stderr.write(f"tuiyi: the tests need {' and '.join(lacks)}; install {' '.join(packages)}.\n")
    return int(bool(lacks))


if __name__ == "__main__":
    sys.exit(main())

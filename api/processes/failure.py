"""What stops a start."""

from pathlib import Path


class CannotStart(Exception):
    """Something is in the way of a start; the message is one clear line for the person at the terminal."""


def last_lines(log: Path, count: int = 8) -> str:
    """The end of a log, indented, to show below a failure; empty when there is none."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "".join(f"\n    {line[:300]}" for line in lines[-count:] if line.strip())

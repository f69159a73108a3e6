"""Runs one command that ends when its parent ends, as another user when asked: `python -I -S child.py ... -- COMMAND`.

PostgreSQL refuses to run as root, so a parent that is root names an ordinary user. Where that user may not enter the
folders on the way (a checkout in a home with mode 0700), the command keeps the smallest capability that lets it pass:
reading and searching folders, or, where that is not granted, ignoring file permissions. Nothing on disk is opened up
for others. Standard library only, and every import at the top: after the change of user none may be readable.
"""

import argparse
import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
# Tried in this order; the first set with which everything can be reached is kept.
CHOICES: tuple[tuple[int, ...], ...] = ((), (CAP_DAC_READ_SEARCH,), (CAP_DAC_OVERRIDE,))

libc = ctypes.CDLL(None, use_errno=True)


def check(result: int, what: str) -> None:
    """Raises OSError with the reason when a call of the C library failed."""
    if result:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def bits(capabilities: tuple[int, ...]) -> int:
    """The capabilities as a bit mask (all of ours lie in the first word)."""
    return sum(1 << capability for capability in capabilities)


def set_capabilities(effective: int, permitted: int, inheritable: int) -> None:
    """Sets the three sets of this thread (there is only one)."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(effective, permitted, inheritable, 0, 0, 0)
    check(libc.capset(ctypes.byref(header), ctypes.byref(data)), "capset")


def permitted_capabilities() -> int:
    """What this process may use, of the two that matter here."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("CapPrm:"))
    return int(line.split()[1], 16) & bits((CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH))


def can_reach(paths: list[str]) -> bool:
    """Whether the folders can be entered and the programs be run."""
    return all(os.access(path, os.X_OK) for path in paths)


def become(uid: int, gid: int, paths: list[str]) -> None:
    """Gives up root for good, keeping at most one capability, and only when it is needed to reach the paths."""
    # Without this bit access(2) ignores capabilities of ordinary users, and PostgreSQL asks access(2) for itself.
    # It also leaves the capabilities in place at the change of user, until they are reduced below.
    libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    granted = permitted_capabilities()
    for choice in CHOICES:
        mask = bits(choice)
        if mask & ~granted:
            continue
        set_capabilities(mask, granted, mask)
        if can_reach(paths):
            set_capabilities(mask, mask, mask)
            for capability in choice:
                check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0), "prctl")
            return
    sys.exit(f"user {uid} cannot reach {' and '.join(paths)}; move the checkout or set TUIYI_DATABASE_URL")


def main() -> None:
    """Arranges all of it and becomes the command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--death-signal", type=int, required=True)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("--reach", action="append", default=[])
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    if arguments.uid is not None:
        become(arguments.uid, arguments.gid, arguments.reach)
    # A change of user clears this, so it comes last; the parent may have ended before it, so it is asked after.
    check(libc.prctl(PR_SET_PDEATHSIG, arguments.death_signal, 0, 0, 0), "prctl")
    if os.getppid() != arguments.parent:
        sys.exit("the parent ended")
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.execv(arguments.command[0], arguments.command)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"cannot start: {error}")

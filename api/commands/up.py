"""`tuiyi up`: serves in the foreground until Ctrl-C or SIGTERM."""

import ctypes
import os
import signal
import threading
from functools import partial
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from api.processes.failure import CannotStart
from api.processes.progress import StepDisplay
from api.processes.stack import Stack
from api.secrets import SECRETS_FILE
from api.settings import Settings, SettingsError, load_settings
from api.staff.first_account import has_staff
from api.training import current_model

PR_SET_PDEATHSIG = 1
NO_STAFF = """
Nobody can sign in to desk and studio yet. Make an account, here for somebody who answers people and edits answers:
  .venv/bin/tuiyi user add LOGIN --name NAME --role counselor --role editor
"""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop. Like KeyboardInterrupt, no `except Exception` may keep it."""


def up(
    stop_with_parent: Annotated[
        bool, typer.Option(help="Stop when the process that started this one ends, even by kill -9.")
    ] = False,
) -> None:
    """Start PostgreSQL, Rasa and the app, and serve until Ctrl-C."""
    console = Console(highlight=False, soft_wrap=True)
    listen_for_stop_signals()
    try:
        if stop_with_parent:
            tie_to_parent()
        serve(console, load_settings())
    except (CannotStart, SettingsError) as error:
        Console(stderr=True, highlight=False, soft_wrap=True, markup=False).print(f"tuiyi: {error}")
        raise typer.Exit(1) from error
    except Stopped:
        console.print("Stopped.")


def serve(console: Console, settings: Settings) -> None:
    """Starts the stack, says where it is, and waits; ends by raising Stopped or CannotStart."""
    with StepDisplay(console) as display:
        stack = Stack(settings, partial(current_model, settings.var_dir, display.report), display.report)
        stack.__enter__()
    try:
        announce(console, stack)
        threading.Event().wait()
    finally:
        # From here on nothing may interrupt the stopping.
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stack.__exit__(None, None, None)


def announce(console: Console, stack: Stack) -> None:
    """Where everything is, for the person at the terminal."""
    settings = stack.settings
    console.print(f"""
Chat page      {stack.base_url}/
Desk           {stack.base_url}/desk
Studio         {stack.base_url}/studio
Hotline line   POST {stack.base_url}/channels/hotline/messages
Health         {stack.base_url}/healthz
Terminal       .venv/bin/tuiyi chat
Secrets        {settings.var_dir / SECRETS_FILE}
Logs           {settings.var_dir / "log"}

{"" if has_staff(settings.database_url) else NO_STAFF}
Ready. Ctrl-C stops everything.""")


def listen_for_stop_signals() -> None:
    """Makes the signals that ask for an end raise Stopped in the main thread, once."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for number in STOP_SIGNALS:
        signal.signal(number, stop)


def tie_to_parent() -> None:
    """Asks Linux for SIGTERM when our parent, such as make, ends."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        raise Stopped


def register(line: typer.Typer) -> None:
    """Adds the command."""
    line.command()(up)

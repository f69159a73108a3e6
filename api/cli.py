"""The command line `tuiyi`: each module of `api.commands` registers a command or a group of commands of its name."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import typer

from api import commands


def command_line(arguments: list[str]) -> typer.Typer:
    """The command line; imports the module of the command that is asked for, or all to show the help."""
    line = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @line.callback()
    def tuiyi() -> None:
        """退役一件事助手: serve, train, talk, and look after the data."""

    names = [module.name for module in iter_modules(commands.__path__)]
    asked = [name for name in names if arguments[:1] == [name]]
    for name in asked or names:
        import_module(f"api.commands.{name}").register(line)
    return line


def main() -> None:
    """What the console script calls."""
    command_line(sys.argv[1:])()

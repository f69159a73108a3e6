"""`tuiyi train`: makes sure that a model fits its inputs."""

import typer
from rich.console import Console

from api.processes.failure import CannotStart
from api.processes.progress import StepDisplay
from api.settings import SettingsError, load_settings
from api.training import current_model


def train() -> None:
    """Train the model of Rasa when its inputs have changed."""
    try:
        with StepDisplay(Console(highlight=False, soft_wrap=True)) as display:
            current_model(load_settings().var_dir, display.report)
    except (CannotStart, SettingsError) as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error


def register(line: typer.Typer) -> None:
    """Adds the command."""
    line.command()(train)

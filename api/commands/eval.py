"""`tuiyi eval`: measures the model on utterances that it was never trained on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import typer
from rich.console import Console

from api.processes.failure import CannotStart
from api.processes.progress import StepDisplay
from api.settings import ROOT, SettingsError, load_settings
from api.training import RASA_PYTHON, current_model, rasa_environment

HELD_OUT = ROOT / "nlu" / "heldout"


def evaluate() -> None:
    """Print intent accuracy with its tables for nlu/heldout, and write the report under var/eval."""
    try:
        var_dir = load_settings().var_dir
        with StepDisplay(Console(highlight=False, soft_wrap=True)) as display:
            model = current_model(var_dir, display.report)
    except (CannotStart, SettingsError) as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error
    report = var_dir / "eval" / "intents.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    raise typer.Exit(_measure_intents(model, report))


def _measure_intents(model: Path, report: Path) -> int:
    """Run the evaluation in Rasa's environment; returns its exit code."""
    command = [str(RASA_PYTHON), "-m", "bot.rasa.evaluate", "--model", str(model), "--data", str(HELD_OUT)]
    done = subprocess.run([*command, "--out", str(report)], cwd=ROOT, env=rasa_environment(), check=False)
    if done.returncode == 0:
        typer.echo(f"Report: {report}")
    return done.returncode


def register(line: typer.Typer) -> None:
    """Adds the command."""
    line.command(name="eval")(evaluate)

"""`tuiyi eval`: measures the model and the answers on what neither was made from."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console

from api.evaluation.ask import Caller, ask_all
from api.evaluation.questions import Question, read_questions
from api.evaluation.report import figures, misses, tables
from api.evaluation.score import Judged
from api.processes.failure import CannotStart
from api.processes.progress import StepDisplay
from api.processes.stack import Stack
from api.settings import ROOT, Settings, SettingsError, load_settings
from api.training import RASA_PYTHON, current_model, rasa_environment
from bot.channels.hotline import Hotline
from knowledge.loader import load_library

HELD_OUT = ROOT / "nlu" / "heldout"
QUESTIONS = ROOT / "tests" / "data" / "questions"
MAY_BE_READ = ("development", "former_heldout")
"""The misses of these sets are printed; those of another only stand in the report."""


def evaluate(
    questions: Annotated[
        str, typer.Option(help="The set of callers' questions: heldout, development, former_heldout or validation.")
    ] = "heldout",
    intents: Annotated[bool, typer.Option(help="Measure the model's intents on nlu/heldout, too.")] = True,
) -> None:
    """Print how well utterances and callers' questions are understood, and write the reports under var/eval."""
    asked = read_questions(QUESTIONS / questions)
    if not asked:
        typer.echo(f"tuiyi: there is no set of questions '{questions}'.", err=True)
        raise typer.Exit(1)
    try:
        settings = load_settings()
        with StepDisplay(Console(highlight=False, soft_wrap=True)) as display:
            model = current_model(settings.var_dir, display.report)
            judged = _ask(settings, model, asked)
    except (CannotStart, SettingsError) as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error
    folder = settings.var_dir / "eval"
    folder.mkdir(parents=True, exist_ok=True)
    code = _measure_intents(model, folder / "intents.json") if intents else 0
    _show(judged, questions, folder / f"questions-{questions}.json")
    raise typer.Exit(code)


def _ask(settings: Settings, model: Path, asked: dict[str, list[Question]]) -> list[Judged]:
    """Asks a product of its own, which is gone afterwards, so that nothing running is disturbed."""
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"var_dir": Path(folder), "port": 0, "rasa_port": 0, "database_url": ""})
        with Stack(own, lambda: model) as stack:
            hotline = Hotline(stack.settings.hotline_secret.get_secret_value())
            return asyncio.run(_ask_stack(stack.base_url, hotline, asked))


async def _ask_stack(base_url: str, hotline: Hotline, asked: dict[str, list[Question]]) -> list[Judged]:
    async with httpx.AsyncClient(base_url=base_url) as http:
        return await ask_all(Caller(http, hotline), load_library(), asked)


def _show(judged: list[Judged], name: str, report: Path) -> None:
    console = Console(soft_wrap=True)
    for table in tables(judged):
        console.print(table)
    if name in MAY_BE_READ:
        for line in misses(judged):
            typer.echo(line)
    rows = [{**asdict(one), "question": one.question.model_dump()} for one in judged]
    report.write_text(json.dumps({"figures": figures(judged), "judged": rows}, ensure_ascii=False, indent=1), "utf-8")
    typer.echo(f"Report: {report}")


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

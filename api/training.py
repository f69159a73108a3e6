"""Keeps a trained model of Rasa that fits its inputs: trains when their hash has changed, reuses it otherwise."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import yaml

from api.processes.failure import CannotStart, last_lines
from api.processes.supervisor import tied_to_this_process
from api.settings import ROOT

RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
# What a model is made from, beside the dictionary.
INPUT_FOLDERS = ("bot/rasa", "nlu")
# Utterances for evaluation are never trained on.
EVALUATION_FOLDERS = {"heldout", "development"}
INPUT_SUFFIXES = {".yml", ".py", ".lock", ".txt"}
MODELS_KEPT = 3


def input_files(root: Path) -> Iterator[Path]:
    """The files that decide what a trained model is, in a fixed order."""
    for folder in INPUT_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            is_input = path.suffix in INPUT_SUFFIXES and not EVALUATION_FOLDERS & set(path.relative_to(root).parts)
            if is_input and path.is_file():
                yield path


def hash_of_inputs(root: Path, dictionary: str) -> str:
    """Changes whenever a model trained now could differ from one trained before."""
    digest = sha256(dictionary.encode())
    for path in input_files(root):
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(root)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def remove_old_models(folder: Path) -> None:
    """Leaves the newest few, so that going back a version needs no training."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[MODELS_KEPT:]:
        model.unlink()
        dictionary_beside(model).unlink(missing_ok=True)


def dictionary_beside(model: Path) -> Path:
    """The dictionary that a model was trained with."""
    return model.with_name(model.name.replace(".tar.gz", ".dictionary.yml"))


def rasa_environment() -> dict[str, str]:
    """The environment for programs of `.venv-rasa`: none of our settings, because Rasa needs no secret but its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TUIYI_", "PYTHON"))}


def model_for(dictionary: str, var_dir: Path) -> Path:
    """Where the model for the present inputs is or will be."""
    return var_dir / "models" / f"{hash_of_inputs(ROOT, dictionary)}.tar.gz"


def train(dictionary: str, var_dir: Path) -> Path:
    """Trains the model for the present inputs and returns it; raises CannotStart when that fails.

    dictionary: YAML of entities and their words, written from the knowledge.
    """
    model = model_for(dictionary, var_dir)
    log = var_dir / "log" / "train.log"
    if not RASA_PYTHON.exists():
        raise CannotStart("The environment of Rasa (.venv-rasa) is missing; run `make run` to set it up.")
    for folder in (model.parent, log.parent):
        folder.mkdir(parents=True, exist_ok=True)
    dictionary_beside(model).write_text(dictionary)
    command = [str(RASA_PYTHON), "-m", "bot.rasa.train", "--dictionary", str(dictionary_beside(model))]
    with log.open("wb") as out:
        training = subprocess.Popen(
            tied_to_this_process([*command, "--out", str(model)], signal.SIGKILL),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=rasa_environment(),
            start_new_session=True,
        )
        try:
            while training.poll() is None:
                time.sleep(0.1)
        finally:
            training.kill()
            training.wait()
    if training.returncode or not model.exists():
        raise CannotStart(f"Training of the model failed; its log is {log}:{last_lines(log)}")
    remove_old_models(model.parent)
    return model


def dictionary_text() -> str:
    """The words of the knowledge as the training reads them; raises CannotStart when the knowledge has faults."""
    # Only who trains or starts needs the knowledge; the other commands are quicker without it.
    from knowledge.loader import KnowledgeError, load_library
    from knowledge.vocabulary import dictionary_for_rasa

    try:
        entries = dictionary_for_rasa(load_library())
    except KnowledgeError as error:
        raise CannotStart(f"The knowledge has faults; `tuiyi knowledge check` lists them. {error.faults[0]}") from error
    except OSError as error:
        raise CannotStart(f"The knowledge cannot be read: {error}") from error
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=True)


def current_model(var_dir: Path, report: Callable[[str], None]) -> Path:
    """The model that fits the inputs of now, trained first where there is none. Raises CannotStart."""
    dictionary = dictionary_text()
    model = model_for(dictionary, var_dir)
    if not model.exists():
        report("Training the model of Rasa (about a minute)")
        train(dictionary, var_dir)
    return model

"""Trains the model: `python -m bot.rasa.train --dictionary DICTIONARY --out MODEL.tar.gz` in the folder of the project.

The inputs are this folder's domain, rules and config, the examples in `nlu/intents` and the dictionary that the app
writes from its knowledge (format: nlu/components/dictionary_extractor.py). The model holds all of them, so the
server needs no other file. The model file appears whole or not at all.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "bot" / "rasa"


def train(dictionary: Path, out: Path) -> None:
    """Writes the trained model to `out`; exits with 1 and the reason when the inputs are unusable."""
    os.environ["TUIYI_RASA_DICTIONARY"] = str(dictionary.resolve())
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Nothing is remembered between trainings: a model follows from its inputs alone.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    from bot.rasa.lean_runtime import without_tensorflow
    from bot.rasa.logs import quieten

    without_tensorflow()
    quieten()
    from rasa.model_training import train as train_model

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = folder
        result = train_model(
            domain=str(FOLDER / "domain.yml"),
            config=str(FOLDER / "config.yml"),
            training_files=[str(ROOT / "nlu" / "intents"), str(FOLDER / "rules.yml")],
            output=folder,
            fixed_model_name="model",
            force_training=True,
        )
        if result.code or not result.model:
            sys.exit("no model was trained")
        Path(result.model).replace(out)


def main() -> None:
    """Reads the command line and trains."""
    parser = argparse.ArgumentParser(description="Train the Rasa model.")
    parser.add_argument("--dictionary", type=Path, required=True, help="dictionary of entities, YAML")
    parser.add_argument("--out", type=Path, required=True, help="model file to write, .tar.gz")
    arguments = parser.parse_args()
    train(arguments.dictionary, arguments.out)


if __name__ == "__main__":
    main()

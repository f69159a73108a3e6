"""Measures the model on unseen utterances: `python -m bot.rasa.evaluate --model MODEL --data FOLDER`.

Runs in `.venv-rasa`, in the folder of the project. The data are YAML files, lists of `{text, intent, entities?}` with
entities as `{entity, value}`. Prints accuracy, a table of intents and a table of confusions, and writes them as JSON
with --out. Utterances that stand in the training data word for word are counted, and the accuracy is also given
without them. No text is printed, because whoever reads the misses of the held-out set tunes on it; --misses prints
them for the development set.
"""

import argparse
import asyncio
import json
import os
import re
import resource
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    """One utterance, what it means, and what the model took it for."""

    text: str
    intent: str
    guess: str
    confidence: float
    milliseconds: float
    entities_wanted: int
    entities_found: int
    was_trained_on: bool

    @property
    def is_right(self) -> bool:
        """Whether the intent was recognised."""
        return self.guess == self.intent


def folded(text: str) -> str:
    """The text without width, case, blanks and punctuation: what makes two utterances the same."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "", plain) or plain


def utterances(folder: Path) -> list[dict[str, Any]]:
    """All utterances of the files in a folder."""
    return [one for path in sorted(folder.glob("*.yml")) for one in yaml.safe_load(path.read_text(encoding="utf-8"))]


def training_texts(folder: Path) -> Iterator[str]:
    """All examples of the training files in a folder."""
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in block["examples"].splitlines())


async def run(model: Path, data: list[dict[str, Any]]) -> tuple[list[Outcome], float]:
    """The outcomes in the order of the data, and the seconds that it took to load the model."""
    from bot.rasa.lean_runtime import without_tensorflow
    from bot.rasa.logs import quieten

    without_tensorflow()
    quieten()
    began = time.perf_counter()
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    await agent.parse_message("你好")
    load_seconds = time.perf_counter() - began
    trained = {folded(text) for text in training_texts(ROOT / "nlu" / "intents")}
    outcomes = []
    for one in data:
        began = time.perf_counter()
        parsed = await agent.parse_message(one["text"])
        milliseconds = (time.perf_counter() - began) * 1000
        wanted = {(entity["entity"], str(entity["value"])) for entity in one.get("entities", [])}
        found = {(entity["entity"], str(entity["value"])) for entity in parsed["entities"]}
        outcomes.append(
            Outcome(
                text=one["text"],
                intent=one["intent"],
                guess=parsed["intent"]["name"],
                confidence=parsed["intent"]["confidence"],
                milliseconds=milliseconds,
                entities_wanted=len(wanted),
                entities_found=len(wanted & found),
                was_trained_on=folded(one["text"]) in trained,
            )
        )
    return outcomes, load_seconds


def accuracy(outcomes: list[Outcome]) -> float:
    """The share of right intents; 0 for none."""
    return sum(one.is_right for one in outcomes) / len(outcomes) if outcomes else 0.0


def report(outcomes: list[Outcome], load_seconds: float) -> dict[str, Any]:
    """All figures, ready for JSON."""
    unseen = [one for one in outcomes if not one.was_trained_on]
    confusions = Counter((one.intent, one.guess) for one in outcomes)
    intents = {}
    for intent in sorted({one.intent for one in outcomes}):
        total = sum(count for (true, _), count in confusions.items() if true == intent)
        guessed = sum(count for (_, guess), count in confusions.items() if guess == intent)
        right = confusions[intent, intent]
        intents[intent] = {
            "utterances": total,
            "recall": round(right / total, 3),
            "precision": round(right / guessed, 3) if guessed else None,
            "taken_for": {guess: n for (true, guess), n in confusions.most_common() if true == intent != guess},
        }
    times = sorted(one.milliseconds for one in outcomes)
    wanted = sum(one.entities_wanted for one in outcomes)
    return {
        "utterances": len(outcomes),
        "accuracy": round(accuracy(outcomes), 4),
        "utterances_not_in_training": len(unseen),
        "accuracy_not_in_training": round(accuracy(unseen), 4),
        "fallbacks": sum(one.guess == "nlu_fallback" for one in outcomes),
        "entities_wanted": wanted,
        "entities_found": round(sum(one.entities_found for one in outcomes) / wanted, 4) if wanted else None,
        "load_seconds": round(load_seconds, 2),
        "parse_milliseconds": {
            "median": round(statistics.median(times), 2),
            "95th": round(times[int(len(times) * 0.95) - 1], 2),
        },
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "intents": intents,
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for reading."""
    lines = [
        f"accuracy            {figures['accuracy']:.1%} of {figures['utterances']}",
        f"  not in training   {figures['accuracy_not_in_training']:.1%} of {figures['utterances_not_in_training']}",
        f"fallbacks           {figures['fallbacks']}",
    ]
    if figures["entities_wanted"]:
        lines.append(f"entities found      {figures['entities_found']:.1%} of {figures['entities_wanted']}")
    parse = figures["parse_milliseconds"]
    lines += [
        f"time to parse       {parse['median']} ms (95th {parse['95th']} ms)",
        f"time to load        {figures['load_seconds']} s",
        f"memory              {figures['peak_memory_mb']} MB",
        "",
        f"{'intent':22}{'n':>5}{'recall':>9}{'precision':>11}   taken for",
    ]
    for intent, one in figures["intents"].items():
        precision = "-" if one["precision"] is None else f"{one['precision']:.2f}"
        taken_for = ", ".join(f"{guess} {count}" for guess, count in one["taken_for"].items())
        lines.append(f"{intent:22}{one['utterances']:>5}{one['recall']:>9.2f}{precision:>11}   {taken_for}".rstrip())
    return "\n".join(lines)


def main() -> None:
    """Reads the command line, measures, prints and writes."""
    parser = argparse.ArgumentParser(description="Measure the model on utterances that it was not trained on.")
    parser.add_argument("--model", type=Path, required=True, help="trained model, .tar.gz")
    parser.add_argument("--data", type=Path, required=True, help="folder with the utterances")
    parser.add_argument("--out", type=Path, help="file for the figures, JSON")
    parser.add_argument("--misses", action="store_true", help="print the utterances taken for something else")
    arguments = parser.parse_args()
    data = utterances(arguments.data)
    if not data:
        sys.exit(f"no utterances in {arguments.data}")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    outcomes, load_seconds = asyncio.run(run(arguments.model, data))
    figures = report(outcomes, load_seconds)
    sys.stdout.write(table(figures) + "\n")
    if arguments.misses:
        for one in outcomes:
            if not one.is_right:
                sys.stdout.write(f"{one.text}\t{one.intent} -> {one.guess} ({one.confidence:.2f})\n")
    if arguments.out:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    # So that it can be started as a file, too: the components of the model are found from the project's folder.
    sys.path.insert(0, str(ROOT))
    main()

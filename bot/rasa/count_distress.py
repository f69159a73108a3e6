"""Counts in whom distress is heard: `python -m bot.rasa.count_distress --model MODEL FILE...`, one message a line.

Runs in `.venv-rasa`, in the folder of the project. Prints a JSON object: for each file how many messages it has, how
many the word lists hear (bot/crisis.py), how many the model, how many either, and in how many of the others the model
is in doubt: they are answered, behind a sentence of who helps. No message is printed, because
whoever reads the misses of a held-out set tunes on them; --misses prints those of which the word lists and the model
hear nothing, --alarms those that either hears, for the files of `nlu/distress`.
"""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from bot.crisis import in_crisis

DISTRESS, DOUBT = "distress", "care"
COUNTED = ("messages", "by_words", "by_model", "heard", "in_doubt")


async def heard_by_model(model: Path, texts: list[str]) -> list[tuple[bool, bool]]:
    """For each text whether the model takes it for distress, and whether it is in doubt."""
    from bot.rasa.lean_runtime import without_tensorflow
    from bot.rasa.logs import quieten

    without_tensorflow()
    quieten()
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    parsed = [await agent.parse_message(text) for text in texts]
    return [
        (one["intent"]["name"] == DISTRESS, any(found["entity"] == DOUBT for found in one["entities"]))
        for one in parsed
    ]


def main() -> None:
    """Reads the command line, counts and prints."""
    parser = argparse.ArgumentParser(description="Count the messages in which distress is heard.")
    parser.add_argument("--model", type=Path, required=True, help="trained model, .tar.gz")
    parser.add_argument("--misses", action="store_true", help="print the messages that are not heard")
    parser.add_argument("--alarms", action="store_true", help="print the messages that are heard")
    parser.add_argument("files", type=Path, nargs="+", help="messages, one a line")
    wanted = parser.parse_args()
    said = [(path, line) for path in wanted.files for line in path.read_text("utf-8").splitlines() if line]
    by_model = asyncio.run(heard_by_model(wanted.model, [text for _, text in said]))
    counts = {
        str(path): {"messages": 0, "by_words": 0, "by_model": 0, "heard": 0, "in_doubt": 0} for path in wanted.files
    }
    for (path, text), (model_hears, doubts) in zip(said, by_model, strict=True):
        words_hear = in_crisis(text)
        is_heard = words_hear or model_hears
        for key, one in zip(
            counts[str(path)], (True, words_hear, model_hears, is_heard, doubts and not is_heard), strict=True
        ):
            counts[str(path)][key] += one
        if wanted.alarms if is_heard else wanted.misses:
            sys.stderr.write(f"{text}\n")
    sys.stdout.write(json.dumps(counts, indent=1) + "\n")


if __name__ == "__main__":
    main()

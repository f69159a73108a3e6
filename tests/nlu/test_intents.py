"""The training data as a whole: enough of it, nothing said twice with two meanings, nothing of the exam in it."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
import yaml

from api.settings import ROOT
from bot.rasa.evaluate import folded, training_texts, utterances

INTENTS = ROOT / "nlu" / "intents"
FEWEST = 30
FEWEST_OF_WIDE = 120
WIDE = {"ask_policy", "inform"}
# Everybody types 「是」 and 「第二个」: short phrases are bound to stand in both.
SHORT = 4


def examples() -> Iterator[tuple[str, str]]:
    """Intent and text of every example."""
    for path in sorted(INTENTS.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            yield from ((block["intent"], line.removeprefix("- ")) for line in block["examples"].splitlines())


def test_every_intent_of_the_domain_has_enough_examples() -> None:
    domain = yaml.safe_load((ROOT / "bot/rasa/domain.yml").read_text(encoding="utf-8"))
    counts: dict[str, int] = defaultdict(int)
    for intent, _ in examples():
        counts[intent] += 1

    fewest = {intent: FEWEST_OF_WIDE if intent in WIDE else FEWEST for intent in domain["intents"]}
    del fewest["nlu_fallback"]

    assert {intent for intent in counts if intent not in fewest} == set()
    assert {intent for intent, count in fewest.items() if counts[intent] < count} == set()


def test_no_example_stands_twice() -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for intent, text in examples():
        seen[text].append(intent)

    assert {text: intents for text, intents in seen.items() if len(intents) > 1} == {}


@pytest.mark.parametrize("folder", ["heldout", "development"])
def test_no_utterance_of_an_evaluation_set_is_trained_on(folder: str) -> None:
    trained = {folded(text) for text in training_texts(INTENTS)}
    wanted = [folded(one["text"]) for one in utterances(ROOT / "nlu" / folder)]

    # The number alone is shown: whoever reads the lines of the held-out set tunes on them.
    assert sum(len(text) > SHORT and text in trained for text in wanted) == 0


@pytest.mark.parametrize("folder", ["heldout", "development"])
def test_evaluation_sets_know_no_other_intent(folder: str) -> None:
    domain = yaml.safe_load((ROOT / "bot/rasa/domain.yml").read_text(encoding="utf-8"))

    assert {one["intent"] for one in utterances(ROOT / "nlu" / folder)} <= set(domain["intents"])

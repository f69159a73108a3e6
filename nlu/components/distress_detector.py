"""The component of the Rasa pipeline that decides about distress alone, whatever the other intents make of a message.

Distress has no words of its own: 「死」 is in a question about a certificate, and a farewell may hold none. So a
machine of its own weighs n-grams of characters, taught with many voices in danger and with as many that only sound
like it (`nlu/distress/`). It stands after the intent classifier and has the last word: it puts the intent first, or
takes it out. Where it is in doubt it leaves the intent and adds the entity `care`: the app answers, and
names who helps. What is unmistakable the app hears before Rasa (bot/crisis.py).
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.svm import LinearSVC

from nlu.components.counted_views import MARKS, CountedViews, characters
from nlu.components.dictionary import Dictionary
from nlu.components.dictionary_extractor import find_entities, found_in
from nlu.components.views import as_written

DISTRESS = "distress"
DOUBT = {"entity": "care", "value": "in_doubt", "start": 0, "end": 0, "extractor": "DistressDetector"}
VOICES = Path(__file__).resolve().parents[1] / "distress"
IN_DANGER = ("unmistakable.txt", "hinted.txt")
ORDINARY = ("only_sounds_like_it.txt", "asked_of_guides.txt")
# Names of items and papers make despair unlikely: the second and the third view see them.
VIEWS = ((characters(3), 1.0), (characters(3), 0.7), (MARKS, 0.3))
# Foreign words and code say nothing here: the few that matter are unmistakable.
FOREIGN = re.compile(r"[a-z]{4,}|[^\u4e00-\u9fff\w。，！？、^$]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")

Ranking = list[dict[str, Any]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DistressDetector(GraphComponent, IntentClassifier):
    """Puts the intent `distress` first or takes it out. Stands between the intent classifier and the fallback."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """dictionary: path of the dictionary, for training. C: how closely the examples are followed.
        threshold: from which distance to the border on it is distress. doubt: from which on it may be."""
        return {"dictionary": None, "C": 2.0, "threshold": 0.0, "doubt": 0.0}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._views = CountedViews(VIEWS, counted)
        self._weights = np.zeros(0, dtype=np.float32)
        self._offset = 0.0

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DistressDetector":
        """A detector that knows nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples of all intents and from the voices beside them."""
        said = [(one.get(TEXT), one.get(INTENT)) for one in training_data.intent_examples]
        danger = dict.fromkeys([*lines(IN_DANGER), *(text for text, intent in said if intent == DISTRESS)])
        rest = dict.fromkeys([*lines(ORDINARY), *(text for text, intent in said if intent != DISTRESS)])
        ordinary = [text for text in rest if text not in danger]
        dictionary = Dictionary.read(Path(self._config["dictionary"]))
        rows = self._views.learn([(text, find_entities(text, dictionary)) for text in (*danger, *ordinary)])
        machine = LinearSVC(C=self._config["C"], random_state=0)
        machine.fit(rows, [1] * len(danger) + [0] * len(ordinary))
        self._weights = machine.coef_[0].astype(np.float32)
        self._offset = float(machine.intercept_[0])
        with self._storage.write_to(self._resource) as folder:
            self._save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "DistressDetector":
        """The detector of the model."""
        detector = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            detector._restore(folder)
        return detector

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent and ranking of each message anew where the intent classifier says otherwise."""
        for message in messages:
            distance = self._distance(message.get(TEXT) or "", message.get(ENTITIES, []))
            is_distress = distance > self._config["threshold"]
            if not is_distress and distance > self._config["doubt"]:
                message.set(ENTITIES, [*message.get(ENTITIES, []), DOUBT], add_to_output=True)
            ranking = decided(message.get(INTENT_RANKING_KEY) or [], is_distress)
            if ranking:
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _distance(self, text: str, entities: list[dict[str, Any]]) -> float:
        if not CHINESE.search(text):
            return -1.0
        return float((self._views.row(text, found_in(entities)) @ self._weights)[0]) + self._offset

    def _save(self, folder: Path) -> None:
        self._views.save(folder)
        np.savez(folder / "numbers.npz", weights=self._weights, offset=self._offset)

    def _restore(self, folder: Path) -> None:
        self._views.restore(folder)
        with np.load(folder / "numbers.npz") as numbers:
            self._weights, self._offset = numbers["weights"], float(numbers["offset"])


def lines(names: tuple[str, ...]) -> list[str]:
    """The texts of some files of `nlu/distress`, one a line."""
    return [line for name in names for line in (VOICES / name).read_text(encoding="utf-8").splitlines() if line]


def counted(text: str) -> str:
    """What of a text is counted."""
    return FOREIGN.sub("", as_written(text))


def decided(ranking: Ranking, is_distress: bool) -> Ranking:
    """The ranking with distress certain and first, or without it and the others as sure as they are then."""
    others = [one for one in ranking if one["name"] != DISTRESS]
    if is_distress:
        return [{"name": DISTRESS, "confidence": 1.0}, *({**one, "confidence": 0.0} for one in others)]
    if len(others) == len(ranking):
        return ranking
    left = sum(one["confidence"] for one in others)
    return [{**one, "confidence": one["confidence"] / left} for one in others] if left > 0 else ranking

"""The component of the Rasa pipeline that recognises the intent: a linear classifier over n-grams of characters.

Chosen by measurement, see nlu/README.md. It needs no tokeniser and no featuriser: it counts n-grams in three views of
the text (nlu/components/views.py), of which one has signs in the place of the things that the dictionary knows.
"""

import json
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

# The views in their order: how they are counted, and how much they weigh.
VIEWS = ((characters(3), 1.0), (characters(4), 1.0), (MARKS, 0.6))
RANKED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Sets the intent of a message and the ranking of the likeliest ones. Stands after DictionaryExtractor."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """dictionary: path of the dictionary, for training. C: how closely the examples are followed.
        sharpness: turns distances to the borders between intents into confidences."""
        return {"dictionary": None, "C": 0.7, "sharpness": 5.0}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._views = CountedViews(VIEWS)
        self._intents: list[str] = []
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._offsets = np.zeros(0, dtype=np.float32)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        """A classifier that knows nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have an intent."""
        dictionary = Dictionary.read(Path(self._config["dictionary"]))
        examples = [(one.get(TEXT), one.get(INTENT)) for one in training_data.intent_examples]
        rows = self._views.learn([(text, find_entities(text, dictionary)) for text, _ in examples])
        machine = LinearSVC(C=self._config["C"], random_state=0).fit(rows, [intent for _, intent in examples])
        self._intents = [str(intent) for intent in machine.classes_]
        self._weights = machine.coef_.T.astype(np.float32)
        self._offsets = machine.intercept_.astype(np.float32)
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
    ) -> "LinearIntentClassifier":
        """The classifier of the model."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._restore(folder)
        return classifier

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent and ranking of each message."""
        for message in messages:
            ranking = self._rank(message.get(TEXT) or "", message.get(ENTITIES, []))
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:RANKED], add_to_output=True)
        return messages

    def _rank(self, text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
        distances = self._views.row(text, found_in(entities)) @ self._weights + self._offsets
        odds = np.exp(self._config["sharpness"] * (distances[0] - distances[0].max()))
        confidences = odds / odds.sum()
        order = np.argsort(-confidences)
        return [{"name": self._intents[place], "confidence": float(confidences[place])} for place in order]

    def _save(self, folder: Path) -> None:
        self._views.save(folder)
        (folder / "intents.json").write_text(json.dumps(self._intents), encoding="utf-8")
        np.savez(folder / "numbers.npz", weights=self._weights, offsets=self._offsets)

    def _restore(self, folder: Path) -> None:
        self._views.restore(folder)
        self._intents = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        with np.load(folder / "numbers.npz") as numbers:
            self._weights, self._offsets = numbers["weights"], numbers["offsets"]

"""The component of the Rasa pipeline that recognises the intent: a linear classifier over n-grams of characters.

Chosen by measurement, see nlu/README.md. It needs no tokeniser and no featuriser: it counts n-grams in three views of
the text (nlu/components/views.py), of which one has signs in the place of the things that the dictionary knows.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from nlu.components.dictionary import Dictionary, Found
from nlu.components.dictionary_extractor import find_entities
from nlu.components.views import as_written, marks, with_signs

EVERYDAY_WORDS = Path(__file__).resolve().parents[1] / "everyday_words.yml"
WORD_CLASSES = Path(__file__).resolve().parents[1] / "word_classes.yml"
# The views in the order of `views_of`: what is counted, and how much the view weighs.
VIEWS: list[tuple[dict[str, Any], float]] = [
    ({"analyzer": "char", "ngram_range": (1, 3)}, 1.0),
    ({"analyzer": "char", "ngram_range": (1, 4)}, 1.0),
    ({"analyzer": "word", "token_pattern": r"\S+"}, 0.6),
]
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
        self._everyday_words: list[tuple[str, str]] = []
        self._word_classes: dict[str, list[str]] = {}
        self._classes = Dictionary([])
        self._vectorizers: list[TfidfVectorizer] = []
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
        everyday_words = yaml.safe_load(EVERYDAY_WORDS.read_text(encoding="utf-8"))
        self._know_words(everyday_words, yaml.safe_load(WORD_CLASSES.read_text(encoding="utf-8")))
        examples = [(one.get(TEXT), one.get(INTENT)) for one in training_data.intent_examples]
        views = [self._views_of(text, find_entities(text, dictionary)) for text, _ in examples]
        self._vectorizers = [
            TfidfVectorizer(**counting, lowercase=False, sublinear_tf=True, dtype=np.float32).fit(texts)
            for (counting, _), texts in zip(VIEWS, zip(*views, strict=True), strict=True)
        ]
        machine = LinearSVC(C=self._config["C"], random_state=0).fit(self._features(views), [i for _, i in examples])
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
        found = [Found(one["start"], one["end"], one["entity"], one["value"]) for one in entities]
        distances = self._features([self._views_of(text, found)]) @ self._weights + self._offsets
        odds = np.exp(self._config["sharpness"] * (distances[0] - distances[0].max()))
        confidences = odds / odds.sum()
        order = np.argsort(-confidences)
        return [{"name": self._intents[place], "confidence": float(confidences[place])} for place in order]

    def _know_words(self, everyday_words: list[list[str]], word_classes: dict[str, list[str]]) -> None:
        self._everyday_words = [(everyday, common) for everyday, common in everyday_words]
        self._word_classes = word_classes
        self._classes = Dictionary(
            {"entity": name, "value": name, "words": words} for name, words in word_classes.items()
        )

    def _views_of(self, text: str, found: list[Found]) -> tuple[str, str, str]:
        words = self._everyday_words
        return as_written(text), with_signs(text, found, words), marks(text, [*found, *self._classes.find(text)], words)

    def _features(self, views: list[tuple[str, str, str]]) -> csr_matrix:
        parts = [
            vectorizer.transform(texts) * weight
            for vectorizer, (_, weight), texts in zip(self._vectorizers, VIEWS, zip(*views, strict=True), strict=True)
        ]
        return hstack(parts, format="csr")

    def _save(self, folder: Path) -> None:
        terms = [vectorizer.get_feature_names_out().tolist() for vectorizer in self._vectorizers]
        words = {"everyday_words": self._everyday_words, "word_classes": self._word_classes}
        known = {"intents": self._intents, "terms": terms, **words}
        (folder / "known.json").write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        rarity = {f"rarity_{place}": vectorizer.idf_ for place, vectorizer in enumerate(self._vectorizers)}
        np.savez(folder / "numbers.npz", weights=self._weights, offsets=self._offsets, **rarity)

    def _restore(self, folder: Path) -> None:
        known = json.loads((folder / "known.json").read_text(encoding="utf-8"))
        self._intents = known["intents"]
        self._know_words(known["everyday_words"], known["word_classes"])
        with np.load(folder / "numbers.npz") as numbers:
            self._weights, self._offsets = numbers["weights"], numbers["offsets"]
            for place, (counting, _) in enumerate(VIEWS):
                terms = known["terms"][place]
                vectorizer = TfidfVectorizer(
                    **counting, lowercase=False, sublinear_tf=True, dtype=np.float32, vocabulary=terms
                )
                vectorizer.idf_ = numbers[f"rarity_{place}"]
                self._vectorizers.append(vectorizer)

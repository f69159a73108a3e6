"""The component of the Rasa pipeline that finds entities: words of the dictionary, case numbers, chosen numbers."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.dictionary import Dictionary, Found
from nlu.components.patterns import find_patterns

STORED = "dictionary.yml"


def find_entities(text: str, dictionary: Dictionary) -> list[Found]:
    """All entities of a text, in its order."""
    return sorted([*dictionary.find(text), *find_patterns(text)], key=lambda one: (one.start, -one.end))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class DictionaryExtractor(GraphComponent, EntityExtractorMixin):
    """Sets the entities of a message. Training copies the dictionary into the model, so the server needs no file."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """dictionary: path of the file to learn, see nlu/components/dictionary.py."""
        return {"dictionary": None}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._dictionary = Dictionary([])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DictionaryExtractor":
        """An extractor that knows no words yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Reads the dictionary and stores it in the model. The examples are not looked at."""
        path = Path(self._config["dictionary"])
        with self._storage.write_to(self._resource) as folder:
            (folder / STORED).write_bytes(path.read_bytes())
        self._dictionary = Dictionary.read(path)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "DictionaryExtractor":
        """An extractor with the dictionary of the model."""
        extractor = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            extractor._dictionary = Dictionary.read(folder / STORED)
        return extractor

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities to each message."""
        for message in messages:
            entities = [
                {"entity": one.entity, "value": one.value, "start": one.start, "end": one.end}
                for one in find_entities(message.get(TEXT) or "", self._dictionary)
            ]
            found = self.add_extractor_name(entities)
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def found_in(entities: list[dict[str, Any]]) -> list[Found]:
    """The entities of a message as things found."""
    return [Found(one["start"], one["end"], one["entity"], one["value"]) for one in entities]

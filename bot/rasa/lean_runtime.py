"""Keeps TensorFlow out of a Rasa process.

Rasa 3.6.21 imports TensorFlow for components that our pipeline does not use: importing the server takes 13 s and
530 MB with it, 3 s and 190 MB without. Six modules pull it in: two with classes for Keras, three components that are
only compared with, and the list of all components that the recipe of a pipeline imports. They get stand-ins here, so
`without_tensorflow()` comes before the first import of Rasa. In such a process `config.yml` names components by their
full path, and DIET, TED or a transformer cannot run.
"""

import sys
from types import ModuleType
from typing import Any

CLASSES_BY_MODULE = {
    "rasa.utils.tensorflow.callback": ["RasaTrainingLogger", "RasaModelCheckpoint"],
    "rasa.utils.tensorflow.data_generator": ["RasaDataGenerator", "RasaBatchDataGenerator"],
    "rasa.nlu.classifiers.diet_classifier": ["DIETClassifier"],
    "rasa.nlu.selectors.response_selector": ["ResponseSelector"],
    "rasa.core.policies.ted_policy": ["TEDPolicy"],
}
LIST_OF_COMPONENTS = "rasa.engine.recipes.default_components"


def without_tensorflow() -> None:
    """Puts the stand-ins where Rasa will look for the modules. Their classes can be named and do nothing."""
    for name, classes in CLASSES_BY_MODULE.items():
        put_stand_in(name, {one: type(one, (), {}) for one in classes})
    put_stand_in(LIST_OF_COMPONENTS, {"DEFAULT_COMPONENTS": []})


def put_stand_in(name: str, content: dict[str, Any]) -> None:
    """Makes a module of that name hold that content, unless the real one is loaded already."""
    if name not in sys.modules:
        stand_in = ModuleType(name)
        vars(stand_in).update(content)
        sys.modules[name] = stand_in

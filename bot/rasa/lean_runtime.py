"""Keeps TensorFlow out of the Rasa process.

Rasa 3.6.21 imports TensorFlow for components that our pipeline does not use: importing the server takes 13 s and
530 MB with it, 3 s and 190 MB without. Two modules are enough to pull it in: `rasa.utils.train_utils` wants four
classes of Keras callbacks and generators, and the recipe of the pipeline imports every component that Rasa has.
Both get stand-ins here, so `call without_tensorflow()` must come before the first import of Rasa.
A pipeline with DIET, TED or a transformer cannot run in such a process.
"""

import sys
from types import ModuleType

KERAS_CLASSES = {
    "rasa.utils.tensorflow.callback": ["RasaTrainingLogger", "RasaModelCheckpoint"],
    "rasa.utils.tensorflow.data_generator": ["RasaDataGenerator", "RasaBatchDataGenerator"],
}


def without_tensorflow() -> None:
    """Replaces the modules that only neural components need. Does nothing when Rasa is imported already."""
    if "rasa.utils.train_utils" in sys.modules:
        return
    for module_name, class_names in KERAS_CLASSES.items():
        stand_in = ModuleType(module_name)
        for class_name in class_names:
            setattr(stand_in, class_name, type(class_name, (), {}))
        sys.modules[module_name] = stand_in


def with_few_components() -> None:
    """Lets the recipe know only the stock components that `config.yml` may name; our own register themselves."""
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
    from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
    from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
    from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer

    stand_in = ModuleType("rasa.engine.recipes.default_components")
    stand_in.DEFAULT_COMPONENTS = [  # type: ignore[attr-defined]
        CountVectorsFeaturizer,
        FallbackClassifier,
        JiebaTokenizer,
        LogisticRegressionClassifier,
        RulePolicy,
    ]
    sys.modules[stand_in.__name__] = stand_in

"""The model: trained anew when, and only when, something that decides it has changed."""

import os
from pathlib import Path

import pytest

from api.training import dictionary_beside, hash_of_inputs, remove_old_models


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("bot/rasa/domain.yml", "nlu/intents/greet.yml", "nlu/components/x.py", "nlu/heldout/utterances.yml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    return tmp_path


@pytest.mark.parametrize("name", ["bot/rasa/domain.yml", "nlu/intents/greet.yml", "nlu/components/x.py"])
def test_changed_input_changes_the_hash(name: str, checkout: Path) -> None:
    before = hash_of_inputs(checkout, "words")

    (checkout / name).write_text("two")

    assert hash_of_inputs(checkout, "words") != before


def test_new_input_changes_the_hash(checkout: Path) -> None:
    before = hash_of_inputs(checkout, "words")

    (checkout / "nlu/intents/thank.yml").write_text("one")

    assert hash_of_inputs(checkout, "words") != before


def test_dictionary_changes_the_hash(checkout: Path) -> None:
    assert hash_of_inputs(checkout, "words") != hash_of_inputs(checkout, "other words")


@pytest.mark.parametrize(
    "name",
    ["nlu/heldout/utterances.yml", "nlu/development/new.yml", "bot/rasa/__pycache__/serve.pyc", "bot/wording.yml"],
)
def test_what_is_not_trained_on_leaves_the_hash(name: str, checkout: Path) -> None:
    before = hash_of_inputs(checkout, "words")

    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("two")

    assert hash_of_inputs(checkout, "words") == before


def test_newest_models_are_kept(tmp_path: Path) -> None:
    models = [tmp_path / f"{age}.tar.gz" for age in range(5)]
    for age, model in enumerate(models):
        model.touch()
        dictionary_beside(model).touch()
        os.utime(model, (1_000_000 - age, 1_000_000 - age))

    remove_old_models(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        name for age in (0, 1, 2) for name in (f"{age}.tar.gz", f"{age}.dictionary.yml")
    )

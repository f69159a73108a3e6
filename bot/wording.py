"""The system's own sentences, read from `zh.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("zh.yaml")


class Wording:
    """Sentences by key; a key within a group is written `group.key`."""

    def __init__(self, sentences: Mapping[str, str], service_phone: str) -> None:
        self._sentences = sentences
        self._always = {"phone": service_phone}

    def say(self, key: str, /, **values: object) -> str:
        """The sentence with its names filled in. Raises KeyError for an unknown key or a name left empty."""
        return self._sentences[key].format_map({**self._always, **values})

    def knows(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self._sentences


def load_wording(service_phone: str, files: Iterable[Path] = (FILE,)) -> Wording:
    """Reads the files. `service_phone` is the number that sentences name."""
    sentences = {key: said for file in files for key, said in _flat(yaml.safe_load(file.read_text(encoding="utf-8")))}
    return Wording(sentences, service_phone)


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).strip()

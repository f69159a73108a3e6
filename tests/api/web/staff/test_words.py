"""The sentences that staff read: the log tells every act in words, and no key is lost to YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import api
from api.web.staff import pages
from api.web.staff.pages import load_words

NOTED = re.compile(r"note\(\s*[\w.]+,\s*[\w.]+,\s*\"([a-z_.]+)\"")
SOURCES = sorted(Path(api.__file__).parent.rglob("*.py"))
ACTS = sorted({act for file in SOURCES for act in NOTED.findall(file.read_text(encoding="utf-8"))})
FILES = sorted((Path(pages.__file__).parent / "words").glob("*.yaml"))


def keys(tree: dict[Any, Any]) -> Iterator[Any]:
    for key, value in tree.items():
        yield key
        if isinstance(value, dict):
            yield from keys(value)


def test_acts_are_found_in_the_code() -> None:
    assert {"desk.unmask", "staff.add", "guide.bring", "studio.excel"} <= set(ACTS)


@pytest.mark.parametrize("act", [*ACTS, "approval.sent", "switch.bot_off", "order.urge", "calls.done", "desk.closed"])
def test_the_log_names_every_act_in_words(act: str) -> None:
    assert load_words("12345").knows(f"act.{act}")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_key_is_taken_for_yes_or_no(file: Path) -> None:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))

    assert [key for key in keys(found) if not isinstance(key, str)] == []

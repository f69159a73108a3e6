"""Makes HTML of the consoles' templates."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from api.conversations.desk_hours import LOCAL
from api.web.environment import environment_of
from api.web.pages import Static
from bot.wording import Wording, load_wording

FOLDER = Path(__file__).parent
FILES_AT = "/staff/static"


def load_words(service_phone: str) -> Wording:
    """The sentences that staff read and that stand in no template: all files of the folder `words`."""
    return load_wording(service_phone, sorted((FOLDER / "words").glob("*.yaml")))


class StaffPages:
    """Renders templates. Each has `say`, `knows`, `address`, the macros `ui`, and the filters defined below."""

    def __init__(self, words: Wording) -> None:
        self.words = words
        self.static = Static(FOLDER / "static", FILES_AT)
        self._environment = environment_of(FOLDER / "templates")
        self._environment.globals.update(say=words.say, knows=words.knows, address=self.static.address)
        self._environment.globals["ui"] = self._environment.get_template("macros.html").module
        self._environment.filters.update(day=day, minute=minute, stamp=stamp)

    def render(self, template: str, **values: Any) -> str:
        """The page, or a part of one."""
        return self._environment.get_template(template).render(**values)


def day(at: datetime) -> str:
    """2026-11-22, local."""
    return f"{at.astimezone(LOCAL):%Y-%m-%d}"


def minute(at: datetime) -> str:
    """11-22 14:05, local."""
    return f"{at.astimezone(LOCAL):%m-%d %H:%M}"


def stamp(at: datetime) -> str:
    """2026-11-22 14:05:31, local."""
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}"

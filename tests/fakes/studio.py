"""The studio for tests: the real data as the first release, and what a browser finds in its forms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from urllib.parse import urlencode

from api.changes.changes import Changes
from api.changes.reader import ChangeReader
from api.changes.workbench import Workbench
from api.conversations.desk_hours import LOCAL
from api.current_knowledge import CurrentKnowledge
from api.db.engine import build_engine
from api.releases.files import read_folder
from api.releases.store import Releases
from api.releases.workshop import Workshop
from knowledge.entry_kinds import EntryName
from knowledge.loader import DATA
from tests.api.conftest import House, knowledge


@dataclass
class Studio:
    """What stands behind the pages."""

    house: House
    releases: Releases
    changes: Changes

    async def edited(self, number: int) -> dict[EntryName, str | None]:
        """How the entries of a set are to read."""
        return {edit.name: edit.after for edit in await self.changes.edits(number)}


@asynccontextmanager
async def studio_of(house: House) -> AsyncIterator[Studio]:
    """Publishes the real data when nothing is published yet."""
    engine = build_engine(house.settings.sqlalchemy_url, 4)
    releases = Releases(engine)
    if not await releases.list(most=1):
        async with engine.begin() as connection:
            await releases.publish(connection, read_folder(DATA), kind="import", reason="第一次导入")
    workshop = Workshop(house.settings.var_dir / "studio_for_tests", date.today)
    current = CurrentKnowledge(knowledge())
    workbench = Workbench(ChangeReader(engine), releases, workshop, current)
    changes = Changes(engine, releases, workbench, lambda: current.library.regions, lambda: datetime.now(LOCAL))
    yield Studio(house, releases, changes)
    await engine.dispose()


class Filled(HTMLParser):
    """The fields of a form as a browser would send them."""

    def __init__(self, page: str, form: str = "entry-form") -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._wanted, self._inside = form, False
        self._text: str | None = None
        self._select: str | None = None
        self._chosen: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = (given.get("id") or "") == self._wanted
        if not self._inside:
            return
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name:
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.fields.append((name, value))
        elif tag == "textarea":
            self._text = ""
            self.fields.append((name, ""))
        elif tag == "select":
            self._select, self._chosen = name, None
        elif tag == "option" and self._select is not None and ("selected" in given or self._chosen is None):
            self._chosen = value

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            self.fields[-1] = (self.fields[-1][0], self._text.removeprefix("\n"))
            self._text = None
        elif tag == "select" and self._select is not None:
            self.fields.append((self._select, self._chosen or ""))
            self._select = None
        elif tag == "form":
            self._inside = False

    def with_values(self, **values: str | list[str]) -> dict[str, list[str]]:
        """What is sent when some fields are filled anew; two underscores in a name stand for a dot."""
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        for name, given in values.items():
            sent[name.replace("__", ".")] = [given] if isinstance(given, str) else given
        return sent


def address_of(name: EntryName) -> str:
    """An entry's page."""
    return f"/studio/entry?{urlencode(name._asdict())}"


def faults_of(page: str) -> list[str]:
    """What a page says is wrong, at its fields."""
    return re.findall(r'<p class="fault">(.*?)</p>', page)

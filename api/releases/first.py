"""What a process speaks from when it starts: what was published last, before anything else runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import psycopg
import structlog
from pydantic import ValidationError

from api.releases.files import read_folder
from api.releases.store import name_of
from api.releases.workshop import Workshop
from knowledge import model
from knowledge.loader import DATA, KnowledgeError
from knowledge.reference import Reference
from knowledge.yaml_lines import YamlError, read_yaml

log = structlog.get_logger()

MOST_TRIED = 5
"""So many releases are tried, from the newest on, before the folder is spoken from."""
CONNECT_SECONDS = 2
RELEASES = "SELECT number, digest FROM knowledge_release ORDER BY number DESC LIMIT %s"
FILES = """
SELECT path, content FROM knowledge_release_file JOIN knowledge_blob USING (sha256) WHERE release = %s
"""


def first_reference(database_url: str, workshop: Workshop, data: Path = DATA) -> Reference:
    """The newest release that this code can read; before there is any, or without a database, what lies in the folder.

    Raises KnowledgeError when that cannot be read either.
    """
    workshop.needs(phrases_of(data))
    for name, files in _published(database_url):
        try:
            return _ready(Reference(replace(workshop.read(files), release=name)))
        except (KnowledgeError, OSError, LookupError, ValueError, TypeError, AttributeError) as error:
            # Another version of the code published it. What came before it is tried; the health page tells of it.
            log.error("release_unreadable", release=name, error=f"{type(error).__name__}: {error}")
    return _ready(Reference(workshop.read(read_folder(data))))


def _ready(reference: Reference) -> Reference:
    reference.complete()
    return reference


def phrases_of(data: Path) -> Mapping[str, str]:
    """What the code of this checkout says; nothing where the file cannot be read, which the check tells."""
    try:
        content, _ = read_yaml(data / "national" / "phrases.yaml")
        return model.Phrases.model_validate(content).phrases
    except (YamlError, ValidationError, OSError):
        return {}


def _published(database_url: str) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Name and files of the releases, the newest first. None where the database is away, or has no tables yet."""
    try:
        with psycopg.connect(database_url, connect_timeout=CONNECT_SECONDS) as connection:
            for number, digest in connection.execute(RELEASES, (MOST_TRIED,)).fetchall():
                with connection.cursor(binary=True) as cursor:
                    yield name_of(number, digest), dict(cursor.execute(FILES, (number,)).fetchall())
    except psycopg.Error as error:
        log.warning("releases_not_reached", error=type(error).__name__)

"""Brings a database to the newest form: checks that it can be used, then runs the migrations that it lacks."""

from pathlib import Path
from urllib.parse import urlsplit

import psycopg

OLDEST_SERVER = 15
TRACKER_SCHEMA = "rasa"
MIGRATIONS = Path(__file__).parent / "migrations"
# libpq waits this long for each address of a host.
CONNECT_SECONDS = 2


class DatabaseUnusable(Exception):
    """The database cannot be used; the message says why in one line and holds no password."""


def described(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    return f"{parts.hostname or 'local socket'}{f':{parts.port}' if parts.port else ''}{parts.path}"


def connect(url: str) -> psycopg.Connection:
    """A connection in autocommit; raises DatabaseUnusable."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines() or ["no reason given"]
        raise DatabaseUnusable(f"Database {described(url)} cannot be reached: {reason[-1].strip()}") from None


def upgrade(url: str) -> None:
    """Makes Rasa's schema and runs the migrations. Safe to call from several processes at once.

    url: postgresql://... Raises DatabaseUnusable.
    """
    with connect(url) as connection:
        version = connection.info.server_version // 10000
        if version < OLDEST_SERVER:
            raise DatabaseUnusable(f"Database {described(url)} is PostgreSQL {version}; {OLDEST_SERVER} is needed.")
        try:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {TRACKER_SCHEMA}")
        except psycopg.Error as error:
            raise DatabaseUnusable(f"Database {described(url)}: schema '{TRACKER_SCHEMA}': {error}") from None
    # Alembic and SQLAlchemy are heavy; who only wants to reach the database does without them.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, "head")

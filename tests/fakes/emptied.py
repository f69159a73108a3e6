"""Empties the database between tests, a hundred times as fast as TRUNCATE of all tables, which makes new files."""

from __future__ import annotations

import psycopg
from psycopg import sql

from api.db.models import Base

EMPTY = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOREACH name IN ARRAY {tables}::text[] LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
END $$
"""
"""Without the checks of references, as everything goes; numbers start again at 1."""


def empty(database_url: str) -> None:
    """Leaves the tables as an upgrade of an empty database leaves them."""
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_stays")
        connection.execute(sql.SQL(EMPTY).format(tables=sql.Literal(list(Base.metadata.tables))))
        connection.execute("ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_stays")

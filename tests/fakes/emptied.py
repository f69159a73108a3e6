"""Empties the database between tests, a hundred times as fast as TRUNCATE of all tables, which makes new files."""

from __future__ import annotations

import psycopg

from api.db.models import Base

EMPTY = ";\n".join(
    (
        "SET LOCAL session_replication_role = replica",  # Without the checks of references, as everything goes.
        "ALTER TABLE audit DISABLE TRIGGER audit_stays",
        *(str(table.delete()) for table in Base.metadata.tables.values()),
        "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_stays",
        """
        SELECT setval(format('public.%I', sequencename), start_value, false) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
        """,
    )
)
"""Numbers start again at 1."""


def empty(database_url: str) -> None:
    """Leaves the tables as an upgrade of an empty database leaves them."""
    with psycopg.connect(database_url) as connection:
        connection.execute(EMPTY.encode())

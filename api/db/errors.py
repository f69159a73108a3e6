"""What a log may say of an error: its kind and place, never its text, which can hold what somebody wrote."""

from __future__ import annotations

from psycopg import Error
from sqlalchemy.exc import DBAPIError


def kind_of(error: Exception) -> str:
    """The error's class, and which rule of the database it broke: IntegrityError told_notice_notice_id_fkey."""
    origin = error.orig if isinstance(error, DBAPIError) else None
    rule = origin.diag.constraint_name if isinstance(origin, Error) else None
    return " ".join(filter(None, (type(error).__name__, rule)))

"""Whether anybody could sign in, for the command that starts the product."""

from __future__ import annotations

from api.db.upgrade import connect


def has_staff(url: str) -> bool:
    """Whether there is an open account. url: postgresql://... Raises DatabaseUnusable."""
    with connect(url) as connection:
        return connection.execute("SELECT FROM staff WHERE is_active LIMIT 1").fetchone() is not None

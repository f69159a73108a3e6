"""The one connection pool of the process."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECT_TIMEOUT_SECONDS = 2
POOL_TIMEOUT_SECONDS = 3
# A statement that hangs, for example on a network that swallows packets, must not outlive the response it serves.
SESSION_OPTIONS = "-c statement_timeout=10000 -c lock_timeout=5000 -c timezone=UTC"


def build_engine(sqlalchemy_url: str, connections: int) -> AsyncEngine:
    """A pool of at most so many connections that connects when first used and heals by itself.

    Parameters never appear in its errors, because they carry what people wrote.
    """
    return create_async_engine(
        sqlalchemy_url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_TIMEOUT_SECONDS, "options": SESSION_OPTIONS},
    )

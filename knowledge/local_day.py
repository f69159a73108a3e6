"""The date where the service is."""

from __future__ import annotations

from datetime import date, datetime

from knowledge.calendar import LOCAL


def local_today() -> date:
    """Today's date, wherever the machine stands."""
    return datetime.now(LOCAL).date()

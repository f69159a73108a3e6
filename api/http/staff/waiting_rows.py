"""The rows of those who wait, each made once for all counselors: only the token in its form is everybody's own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from api.desk.queue import Waiting
from api.staff.sessions import Signed
from api.web.staff.pages import StaffPages

MOST_KEPT = 2_000
TOKEN = secrets.token_urlsafe(16)
"""Stands where the token goes; nobody can write it."""


class WaitingRows:
    """Given to the pages that show the queue."""

    def __init__(self, pages: StaffPages) -> None:
        @lru_cache(MOST_KEPT)
        def made(one: Waiting) -> str:
            return pages.render("desk/waiting_row.html", one=one, signed={"csrf": TOKEN}, path="")

        self._made = made

    def of(self, waiting: Sequence[Waiting], signed: Signed) -> Markup:
        """All rows as this counselor gets them."""
        rows = "".join(self._made(one) for one in waiting)
        return Markup(rows.replace(TOKEN, str(escape(signed.csrf))))  # noqa: S704, the template has escaped all else

"""Makes HTML of what is done with personal data, and of what is kept of a person."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from api.web.environment import environment_of
from api.web.pages import FOLDER, Static
from bot.channels.web import Web
from bot.channels.web_view import View


class OwnPages:
    """Renders both pages."""

    def __init__(self, service_phone: str, static: Static) -> None:
        environment = environment_of(FOLDER / "templates")
        environment.globals.update(
            phone=service_phone,
            address=static.address,
            action=Web.path,
            new_id=lambda: secrets.token_urlsafe(18),
        )
        environment.filters["moment"] = _moment
        self._privacy = environment.get_template("privacy.html")
        self._my_data = environment.get_template("my_data.html")

    def privacy(self, view: View) -> str:
        """What is done with personal data."""
        return self._privacy.render(view=view)

    def my_data(self, view: View, record: dict[str, Any] | None) -> str:
        """What is kept; nothing when the browser has said nothing yet."""
        return self._my_data.render(view=view, record=record)


def _moment(written: str) -> str:
    at = datetime.fromisoformat(written)
    return f"{at.year} 年 {at.month} 月 {at.day} 日 {at.hour}:{at.minute:02d}"

"""Makes HTML of a printed list, and of what stands in its place when there is none."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from actions.slip import Slip
from api.web.environment import environment_of
from api.web.pages import Static
from api.web.paper_fit import first_sentence, print_classes

TEMPLATES = Path(__file__).parent / "templates"


class SlipPages:
    """Renders the pages."""

    def __init__(self, service_phone: str, static: Static) -> None:
        self._phone = service_phone
        environment = environment_of(TEMPLATES)
        environment.filters.update(day=_day, first=first_sentence, rest=_further_sentences)
        environment.globals.update(phone=service_phone, address=static.address)
        self._page = environment.get_template("slip.html")
        self._missing = environment.get_template("slip_missing.html")

    def page(self, slip: Slip, release: str, token: str, is_old: bool = False, is_large: bool = False) -> str:
        """The list. is_old: the knowledge has changed since it was made. is_large: two pages rather than one."""
        usual, large = (print_classes(slip, self._phone, is_large=one) for one in (False, True))
        return self._page.render(
            slip=slip,
            release=release,
            token=token,
            is_old=is_old,
            is_large=is_large,
            fit=large if is_large else usual,
            can_be_larger=usual != large,
        )

    def gone(self) -> str:
        """That the link opens nothing, whatever the reason."""
        return self._missing.render(is_away=False)

    def away(self) -> str:
        """That the list cannot be fetched at the moment."""
        return self._missing.render(is_away=True)


def _day(day: date | datetime) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _further_sentences(text: str) -> str:
    return text[len(first_sentence(text)) :]

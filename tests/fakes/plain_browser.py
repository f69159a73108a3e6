"""A browser without a script: it posts the page's forms and reads what comes back."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.api.conftest import House

PATH = "/channels/web/messages"
NONCE = "n" * 24
SCRIPT = {"accept": "application/json"}


async def post(
    house: House, nonce: str = NONCE, headers: dict[str, str] | None = None, **fields: Any
) -> httpx.Response:
    """Posts the form as a browser does that has seen the page."""
    if not house.http.cookies:
        await house.http.get("/")
    return await house.http.post(PATH, data={"message_id": nonce, **fields}, headers=headers)


async def page(house: House) -> str:
    """The page as it stands now."""
    response = await house.http.get("/")
    assert response.status_code == 200
    return response.text


def choices_of(html: str) -> list[str]:
    """The choices that the page offers as buttons."""
    return re.findall(r'name="choice" value="([^"]+)"', html)

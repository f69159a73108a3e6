"""Talks to the Rasa server: masked text in, what the actions answered out."""

from __future__ import annotations

from typing import Any

import httpx
from pydantic import ValidationError

from bot.message import ActionResult

WEBHOOK = "/webhooks/rest/webhook"
PROBE_TIMEOUT_SECONDS = 1.0


class TryAgain(Exception):
    """The turn could not be finished now and left no trace; the message stays unhandled."""


class RasaAway(TryAgain):
    """Rasa cannot be reached or did not answer in time."""


class RasaFailed(TryAgain):
    """Rasa was reached, but the message was not handled to its end."""


class RasaClient:
    """One Rasa server. Sends nothing while it is known to be away."""

    def __init__(self, http: httpx.AsyncClient, timeout_seconds: float) -> None:
        """`http` has Rasa's address as its base."""
        self._http = http
        self._timeout_seconds = timeout_seconds
        self.is_away = False

    async def ask(self, sender: str, text: str, metadata: dict[str, Any]) -> list[ActionResult]:
        """What the actions of this turn answered, in order. Raises RasaAway or RasaFailed."""
        if self.is_away:
            raise RasaAway("known to be away")
        body = {"sender": sender, "message": text, "metadata": metadata}
        try:
            response = await self._http.post(WEBHOOK, json=body, timeout=self._timeout_seconds)
        except httpx.TransportError as error:
            raise RasaAway(type(error).__name__) from error
        if response.status_code != httpx.codes.OK:
            raise RasaFailed(f"status {response.status_code}")
        return _results(response)

    async def probe(self) -> bool:
        """Asks whether Rasa is up (its port opens only when the model is loaded) and remembers the answer."""
        try:
            response = await self._http.get("/", timeout=PROBE_TIMEOUT_SECONDS)
        except httpx.TransportError:
            self.is_away = True
        else:
            self.is_away = response.status_code != httpx.codes.OK
        return not self.is_away


def _results(response: httpx.Response) -> list[ActionResult]:
    """The actions' answers; an empty list is Rasa's way of saying that handling failed."""
    try:
        answers = [ActionResult.model_validate(message["custom"]) for message in response.json()]
    except (ValueError, TypeError, KeyError, ValidationError) as error:
        raise RasaFailed(f"an answer that is none: {type(error).__name__}") from error
    if not answers:
        raise RasaFailed("an empty answer")
    return answers

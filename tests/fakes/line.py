"""The other end of the hotline: signs as a line does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx
from standardwebhooks import Webhook


class Line:
    """A client that posts messages and fetches later replies."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        secret: str,
        channel: str = "hotline",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.http = http
        self._now = now
        self._webhook = Webhook(secret)
        self._path = f"/channels/{channel}"

    def headers(self, body: str, at: datetime | None = None) -> dict[str, str]:
        """Signed headers for a body."""
        at = (at or self._now()).astimezone(UTC)
        signature = self._webhook.sign("msg", at, body)
        return {"webhook-id": "msg", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}

    async def post(self, body: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Posts any body, rightly signed unless other headers are given."""
        signed = self.headers(body) if headers is None else headers
        return await self.http.post(f"{self._path}/messages", content=body.encode(), headers=signed)

    async def send(self, text: str, message_id: str, session_id: str = "s-1", **more: Any) -> dict[str, Any]:
        """Posts a message and returns the answer, which must be one."""
        body = {"message_id": message_id, "session_id": session_id, "text": text, **more}
        response = await self.post(json.dumps(body, ensure_ascii=False))
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def later(self, session_id: str = "s-1", after: int | str = "", **more: str) -> list[dict[str, Any]]:
        """The replies that came later."""
        path = f"{self._path}/sessions/{quote(session_id, safe='')}/messages"
        response = await self.http.get(path, params={"after": after, **more}, headers=self.headers(""))
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

"""The client of WeChat's interface for Official Accounts: customer-service messages, and the token that they need."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx

from api.channels.carrier import Failed, Refused, Spent, TooFast, Unreachable
from api.channels.pushed_line import PushedLine
from api.conversations.arrivals import Arrivals
from api.settings import Settings
from bot.channels.arrivals import Call
from bot.channels.wechat import WeChat
from bot.wording import Wording

TIMEOUT_SECONDS = 7.0
RENEWED_BEFORE_SECONDS = 300.0
PAUSE_SECONDS = 60.0
METHODS = {"custom_send": "/cgi-bin/message/custom/send"}

# The error codes of developers.weixin.qq.com, 全局返回码.
TOKEN_OVER = {40001, 40014, 42001}
TOO_FAST = {45009, 45011}
SPENT = {45015, 45047}
GONE = {40003, 43004, 43019}
NEVER_TAKEN = {44004, 45002, 45008, 87014}


class WeChatClient:
    """Asks WeChat. What it raises and logs names neither secret nor token nor what was sent."""

    def __init__(
        self, app_id: str, secret: str, api_url: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._who = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
        self._http = httpx.AsyncClient(base_url=api_url.rstrip("/"), timeout=TIMEOUT_SECONDS, transport=transport)
        self._token, self._renew_at = "", 0.0
        self._fetching = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def carry(self, call: Call) -> None:
        """One method of the interface. Raises as a Carrier does."""
        token = await self._valid_token()
        code = await self._ask(call, token)
        if code in TOKEN_OVER:
            code = await self._ask(call, await self._valid_token(instead_of=token))
        if code in TOO_FAST:
            raise TooFast(PAUSE_SECONDS)
        if code in SPENT:
            raise Spent
        if code in GONE:
            raise Unreachable(str(code))
        if code in NEVER_TAKEN:
            raise Refused(str(code))
        if code:
            raise Failed(str(code))

    async def _ask(self, call: Call, token: str) -> int:
        answer = await self._post(METHODS[call.method], call.arguments, {"access_token": token})
        return int(answer.get("errcode", 0))

    async def _valid_token(self, instead_of: str = "") -> str:
        """The token, fetched when there is none, it is nearly over, or it is the one that WeChat no longer takes."""
        async with self._fetching:
            if self._token in ("", instead_of) or time.monotonic() >= self._renew_at:
                wanted = {**self._who, "force_refresh": bool(instead_of)}
                answer = await self._post("/cgi-bin/stable_token", wanted, {})
                if not isinstance(answer.get("access_token"), str):
                    raise Failed(f"no token: {answer.get('errcode')}")
                self._token = answer["access_token"]
                self._renew_at = time.monotonic() + float(answer.get("expires_in", 0)) - RENEWED_BEFORE_SECONDS
            return self._token

    async def _post(self, path: str, content: Any, query: dict[str, str]) -> dict[str, Any]:
        # WeChat shows escapes as they are written, so the text goes as UTF-8.
        body = json.dumps(content, ensure_ascii=False).encode()
        try:
            response = await self._http.post(
                path, content=body, params=query, headers={"content-type": "application/json"}
            )
            answer = response.json() if response.is_success else None
        except (httpx.HTTPError, ValueError) as error:
            raise Failed(type(error).__name__) from None
        if not isinstance(answer, dict) or not isinstance(answer.get("errcode", 0), int):
            raise Failed(f"status {response.status_code}")
        return answer


def wechat_line(
    settings: Settings, wording: Wording, clock: Callable[[], datetime], transport: httpx.AsyncBaseTransport | None
) -> PushedLine | None:
    """The line, for an account that is set."""
    token, secret = settings.wechat_token.get_secret_value(), settings.wechat_secret.get_secret_value()
    if not (settings.wechat_app_id and token and secret):
        return None
    channel = WeChat(settings.wechat_app_id, token, settings.wechat_aes_key.get_secret_value(), wording)
    client = WeChatClient(settings.wechat_app_id, secret, settings.wechat_api_url, transport)
    return PushedLine(channel, client, nothing_to_tend)


def nothing_to_tend(_: Arrivals) -> Coroutine[None, None, None]:
    """WeChat is told our address by hand, on its own page."""
    return asyncio.sleep(0)

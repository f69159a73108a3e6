"""The one generic route that lets a channel in, and the one that lets its client fetch later replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.conversations.intake import Intake
from api.conversations.outbox import replies_after
from api.http.bodies import read_body
from bot.channels.channel import Channel, PolledChannel, Unusable
from bot.channels.strict_json import is_storable

LARGEST_CURSOR = 2**63 - 1


def channel_routes(channel: Channel, intake: Intake, clock: Callable[[], datetime]) -> APIRouter:
    """Where messages of a channel come in. The answer is in the response."""
    router = APIRouter()

    @router.post(channel.path)
    async def receive(request: Request) -> Response:
        body = await read_body(request)
        now = clock()
        channel.verify(headers_of(request), body, now)
        inbound = channel.parse(body, now)
        return JSONResponse(channel.render(inbound, await intake.answer(inbound)))

    return router


def later_routes(
    channel: PolledChannel, engine: AsyncEngine, clock: Callable[[], datetime], is_pushed: bool = False
) -> APIRouter:
    """Where a channel's client fetches what came later. is_pushed: it is posted to the client as well."""
    router = APIRouter()

    # A session may be named with a slash.
    @router.get(channel.later_path.replace("{session_id}", "{session_id:path}"))
    async def fetch(request: Request, session_id: str) -> Response:
        channel.verify(headers_of(request), await read_body(request), clock())
        cursor = read_cursor(request.query_params.get("after", ""))
        if not is_storable(session_id):
            raise Unusable("session_id: must be Unicode text without NUL")
        replies = await replies_after(engine, channel.name, session_id, cursor, is_pushed)
        to_operator = request.query_params.get("operator") == "true"
        return JSONResponse(channel.render_later(replies, to_operator))

    return router


def headers_of(request: Request) -> Mapping[bytes, bytes]:
    """The headers as they came; of several with one name the last."""
    return dict(request.headers.raw)


def read_cursor(written: str) -> int:
    """A cursor; an empty one stands before all replies. Raises Unusable."""
    if not written:
        return 0
    if not re.fullmatch(r"[0-9]{1,19}", written) or int(written) > LARGEST_CURSOR:
        raise Unusable("after: must be a cursor that this address has returned")
    return int(written)

"""The one generic route where platforms deliver. It answers with a receipt, or with an answer that came in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.channels.carrier import Afterwards
from api.channels.pushed_line import PushedLine
from api.conversations.arrivals import Arrivals
from api.http.bodies import read_body
from api.http.channels import headers_of
from api.http.in_response import InResponse
from bot.channels.arrivals import Delivery
from bot.channels.channel import EchoingChannel, Unauthorised


def pushed_routes(
    line: PushedLine, arrivals: Arrivals, in_response: InResponse | None, clock: Callable[[], datetime]
) -> APIRouter:
    """Where a platform delivers. Strangers get 403, all else 200 once it is stored; 5xx makes it come again."""
    router = APIRouter()
    afterwards = Afterwards(line.carrier)
    channel = line.channel

    @router.post(channel.path)
    async def receive(request: Request) -> Response:
        began = time.monotonic()
        delivery = Delivery(headers_of(request), request.query_params, await read_body(request))
        now = clock()
        try:
            channel.verify(delivery, now)
        except Unauthorised:
            raise HTTPException(HTTPStatus.FORBIDDEN) from None
        brought = await arrivals.take(channel, delivery.body, now, is_ordered=False)
        afterwards.ask(brought)
        if in_response and brought:
            return await in_response.answer(delivery, brought[0], now, began)
        return Response(channel.receipt)

    if isinstance(channel, EchoingChannel):
        echo = channel.echo

        @router.get(channel.path)
        async def introduce(request: Request) -> Response:
            try:
                said = echo(Delivery(headers_of(request), request.query_params, b""), clock())
            except Unauthorised:
                raise HTTPException(HTTPStatus.FORBIDDEN) from None
            return Response(said, media_type="text/plain")

    return router

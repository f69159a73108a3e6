"""The one generic route where platforms deliver. What it answers is a receipt; replies go out by themselves."""

from __future__ import annotations

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
from bot.channels.arrivals import Delivery
from bot.channels.channel import Unauthorised


def pushed_routes(line: PushedLine, arrivals: Arrivals, clock: Callable[[], datetime]) -> APIRouter:
    """Where a platform delivers. Strangers get 403, all else 200 once it is stored; 5xx makes it come again."""
    router = APIRouter()
    afterwards = Afterwards(line.carrier)

    @router.post(line.channel.path)
    async def receive(request: Request) -> Response:
        delivery = Delivery(headers_of(request), request.query_params, await read_body(request))
        now = clock()
        try:
            line.channel.verify(delivery, now)
        except Unauthorised:
            raise HTTPException(HTTPStatus.FORBIDDEN) from None
        afterwards.ask(await arrivals.take(line.channel, delivery.body, now, is_ordered=False))
        return Response(line.channel.receipt)

    return router

"""Why this answer: what staff are told of how a message came to its replies."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.conversations.transcript import turn_of
from api.http.internal import Internal


def why_routes(engine: AsyncEngine, inside: Internal) -> APIRouter:
    """`GET /api/v1/answers/{turn_id}/why`. 404 for strangers and for a turn that is not there."""
    router = APIRouter()

    @router.get("/api/v1/answers/{turn_id}/why")
    async def why(turn_id: uuid.UUID, request: Request) -> Response:
        inside.admit(request)
        async with engine.connect() as connection:
            told = await turn_of(connection, turn_id)
        if not told:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        said = "".join(one.text for one in told if one.speaker == "person")
        replies = [
            {
                "kind": one.reply["kind"],
                "text": one.text,
                "release": one.knowledge_release,
                "knowledge_ids": one.reply["data"].get("knowledge_ids", []),
                "citations": one.reply["citations"],
                "why": one.why,
            }
            for one in told
            if one.reply
        ]
        return JSONResponse({"turn_id": str(turn_id), "said": said, "replies": replies})

    return router

"""What routes raise for something that does not exist, or is not this person's business."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException


def not_found() -> HTTPException:
    """Both look the same from outside."""
    return HTTPException(HTTPStatus.NOT_FOUND)

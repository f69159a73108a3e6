"""The OpenAPI document of what departments call, made from the shapes that are read and answered."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal

import yaml
from fastapi import APIRouter
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse, Response

from api.cases.answers import OpenedCase, TakenEvent, WholeCase
from api.cases.bodies import CaseBody, EventBody
from api.cases.keys import SCOPES
from api.http.cases import CASE, CASES, EVENTS

PATH = "/api/v1/openapi.json"
EXAMPLES = Path(__file__).with_name("cases_examples.yaml")
REFERENCE = "#/components/schemas/{model}"
PROBLEM = "application/problem+json"
ERRORS = {
    401: "No key was shown, or one that is unknown or revoked.",
    403: "The key lacks the scope, or is not for this region.",
    404: "There is no such case for this key; the same answer for a case of another region.",
    408: "The body did not arrive in time.",
    409: "The same number was sent before with another content; nothing was changed.",
    413: "The body is over 256 KiB.",
    422: "The body cannot be used. `errors` names every fault by its field; nothing was stored.",
    503: "The database is away; try again after the named seconds.",
}


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class FieldFault(BaseModel):
    """One fault. field: a path such as applicant.id_number or items[2]; body for the whole."""

    field: str
    problem: str


class FaultyProblem(Problem):
    """Problem details that name every fault."""

    errors: list[FieldFault]


def document_routes(version: str) -> APIRouter:
    """`GET /api/v1/openapi.json`, open to everybody."""
    router = APIRouter()
    document = document_of(version)

    @router.get(PATH)
    async def openapi() -> Response:
        return JSONResponse(document)

    return router


def document_of(version: str) -> dict[str, Any]:
    """The whole document."""
    examples = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tuiyi: cases",
            "version": version,
            "description": "How departments and the provincial platform open cases, report what became of them, and "
            "read them. Every call needs a key with the scope that the operation names.",
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": _paths(examples),
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": f"A key of `tuiyi key add`. Scopes: {', '.join(SCOPES)}.",
                }
            },
            "schemas": _schemas(examples),
        },
    }


def _paths(examples: Mapping[str, Any]) -> dict[str, Any]:
    number = {
        "name": "case_no",
        "in": "path",
        "required": True,
        "description": "The case's number; blanks, hyphens and case do not matter.",
        "schema": {"type": "string", "minLength": 1},
        "example": examples["OpenedCase"]["case_no"],
    }
    return {
        CASES: {
            "post": {
                "operationId": "openCase",
                "summary": "Open a case",
                "description": "Scope `cases:create`. A `platform_no` that is known opens no second case.",
                "requestBody": _body("CaseBody", examples),
                "responses": {
                    "201": _answer("The case is open.", "OpenedCase", examples),
                    "200": _answer("It was open already, with the same content.", "OpenedCase", examples),
                    **_errors(examples, 401, 403, 408, 409, 413, 422, 503),
                },
            }
        },
        CASE: {
            "parameters": [number],
            "get": {
                "operationId": "readCase",
                "summary": "Read a case with its history",
                "description": "Scope `cases:read`. The applicant's numbers are never given back.",
                "responses": {
                    "200": _answer("The case.", "WholeCase", examples),
                    **_errors(examples, 401, 403, 404, 503),
                },
            },
        },
        EVENTS: {
            "parameters": [number],
            "post": {
                "operationId": "reportEvent",
                "summary": "Report what became of an item",
                "description": "Scope `cases:events`. May be repeated, come late and in any order. A status that "
                "nobody has mapped is stored as `unrecognised`, and a person looks into it.",
                "requestBody": _body("EventBody", examples),
                "responses": {
                    "202": _answer("The event is stored, now or before.", "TakenEvent", examples),
                    **_errors(examples, 401, 403, 404, 408, 409, 413, 422, 503),
                },
            },
        },
        PATH: {
            "get": {
                "operationId": "readDocument",
                "summary": "This document",
                "security": [],
                "responses": {"200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {}}}}},
            }
        },
    }


def _body(model: str, examples: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": _shape(model, examples)}}


def _answer(description: str, model: str, examples: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": _shape(model, examples)}}


def _errors(examples: Mapping[str, Any], *statuses: int) -> dict[str, Any]:
    return {str(status): _error(status, examples) for status in statuses}


def _error(status: int, examples: Mapping[str, Any]) -> dict[str, Any]:
    told = {"description": ERRORS[status], "content": {PROBLEM: _shape(_problem_of(status), examples)}}
    headers = {
        HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate", "string"),
        HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After", "integer"),
    }
    if named := headers.get(HTTPStatus(status)):
        told["headers"] = {named[0]: {"schema": {"type": named[1]}}}
    return told


def _problem_of(status: int) -> str:
    return "FaultyProblem" if status == HTTPStatus.UNPROCESSABLE_ENTITY else "Problem"


def _shape(model: str, examples: Mapping[str, Any]) -> dict[str, Any]:
    return {"schema": {"$ref": REFERENCE.format(model=model)}, "example": examples[model]}


def _schemas(examples: Mapping[str, Any]) -> dict[str, Any]:
    read: list[type[BaseModel]] = [CaseBody, EventBody]
    answered: list[type[BaseModel]] = [OpenedCase, TakenEvent, WholeCase, Problem, FaultyProblem]
    wanted: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = [
        *((model, "validation") for model in read),
        *((model, "serialization") for model in answered),
    ]
    _, made = models_json_schema(wanted, ref_template=REFERENCE)
    schemas: dict[str, Any] = made["$defs"]
    for name, schema in schemas.items():
        if name in examples:
            schema["examples"] = [examples[name]]
    return schemas

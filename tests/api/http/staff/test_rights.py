"""Every route of the consoles names a right, and every role gets what the table gives it: each endpoint × each role."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from api.http.staff.door import HARMLESS, Needs
from api.http.staff.headers import CONSOLES
from api.main import Surroundings, create_app
from api.settings import Settings
from api.staff.rights import RIGHTS, ROLES, Right
from tests.api.conftest import House, knowledge
from tests.fakes.rasa import FakeRasa
from tests.fakes.staff import signed_in

OPEN = {"/staff/sign-in", "/staff/static/{digest}/{name}"}
"""What nobody has to be signed in for."""


def app_of(settings: Settings) -> FastAPI:
    return create_app(settings, Surroundings(knowledge=knowledge, rasa=FakeRasa(), when_broken=lambda: None))


def all_routes(app: FastAPI) -> list[BaseRoute]:
    """Also those that stand in routers."""
    return [one.original_route for one in iter_route_contexts(app.routes)]


def routes_of(app: FastAPI) -> list[APIRoute]:
    """The routes of the consoles that not everybody may use."""
    found = [one for one in all_routes(app) if isinstance(one, APIRoute)]
    return [one for one in found if CONSOLES.match(one.path) and one.path not in OPEN]


def rights_asked(dependant: Dependant) -> Iterator[Right]:
    if isinstance(dependant.call, Needs):
        yield dependant.call.right
    for inner in dependant.dependencies:
        yield from rights_asked(inner)


def address_of(route: APIRoute) -> str:
    """An address of the route, about something that does not exist."""
    return re.sub(r"\{[^}]*\}", "00000000-0000-0000-0000-000000000000", route.path)


def test_every_route_names_one_right(settings: Settings) -> None:
    named = {one.path: list(rights_asked(one.dependant)) for one in routes_of(app_of(settings))}

    assert {path: rights for path, rights in named.items() if len(rights) != 1} == {}
    assert {"/desk", "/studio", "/staff", "/staff/sign-out"} <= set(named)


def test_nothing_but_routes_lies_under_the_consoles(settings: Settings) -> None:
    others = [one for one in all_routes(app_of(settings)) if not isinstance(one, APIRoute)]

    assert [one for one in others if CONSOLES.match(getattr(one, "path", ""))] == []


def test_every_right_is_somebodys_and_the_roles_are_told_apart() -> None:
    assert all(RIGHTS.values())
    assert len({frozenset(right for right in RIGHTS if role in RIGHTS[right]) for role in ROLES}) == len(ROLES)


@pytest.mark.parametrize("role", [*ROLES, None])
async def test_every_endpoint_refuses_whom_it_is_not_for(house: House, role: str | None) -> None:
    browser = signed_in(house, *([role] if role else []))
    wrong = []
    for route in routes_of(app_of(house.settings)):
        [right] = rights_asked(route.dependant)
        if role in RIGHTS[right]:
            continue
        for method in sorted(route.methods):
            response = await browser.send(method, address_of(route), headers={"x-csrf-token": "c" * 43})
            if response.status_code != 403:
                wrong.append((method, route.path, response.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
async def test_every_endpoint_lets_in_whom_it_is_for(house: House, role: str) -> None:
    wrong, asked = [], 0
    for route in routes_of(app_of(house.settings)):
        [right] = rights_asked(route.dependant)
        for method in sorted(route.methods) if role in RIGHTS[right] and not route.path.endswith("/events") else []:
            browser, asked = signed_in(house, role), asked + 1
            response = await browser.send(method, address_of(route), headers={"x-csrf-token": "c" * 43})
            led_away = response.headers.get("location", "").startswith("/staff/sign-in?")
            if response.status_code in (401, 403, 500) or led_away:
                wrong.append((method, route.path, response.status_code))

    assert wrong == []
    assert asked


async def test_strangers_get_nothing(house: House) -> None:
    wrong = []
    for route in routes_of(app_of(house.settings)):
        for method in sorted(route.methods):
            as_script = await house.http.request(method, address_of(route))
            as_person = await house.http.request(method, address_of(route), headers={"accept": "text/html"})
            expected = 303 if method in HARMLESS else 401
            if (as_script.status_code, as_person.status_code) != (401, expected):
                wrong.append((method, route.path, as_script.status_code, as_person.status_code))

    assert wrong == []


async def test_no_post_works_without_the_token_of_its_session(house: House) -> None:
    wrong = []
    for route in routes_of(app_of(house.settings)):
        [right] = rights_asked(route.dependant)
        browser = signed_in(house, sorted(RIGHTS[right])[0])
        for method in sorted(route.methods - set(HARMLESS)):
            for data in ({}, {"csrf": ""}, {"csrf": "d" * 43}):
                response = await browser.send(method, address_of(route), data=data)
                if response.status_code != 403 and not (data == {} and response.status_code == 413):
                    wrong.append((method, route.path, data, response.status_code))

    assert wrong == []

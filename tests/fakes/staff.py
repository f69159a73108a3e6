"""Staff for tests: somebody who is signed in, without the tenth of a second that a password takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count

import httpx

from api.http.staff.door import COOKIE
from api.staff.passwords import NOBODY
from api.staff.sessions import digest_of
from tests.api.conftest import House

PAGE = {"accept": "text/html"}
CSRF = "c" * 43
numbers = count(1)


@dataclass
class Browser:
    """Somebody's browser. `get` and `post` ask as a page does; `post` carries the form's token."""

    house: House
    login: str
    token: str
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, address: str, **options: object) -> httpx.Response:
        """Follows a link."""
        return await self.send("GET", address, **options)

    async def post(self, address: str, csrf: str = CSRF, **fields: str | list[str]) -> httpx.Response:
        """Sends a form."""
        return await self.send("POST", address, data={"csrf": csrf, **fields})

    async def send(self, method: str, address: str, **options: object) -> httpx.Response:
        """Any request; keeps the cookies that it gives."""
        jar = {COOKIE: self.token, **self.cookies}
        headers = {**PAGE, "cookie": "; ".join(f"{name}={value}" for name, value in jar.items() if value)}
        headers.update(options.pop("headers", {}))  # type: ignore[call-overload]
        response = await self.house.http.request(method, address, headers=headers, **options)  # type: ignore[arg-type]
        self.house.http.cookies.clear()
        for set_cookie in response.headers.get_list("set-cookie"):
            name, value = set_cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value.strip('"')
        return response


def signed_in(house: House, *roles: str, login: str = "", name: str = "张三", regions: tuple[str, ...] = ()) -> Browser:
    """A browser in which somebody with these roles is signed in."""
    login = login or f"{'_'.join(roles) or 'nobody'}{next(numbers)}"
    token = f"token-of-{login}"
    [(staff,)] = house.rows(
        "INSERT INTO staff (login, name, password_hash, roles, regions) VALUES (%s, %s, %s, %s, %s) RETURNING id",
        login,
        name,
        NOBODY,
        list(roles),
        list(regions),
    )
    house.change(
        "INSERT INTO staff_session (digest, staff_id, csrf) VALUES (%s, %s, %s)", digest_of(token), staff, CSRF
    )
    return Browser(house, login, token)


def text_of(response: httpx.Response) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.text).split())

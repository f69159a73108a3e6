"""How the pages look: a version, a size of type, more contrast. Kept in a cookie that says nothing about the person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from typing import Literal, cast

VIEW_COOKIE = "tuiyi_view"
LARGEST = 3
"""Sizes are counted from 0; in both versions the largest is 30 px."""

Version = Literal["elder", "standard"]


@dataclass(frozen=True)
class View:
    """What the person chose; at first sight the version for older people."""

    version: Version = "elder"
    size: int = 0
    is_high: bool = False
    """Black and white, nothing between."""

    @property
    def cookie(self) -> str:
        """As it is kept."""
        return f"{self.version}.{self.size}.{'high' if self.is_high else 'plain'}"

    def changed(self, fields: Mapping[str, str]) -> View:
        """The view after a form; whatever is no choice changes nothing."""
        version, size, contrast = (fields.get(name, "") for name in ("version", "size", "contrast"))
        view = self
        if version in ("elder", "standard"):
            view = replace(view, version=cast(Version, version))
        if re.fullmatch(f"[0-{LARGEST}]", size):
            view = replace(view, size=int(size))
        if contrast in ("high", "plain"):
            view = replace(view, is_high=contrast == "high")
        return view


def read_view(headers: Mapping[bytes, bytes]) -> View:
    """The view that the browser keeps; the first one for anything else. `headers`: lower-case names."""
    try:
        morsel = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(VIEW_COOKIE)
    except CookieError:
        return View()
    found = re.fullmatch(rf"(elder|standard)\.([0-{LARGEST}])\.(high|plain)", morsel.value) if morsel else None
    if found is None:
        return View()
    return View(cast(Version, found[1]), int(found[2]), found[3] == "high")

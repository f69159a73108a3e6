"""What the pages of an entry are addressed by, and what their hidden fields say."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData

from api.http.staff.paths import STUDIO
from api.studio.form_state import FormState
from knowledge.entry_kinds import EntryName
from knowledge.entry_pieces import EntryUnreadable
from knowledge.entry_text import read_entry

ENTRY = f"{STUDIO}/entry"


def entry_address(name: EntryName, change_set: int | None = None, page: str = ENTRY) -> str:
    """The page of an entry, as it is published or in a set."""
    asked = {"path": name.path, "kind": name.kind, "key": name.key}
    return f"{page}?{urlencode(asked | ({'set': str(change_set)} if change_set else {}))}"


def asked_by(form: FormData) -> dict[str, Any]:
    """What the hidden fields of a form say."""
    found: dict[str, Any] = {name: text_of(form, f"_{name}") for name in ("path", "kind", "key", "new")}
    found["set"] = text_of(form, "_seen_set")
    for name in ("began", "version"):
        found[name] = number_or_none(text_of(form, f"_{name}"))
    return found


def text_of(form: FormData, name: str) -> str:
    """A field of a form, without blanks around it."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def number_or_none(written: str) -> int | None:
    """A number that a form or address names; none for anything else."""
    return int(written) if written.isdecimal() and len(written) < 15 else None


def content_of(name: EntryName, text: str) -> Any:
    """What stands in a text; none when it cannot be read."""
    try:
        return read_entry(*name, text)
    except EntryUnreadable:
        return None


def default_title(state: FormState) -> str:
    """What a new change set is called when nobody names it, in one line."""
    named = next((state.tree[name] for name in ("title", "name", "text") if state.tree.get(name)), "")
    return " ".join(str(named).split())

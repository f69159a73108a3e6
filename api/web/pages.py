"""Makes HTML of a chat, and serves the two files that the page needs beside it."""

from __future__ import annotations

import hashlib
import secrets
from functools import partial
from pathlib import Path
from typing import Any

from api.web.environment import environment_of
from api.web.history import Chat
from bot.channels.web import COOKIE, Web
from bot.channels.web_page import Entry, entries, pieces
from bot.channels.web_view import View
from bot.message import Owner, Reply
from bot.notices import dated
from bot.read_aloud import read_aloud
from bot.wording import Wording

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".wav": "audio/wav"}
NO_ENTRY = 0


class Static:
    """The files in a folder, each under an address that changes with its content."""

    def __init__(self, folder: Path = STATIC, prefix: str = "/web") -> None:
        """`prefix` is where the route stands that serves them."""
        self._prefix = prefix
        self._content = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        self._digests = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in self._content.items()}

    def address(self, name: str) -> str:
        """Where a file stands now."""
        return f"{self._prefix}/{self._digests[name]}/{name}"

    def find(self, digest: str, name: str) -> tuple[bytes, str] | None:
        """Content and media type of a file, when the address is the present one."""
        if self._digests.get(name) != digest:
            return None
        return self._content[name], MEDIA_TYPES[Path(name).suffix]


class Pages:
    """Renders the page and its parts."""

    def __init__(self, wording: Wording, service_phone: str, static: Static) -> None:
        environment = environment_of(FOLDER / "templates")
        environment.filters["pieces"] = partial(pieces, service_phone=service_phone)
        environment.globals.update(
            phone=service_phone,
            address=static.address,
            action=Web.path,
            sign=partial(_sign, wording),
            spoken=partial(_spoken, wording),
            new_id=lambda: secrets.token_urlsafe(18),
            cookie=COOKIE,
        )
        self._wording = wording
        self._page = environment.get_template("page.html")
        self._entry = environment.get_template("entry.html")

    def page(
        self,
        chat: Chat,
        view: View,
        error: str = "",
        draft: str = "",
        before: int = NO_ENTRY,
        works: bool = True,
    ) -> str:
        """The whole page.

        view: how it looks; error: a sentence to show first; draft: what stands in the box; before: the page shows an
        earlier part, which ends before this entry; works: whether the chat can be read at all at the moment.
        """
        shown = entries(chat.rows, chat.offer, is_newest=not before)
        latest = next((entry.id for entry in reversed(shown) if entry.speaker == "person"), NO_ENTRY)
        return self._page.render(
            chat=chat,
            view=view,
            entries=shown,
            latest=latest,
            cursor=shown[-1].id if shown else NO_ENTRY,
            state=state(chat),
            notices=self._notices(chat),
            error=error,
            draft=draft,
            before=before,
            works=works,
        )

    def entry(self, entry: Entry) -> str:
        """One entry."""
        return self._entry.render(entry=entry, latest=NO_ENTRY)

    def news(self, chat: Chat) -> dict[str, Any]:
        """What a page that is open needs to show the same as a new one."""
        shown = entries(chat.rows, chat.offer)
        parts = [{"id": entry.id, "turn": entry.turn, "html": self.entry(entry)} for entry in shown]
        return {"entries": parts, "state": state(chat), "notices": self._notices(chat)}

    def _notices(self, chat: Chat) -> list[str]:
        return [dated(one, self._wording) for one in chat.notices]


def state(chat: Chat) -> dict[str, Any]:
    """How the conversation stands, as the page shows it."""
    waits = "out" if chat.is_out else "soon"
    return {
        "owner": chat.owner.value,
        "region": chat.region,
        "asking": "yes" if chat.is_asking else "no",
        # A message to a person is handled at once; what waits then waits for the bot.
        "waiting": waits if chat.waiting and chat.owner is Owner.BOT else "no",
        "notice": ".".join(str(one.id) for one in chat.notices),
    }


def _spoken(wording: Wording, entry: Entry) -> str:
    """What a browser's voice says of an entry, a portion a line."""
    said = Reply(kind="smalltalk", text="\n".join(line.text for line in entry.lines))
    return "\n".join(read_aloud(entry.reply or said, wording, by_telephone=False))


def _sign(wording: Wording, entry: Entry) -> str:
    """The words above an entry that tell its kind."""
    if entry.kind == "question" and entry.is_last_question:
        return wording.say("web.kind.last_question")
    key = f"web.kind.{entry.kind}"
    return wording.say(key) if wording.knows(key) else ""

"""The chat page: the page itself, the posts of its form, what came meanwhile, and its files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from api.conversations.intake import AnotherSession, Flooded, Intake
from api.conversations.listener import Listener, wait_until_rung
from api.http.bodies import TooLarge, TooSlow, read_body
from api.http.channels import headers_of
from api.http.problems import DATABASE_AWAY, RETRY_SECONDS
from api.http.web_headers import HEADERS
from api.web.history import Chat, History
from api.web.pages import NO_ENTRY, Pages, Static, state
from bot.channels.channel import Unauthorised
from bot.channels.web import COOKIE, COOKIE_SECONDS, MOST_CHARACTERS, NotSendable, Posted, Web, read_entry
from bot.channels.web_page import fleeting, label_of, stays_open
from bot.channels.web_view import read_view
from bot.message import TurnResult
from bot.wording import Wording

STATIC_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
}


LOOKS_ROUND_SECONDS = 1.0
"""How often it is looked whether the page is still open and the server goes on."""
WAITS_SECONDS = 20.0
"""Less than what proxies and the page's own script wait for an answer."""


class ChoiceGone(Exception):
    """The choice belongs to a question that is over."""


PROBLEMS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    Unauthorised: (HTTPStatus.FORBIDDEN, "refused"),
    AnotherSession: (HTTPStatus.UNPROCESSABLE_ENTITY, "unusable"),
    ChoiceGone: (HTTPStatus.CONFLICT, "choice_gone"),
    TooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_long"),
    TooSlow: (HTTPStatus.REQUEST_TIMEOUT, "too_slow"),
    Flooded: (HTTPStatus.TOO_MANY_REQUESTS, "too_many"),
    **dict.fromkeys(DATABASE_AWAY, (HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")),
}
SAID_AS_IT_IS: tuple[type[Exception], ...] = (NotSendable, *PROBLEMS)


class ChatPage:
    """The routes of the page."""

    def __init__(
        self,
        intake: Intake,
        history: History,
        listener: Listener,
        wording: Wording,
        service_phone: str,
        clock: Callable[[], datetime],
    ) -> None:
        """`clock` gives local time (Asia/Shanghai)."""
        self._channel = Web()
        self._intake = intake
        self._history = history
        self._listener = listener
        self._wording = wording
        self._static = Static()
        self._pages = Pages(wording, service_phone, self._static)
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route("/", self.show, methods=["GET", "HEAD"])
        router.add_api_route(self._channel.path, self.receive, methods=["POST"])
        router.add_api_route(self._channel.path, self.fetch, methods=["GET"])
        router.add_api_route("/web/{digest}/{name}", self.file, methods=["GET", "HEAD"])
        return router

    async def show(self, request: Request) -> Response:
        """The page, with the end of this browser's conversation or, with `before`, an earlier part."""
        session = self._channel.session(headers_of(request))
        before = read_entry(request.query_params.get("before", ""))
        try:
            chat = await self._chat(session, before)
        except DATABASE_AWAY as error:
            return self._failed(request, error, Chat())
        return self._html(request, self._pages.page(chat, read_view(headers_of(request)), before=before))

    async def receive(self, request: Request) -> Response:
        """One message. Answers a script with what to add to the page, a plain form with the page."""
        session, posted = None, None
        try:
            session = self._channel.verify(headers_of(request))
            posted = self._channel.parse(await read_body(request))
            text = await self._text(session, posted)
            result = await self._intake.answer(self._channel.inbound(session, posted.message_id, text, self._clock()))
            if not _by_script(request):
                return RedirectResponse("/#latest", HTTPStatus.SEE_OTHER, HEADERS)
            return JSONResponse(await self._news(session, posted.after, result), headers=HEADERS)
        except SAID_AS_IT_IS as error:
            draft = error.text if isinstance(error, NotSendable) else posted.text if posted else ""
            return self._failed(request, error, await self._chat_if_there(session), draft)

    async def fetch(self, request: Request) -> Response:
        """What came after an entry: to this page from another tab, or later to all.

        With `wait` the answer comes as soon as there is anything to show that the page does not show yet, at the latest
        after some seconds; `live` in it says that it is worth while to ask again at once.
        """
        session = self._channel.session(headers_of(request))
        asked = request.query_params
        entry = read_entry(asked.get("after", ""))
        shown = {name: asked[name] for name in ("owner", "waiting", "notice") if name in asked}
        try:
            seconds = WAITS_SECONDS if "wait" in asked else 0
            chat, is_live = await self._news_of(request, session, entry, shown, seconds)
        except DATABASE_AWAY as error:
            return self._failed(request, error, Chat())
        return JSONResponse({**self._pages.news(chat), "live": is_live}, headers=HEADERS)

    async def _news_of(
        self, request: Request, session: str | None, entry: int, shown: dict[str, str], seconds: float
    ) -> tuple[Chat, bool]:
        conversation = await self._history.conversation(session) if session else None
        if session is None or conversation is None:
            return await self._history.nobody(), False
        deadline = time.monotonic() + seconds
        with self._listener.said(conversation) as rung:
            while True:
                chat = await self._history.after(session, entry)
                stands = state(chat)
                is_new = any(row.id > entry for row in chat.rows) or any(stands[name] != shown[name] for name in shown)
                if is_new or not await self._waited(request, rung, deadline):
                    return chat, not self._listener.is_ending

    async def _waited(self, request: Request, rung: asyncio.Event, deadline: float) -> bool:
        """Waits until it is worth while to look again; False when there is no time left, or nobody to tell."""
        while not rung.is_set():
            left = deadline - time.monotonic()
            if left <= 0 or self._listener.is_ending or await request.is_disconnected():
                return False
            await wait_until_rung(rung, min(left, LOOKS_ROUND_SECONDS))
        rung.clear()
        return True

    async def file(self, digest: str, name: str) -> Response:
        """A file of the page; its address names its content, so that browsers may keep it for good."""
        found = self._static.find(digest, name)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        content, media_type = found
        return Response(content, media_type=media_type, headers=STATIC_HEADERS)

    async def _chat(self, session: str | None, before: int = NO_ENTRY) -> Chat:
        if session is None:
            return await self._history.nobody()
        return await (self._history.until(session, before) if before else self._history.until(session))

    async def _chat_if_there(self, session: str | None) -> Chat:
        """The chat beside an error, unless the database is what is missing."""
        try:
            return await self._chat(session)
        except DATABASE_AWAY:
            return Chat()

    async def _text(self, session: str, posted: Posted) -> str:
        """What the person says. A choice says its number; an older one its label, as long as that means something."""
        taken = posted.taken
        if taken is None:
            return posted.text
        if await self._history.is_stored(posted.message_id):
            return str(taken.number)
        offer, is_newest = await self._history.offer(session, taken.entry)
        label = label_of(offer, taken.number) if offer else None
        if offer is None or label is None or not (is_newest or stays_open(offer)):
            raise ChoiceGone
        return str(taken.number) if is_newest else label

    async def _news(self, session: str, after: int, result: TurnResult) -> dict[str, object]:
        chat = await self._history.after(session, after)
        is_recorded = await self._history.has_turn(result.turn_id)
        promises = [] if is_recorded else fleeting(result.replies, result.turn_id, self._clock())
        return {
            **self._pages.news(chat),
            "turn": result.turn_id,
            "promises": [self._pages.entry(entry) for entry in promises],
        }

    def _failed(self, request: Request, error: Exception, chat: Chat, draft: str = "") -> Response:
        """A sentence that the person can use, in the page or for the script to show."""
        status, key = self._problem(error)
        sentence = self._wording.say(f"web.error.{key}", most=MOST_CHARACTERS)
        retry = status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
        headers = {"retry-after": str(RETRY_SECONDS)} if retry else {}
        if _by_script(request):
            return JSONResponse({"error": sentence}, status_code=status, headers={**HEADERS, **headers})
        view, works = read_view(headers_of(request)), status != HTTPStatus.SERVICE_UNAVAILABLE
        page = self._pages.page(chat, view, error=sentence, draft=draft, works=works)
        # A post from another site carries no cookie; giving a new one would take away the one that is there.
        gives_cookie = not isinstance(error, Unauthorised)
        return self._html(request, page, status, headers, gives_cookie)

    def _problem(self, error: Exception) -> tuple[HTTPStatus, str]:
        if isinstance(error, NotSendable):
            return HTTPStatus.UNPROCESSABLE_ENTITY, error.reason
        return next(problem for kind, problem in PROBLEMS.items() if isinstance(error, kind))

    def _html(
        self,
        request: Request,
        page: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: dict[str, str] | None = None,
        gives_cookie: bool = True,
    ) -> Response:
        """The page, with the cookie given or kept for another half year."""
        response = HTMLResponse(page, status, {**HEADERS, **(headers or {})})
        if not gives_cookie:
            return response
        token = self._channel.token(headers_of(request)) or self._channel.new_token()
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response


def _by_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")

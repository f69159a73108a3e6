"""Asks a provincial platform that holds cases itself and does not push them to us.

The contract with the platform: `GET {TUIYI_PLATFORM_URL}/cases/{case_no}` with `Authorization: Bearer <key>`.

- 200 with JSON: `case_no` (the one that was asked for), `region` (adcode), `accepted_at`,
  `applicant.last_four` (the last four characters of the applicant's identity number, by which we check the proof), and
  `history`: a list of `event_id` (never used twice in a case), `item`, `status` or `reported` (as the department wrote
  it; `reported` counts where both are there), `at` and optionally `note`. Moments are RFC 3339 with an offset. More
  fields do no harm. It is the form of our own `GET /api/v1/cases/{case_no}` but for `applicant.last_four`, which that
  never gives.
- 404: there is no such case.
- anything else, more than 256 KiB, or no answer within three seconds: the platform counts as away.

Nobody's proof leaves this house: the platform is told a case number and nothing else.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Self

import httpx
import structlog
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from api.cases.breaker import Breaker

log = structlog.get_logger()

LIMIT_SECONDS = 3.0
"""For all tries together: a whole turn has eight seconds."""
RETRIES = 2
LONGEST_PAUSE_SECONDS = 0.3
MOST_BYTES = 256 * 1024
MOST_EVENTS = 1000
TRY_AGAIN_STATUSES = {502, 503, 504}


class PlatformAway(Exception):
    """The platform cannot be asked now, or answers what nobody can read."""


class _Passing(Exception):
    """A failure after which another try is sensible: nothing was begun there."""


def _with_offset(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return moment


Moment = Annotated[datetime, AfterValidator(_with_offset)]
Word = Annotated[str, Field(min_length=1, max_length=128)]


class _Answered(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", hide_input_in_errors=True)


class AskedApplicant(_Answered):
    """Whose case it is, as far as we are told."""

    last_four: Annotated[str, Field(pattern=r"^\d{3}[\dXx]$")]


class AskedEvent(_Answered):
    """What a department reported to the platform. written: the status in its own words."""

    event_id: Word
    item: Word
    status: Word
    reported: Word | None = None
    at: Moment
    note: Annotated[str, Field(max_length=500)] | None = None

    @property
    def written(self) -> str:
        """The status in the department's own words."""
        return self.reported or self.status


class AskedCase(_Answered):
    """A case as the platform tells it."""

    case_no: Word
    region: Annotated[str, Field(pattern=r"^\d{6}$")]
    accepted_at: Moment
    applicant: AskedApplicant
    history: Annotated[tuple[AskedEvent, ...], Field(strict=False, max_length=MOST_EVENTS)]

    @model_validator(mode="after")
    def _has_each_event_once(self) -> Self:
        if len({event.event_id for event in self.history}) != len(self.history):
            raise ValueError("an event_id stands twice")
        return self


class Platform:
    """One platform. Safe to ask from many turns at once."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        url: str,
        key: str,
        breaker: Breaker | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """url: what stands before `/cases/`. pause: waits so many seconds between two tries."""
        self._http = http
        self._url = url.rstrip("/")
        self._headers = {"authorization": f"Bearer {key}", "accept": "application/json", "accept-encoding": "identity"}
        self._breaker = breaker or Breaker()
        self._pause = pause

    @property
    def is_away(self) -> bool:
        """Whether it failed so often that it is left alone."""
        return self._breaker.is_open

    async def ask(self, case_no: str) -> AskedCase | None:
        """The case as the platform knows it now; None when it knows none of that number. Raises PlatformAway."""
        if not self._breaker.lets_through():
            raise PlatformAway("left alone after several failures")
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                case = await self._ask_with_retries(case_no)
        except (TimeoutError, httpx.HTTPError, _Passing, PlatformAway) as error:
            self._breaker.failed()
            reason = str(error) if isinstance(error, _Passing | PlatformAway) else type(error).__name__
            log.warning("platform_away", reason=reason)
            raise PlatformAway(reason) from None
        self._breaker.succeeded()
        return case

    async def _ask_with_retries(self, case_no: str) -> AskedCase | None:
        for _ in range(RETRIES):
            try:
                return await self._ask_once(case_no)
            except (httpx.ConnectError, httpx.ConnectTimeout, _Passing):
                # Drawn by lot, so that many turns do not come back in the same moment.
                await self._pause(random.uniform(0, LONGEST_PAUSE_SECONDS))  # noqa: S311 (no secret)
        return await self._ask_once(case_no)

    async def _ask_once(self, case_no: str) -> AskedCase | None:
        request = self._http.build_request("GET", f"{self._url}/cases/{case_no}", headers=self._headers)
        answer = await self._http.send(request, stream=True)
        try:
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            if answer.status_code in TRY_AGAIN_STATUSES:
                raise _Passing(f"status {answer.status_code}")
            if answer.status_code != httpx.codes.OK:
                raise PlatformAway(f"status {answer.status_code}")
            if answer.headers.get("content-encoding"):
                raise PlatformAway("compressed, which was not asked for")  # It could grow without an end.
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise PlatformAway(f"more than {MOST_BYTES} bytes")
        finally:
            await answer.aclose()
        return _read(body, case_no)


def _read(body: bytes, case_no: str) -> AskedCase:
    """The case in an answer. Raises PlatformAway, which names the fields and repeats no value."""
    try:
        case = AskedCase.model_validate_json(body)
    except ValidationError as error:
        fields = sorted({".".join(map(str, fault["loc"])) or "the whole" for fault in error.errors()})
        raise PlatformAway(f"unreadable answer: {', '.join(fields[:5])}") from None
    if case.case_no != case_no:
        raise PlatformAway("answer about another case")
    return case

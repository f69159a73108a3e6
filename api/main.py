"""Builds the app: the one place where objects are made and joined."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import httpx
import structlog
from fastapi import FastAPI

from actions.contract import Action, Services
from actions.ports import Cases
from actions.registry import ACTIONS
from api.background import again_and_again
from api.cases.demo import ensure_demo_case
from api.cases.intake import CaseIntake
from api.cases.keys import Keys
from api.cases.lookup import PostgresCases
from api.cases.platform import Platform
from api.cases.sources import JoinedCases
from api.channels.deep_links import deep_links
from api.channels.registry import pushed_lines
from api.conversations.arrivals import Arrivals
from api.conversations.delivery import LANES, Clocks, Sender
from api.conversations.desk_hours import LOCAL, DeskHours, read_desk_hours
from api.conversations.intake import Intake
from api.conversations.listener import Listener
from api.conversations.outbox import Pusher
from api.conversations.pace import Pace
from api.conversations.record import Recorder
from api.conversations.resumes import PostgresResumes
from api.conversations.sealing import Sealer
from api.conversations.sender import push_forever
from api.conversations.sequence import Sequence, marks_of
from api.conversations.slips import Slips
from api.conversations.vault import Vault
from api.conversations.worker import Worker, watch_rasa
from api.current_knowledge import CurrentKnowledge
from api.db.engine import build_engine
from api.guides.original import OriginalTexts
from api.http.access_log import AccessLog
from api.http.actions import ActionRoute
from api.http.bearer import Bearer
from api.http.cases import CaseRoutes
from api.http.cases_document import document_routes
from api.http.channels import channel_routes, later_routes
from api.http.health import Health, health_routes
from api.http.in_response import InResponse
from api.http.internal import Internal
from api.http.problems import Problems
from api.http.pushed import pushed_routes
from api.http.slip import SlipRoutes
from api.http.staff.consoles import Consoles
from api.http.web import ChatPage
from api.http.web_own import OwnRoutes
from api.http.why import why_routes
from api.impact.asking import Asking
from api.impact.trials import Trials
from api.news.jobs import news_jobs
from api.news.quiet_hours import read_quiet_hours
from api.quality.approval import OnDuty
from api.releases.first import first_reference
from api.releases.following import Following
from api.releases.workshop import Workshop
from api.settings import Settings
from api.web.history import History
from api.web.own_pages import OwnPages
from api.web.pages import Static
from api.web.slip_page import SlipPages
from bot.channels.channel import AnsweringChannel, CountingChannel
from bot.channels.hotline import Hotline
from bot.channels.plain_text import standing_alone
from bot.operator_line import for_operator
from bot.rasa_client import RasaClient
from bot.turn import Tools
from bot.wording import load_wording
from knowledge.loader import DATA
from knowledge.reference import Reference

log = structlog.get_logger()

CONNECTIONS_BESIDE_WORKERS = 12
"""For requests; a worker needs two while it has a turn: one holds the lock, one counts attempts and keeps values."""
PUSH_TIMEOUT_SECONDS = 10.0
SWEEP_EVERY_SECONDS = 60.0


def local_now() -> datetime:
    """The time on the wall (Asia/Shanghai)."""
    return datetime.now(LOCAL)


def stop_this_process() -> None:
    """Asks the server to stop; the parent process starts it again."""
    os.kill(os.getpid(), signal.SIGTERM)


@dataclass(frozen=True)
class Surroundings:
    """What lies outside the app. Tests put something of their own in its place.

    knowledge: what is spoken from first; None: what was published last. watched: the folder whose edits are published
    while the app runs. follows: whether releases are taken over without it too.
    """

    actions: Mapping[str, Action] = field(default_factory=lambda: ACTIONS)
    knowledge: Callable[[], Reference] | None = None
    watched: Path | None = None
    follows: bool = False
    rasa: httpx.AsyncBaseTransport | None = None
    push: httpx.AsyncBaseTransport | None = None
    platform: httpx.AsyncBaseTransport | None = None
    messengers: Mapping[str, httpx.AsyncBaseTransport] = field(default_factory=dict)
    pace: Callable[[], Pace] = lambda: Pace(time.monotonic)
    sequence: Callable[[], Sequence] = lambda: Sequence(time.monotonic)
    now: Callable[[], datetime] = local_now
    when_broken: Callable[[], None] = stop_this_process


def create_app(settings: Settings, around: Surroundings | None = None) -> FastAPI:
    """The app as it is served. Its background work runs as long as its lifespan."""
    around = around or Surroundings(watched=DATA)
    wording = load_wording(settings.service_phone)
    index_key = settings.index_key.get_secret_value()
    sealer = Sealer(settings.data_key.get_secret_value(), index_key, settings.old_data_keys)
    workshop = Workshop(settings.var_dir / "knowledge", lambda: around.now().date())
    knowledge = CurrentKnowledge(_first_reference(settings, around, workshop))
    lines = pushed_lines(settings, wording, around.now, around.messengers)
    connections = 2 * settings.workers + LANES * len(lines) + CONNECTIONS_BESIDE_WORKERS
    engine = build_engine(settings.sqlalchemy_url, connections)
    listener = Listener(settings.database_url)
    rasa_http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.rasa_port}", transport=around.rasa)
    rasa = RasaClient(rasa_http, settings.turn_limit_seconds)
    vault = Vault(engine, sealer)
    duty = OnDuty(engine, lambda: knowledge.library.regions, around.now)
    tools = Tools(rasa=rasa, keeper=vault, wording=wording, duty=duty)
    recorder = Recorder(wording, _desk_hours(settings, knowledge), sealer, around.now)
    own_cases = PostgresCases(engine, sealer, lambda: knowledge.library, around.now)
    platform_http = httpx.AsyncClient(transport=around.platform)
    platform = _platform(settings, platform_http)
    cases: Cases = own_cases
    if platform:
        region, library = settings.platform_region, lambda: knowledge.library
        cases = JoinedCases(own_cases, platform, region, engine, sealer, library, around.now)
    resumes = PostgresResumes(engine, sealer, around.now)
    slips = Slips(engine, sealer, around.now)
    services = Services(knowledge.now, cases, vault, resumes, settings.pages_url, OriginalTexts(engine))
    as_text, as_read = partial(standing_alone, wording=wording), partial(for_operator, wording=wording)
    hotline = Hotline(settings.hotline_secret.get_secret_value(), shown=as_text, shown_to_operator=as_read)
    terminal = Hotline(settings.terminal_secret.get_secret_value(), name="terminal")
    push_http = httpx.AsyncClient(transport=around.push, timeout=PUSH_TIMEOUT_SECONDS)
    quiet_hours = read_quiet_hours(settings.quiet_hours)
    trials = Trials()
    asking = Asking(engine, rasa, wording, sealer, trials, settings.turn_limit_seconds, around.now)
    consoles = Consoles(settings, engine, sealer, knowledge, services, wording, around.now, asking)
    senders = [
        Sender(engine, at.channel, at.carrier, around.pace(), listener.outbox(at.channel.name), Clocks(around.now))
        for at in lines
    ]
    counting = [one.channel.name for one in lines if isinstance(one.channel, CountingChannel)]
    sequences = {name: around.sequence() for name in counting}
    marks = partial(marks_of, sequences)
    following = Following(knowledge, engine, workshop, listener.releases, around.watched)
    follows = around.follows or around.watched is not None
    worker = Worker(engine, listener, sealer, rasa, tools, recorder, knowledge, settings.turn_limit_seconds, marks)

    async def tidy() -> None:
        await vault.sweep()
        await slips.sweep()
        await arrivals.sweep()
        if settings.demo:
            await ensure_demo_case(engine, sealer, knowledge.library, around.now())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        work: list[Coroutine[None, None, None]] = [listener.run(), watch_rasa(rasa, listener)]
        work += [again_and_again(tidy, SWEEP_EVERY_SECONDS, "tidying_failed"), *consoles.work()]
        if follows:
            await following.begin()
            work.append(following.run())
        work += [worker.run() for _ in range(settings.workers)]
        work += news_jobs(engine, wording, quiet_hours, lambda: knowledge.library, around.now)
        if settings.hotline_push_url:
            pusher = Pusher(engine, push_http, hotline, settings.hotline_push_url, around.now)
            work.append(push_forever(pusher, listener))
        async with AsyncExitStack() as open_lines:
            for line, sender in zip(lines, senders, strict=True):
                await open_lines.enter_async_context(line.carrier)
                work += [*sender.lanes(), line.tend(arrivals)]
            async with _running(work, around.when_broken), rasa_http, push_http, platform_http:
                yield
        following.close()
        await engine.dispose()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.listener = listener
    app.add_middleware(AccessLog)
    problems = Problems(wording)
    problems.install(app)
    intake = Intake(engine, sealer, listener, wording, settings.response_limit_seconds)
    for channel in (hotline, terminal):
        app.include_router(channel_routes(channel, intake, around.now))
        is_pushed = channel is hotline and bool(settings.hotline_push_url)
        app.include_router(later_routes(channel, engine, around.now, is_pushed))
    beginning = deep_links(lambda: knowledge.library, wording)
    arrivals = Arrivals(engine, intake, sealer, listener, wording, beginning, sequences)
    for line, sender in zip(lines, senders, strict=True):
        bringer = line.channel if isinstance(line.channel, AnsweringChannel) else None
        in_response = InResponse(engine, listener, bringer, sender) if bringer else None
        app.include_router(pushed_routes(line, arrivals, in_response, around.now))
    inside = Internal(settings.action_token.get_secret_value())
    actions = ActionRoute(around.actions, services, knowledge.of, engine, inside, around.now, trials)
    app.include_router(actions.routes())
    app.include_router(why_routes(engine, inside))
    history = History(engine, "web")
    app.include_router(ChatPage(intake, history, listener, wording, settings.service_phone, around.now).routes())
    app.include_router(OwnRoutes(engine, OwnPages(settings.service_phone, Static())).routes())
    slip_pages = SlipPages(settings.service_phone, Static())
    app.include_router(SlipRoutes(slips, slip_pages, wording, lambda: knowledge.library.release).routes())
    case_intake = CaseIntake(engine, sealer, lambda: knowledge.library, around.now)
    bearer = Bearer(Keys(engine, around.now))
    app.include_router(CaseRoutes(case_intake, engine, bearer, lambda: knowledge.library, around.now).routes())
    app.include_router(document_routes(version("tuiyi")))
    consoles.install(app, problems)
    app.include_router(health_routes(Health(engine, rasa, knowledge, platform)))
    return app


def _first_reference(settings: Settings, around: Surroundings, workshop: Workshop) -> Reference:
    """What is spoken from until something newer is taken over. Raises KnowledgeError."""
    if around.knowledge is None:
        return first_reference(settings.database_url, workshop, around.watched or DATA)
    reference = around.knowledge()
    workshop.needs(reference.library.phrases)
    return reference


def _platform(settings: Settings, http: httpx.AsyncClient) -> Platform | None:
    """The platform that is asked for cases it does not push; None when there is none."""
    key = settings.platform_key.get_secret_value()
    return Platform(http, settings.platform_url, key) if settings.platform_url else None


@asynccontextmanager
async def _running(work: list[Coroutine[None, None, None]], when_broken: Callable[[], None]) -> AsyncIterator[None]:
    """Runs endless work beside the app. An error that nobody expected stops the app instead of half of its work."""

    def look_at(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            log.error("background_work_ended", exc_info=error)
            when_broken()

    tasks = [asyncio.create_task(one) for one in work]
    for task in tasks:
        task.add_done_callback(look_at)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _desk_hours(settings: Settings, knowledge: CurrentKnowledge) -> Callable[[], DeskHours]:
    """The hours with the days off as they are known now. Raises ValueError at once when they cannot be read."""
    read_desk_hours(settings.desk_hours, knowledge.library.calendar)
    return lambda: read_desk_hours(settings.desk_hours, knowledge.library.calendar)

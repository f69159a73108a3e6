"""What measurements of the whole app share: it runs as a process of its own with a real database, and can be killed.

Rasa is played here and answers at once, so that what is measured is the product without it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from api.db.upgrade import upgrade
from api.processes.addresses import free_port, listen
from api.processes.embedded import start_embedded
from api.processes.supervisor import Child, Supervisor
from api.settings import ROOT, Settings, load_settings
from tests.fakes.rasa import FakeRasa


@dataclass(frozen=True)
class RunningApp:
    """A running app. supervisor: who starts it again when it is killed."""

    settings: Settings
    supervisor: Supervisor

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.settings.port}"


@asynccontextmanager
async def running_app(folder: Path, **changes: Any) -> AsyncIterator[RunningApp]:
    """The app, up as long as the block lasts. changes: of the settings."""
    rasa_port = free_port()
    rasa = await serve(rasa_app, rasa_port)
    first = load_settings(var_dir=folder, port=0, rasa_port=rasa_port, demo=False, database_url="")
    supervisor, listener = Supervisor(), listen("127.0.0.1", 0)
    try:
        url = await asyncio.to_thread(start_embedded, first, supervisor)
        upgrade(url)
        settings = first.with_values(**changes, database_url=url, port=listener.getsockname()[1])
        environment = {**os.environ, **settings.environment()}
        command = [sys.executable, "-m", "api.serve", str(listener.fileno())]
        log = folder / "app.log"
        supervisor.add(
            Child("app", command, log, environment, ROOT, stop_seconds=12.0, descriptors=(listener.fileno(),))
        )
        supervisor.restarts = True
        yield RunningApp(settings, supervisor)
    finally:
        await asyncio.to_thread(supervisor.end)
        rasa.cancel()


async def rasa_app(scope: Any, receive: Any, send: Any) -> None:
    """A Rasa that says again what it was told, on a port."""
    if scope["type"] != "http":
        return
    part = await receive()
    if part["type"] == "http.disconnect":  # Killed in the middle of its request.
        return
    body = part.get("body", b"")
    request = httpx.Request(scope["method"], "http://rasa" + scope["path"], content=body)
    answer = await FakeRasa().handle_async_request(request)
    head = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": head})
    await send({"type": "http.response.body", "body": answer.content})


async def serve(app: Any, port: int) -> asyncio.Task[None]:
    """Serves an app in this process."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110, the server has no event for it
        await asyncio.sleep(0.02)
    return task

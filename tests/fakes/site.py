"""The app on a port, and a person in front of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from playwright.async_api import Browser, BrowserContext, Page

from api.main import Surroundings, create_app
from api.settings import Settings
from tests.api.conftest import knowledge
from tests.fakes.rasa import FakeRasa


@dataclass
class Site:
    """The app on a port, with a Rasa that tests direct. It can be stopped and started again on the same port."""

    settings: Settings
    rasa: FakeRasa = field(default_factory=FakeRasa)
    port: int = 0

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    @asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        """Serves as long as the block lasts."""
        # Taken up by its descriptor, as the product does: only then the server knows that it speaks TCP and never waits
        # 40 ms to send the rest of an answer.
        listener = socket.socket(fileno=socket.create_server(("127.0.0.1", self.port)).detach())
        self.port = listener.getsockname()[1]
        around = Surroundings(knowledge=knowledge, rasa=self.rasa, when_broken=lambda: None)
        config = uvicorn.Config(create_app(self.settings, around), log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving
            listener.close()


@asynccontextmanager
async def visit(browser: Browser, **options: object) -> AsyncIterator[BrowserContext]:
    """A person's browser with nothing in it, on a small telephone unless told otherwise."""
    chosen = {"viewport": {"width": 360, "height": 740}, "locale": "zh-CN", **options}
    context = await browser.new_context(**chosen)  # type: ignore[arg-type]
    yield context
    await context.close()


async def until(ask: Callable[[], object], wanted: object = True, seconds: float = 15) -> None:
    """Waits until the page says so."""
    async with asyncio.timeout(seconds):
        while await ask() != wanted:  # type: ignore[misc] # noqa: ASYNC110, another process changes it
            await asyncio.sleep(0.02)


async def settled(page: Page, said: int) -> None:
    """Waits until the page shows so many things that were said, all of them from the transcript."""
    shown = ".entry[id]:not(.fleeting)"
    await until(lambda: page.locator(shown).count(), said)
    await until(lambda: page.locator(".fleeting").count(), 0)


def complaints_of(page: Page) -> list[str]:
    """What the browser complains of from now on: a growing list."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


async def write(page: Page, text: str) -> None:
    """Writes a message and sends it with the Enter key."""
    await page.fill("#text", text)
    await page.keyboard.press("Enter")

"""`tuiyi chat`: a conversation in the terminal with the running product, over the same way as every channel."""

import json
import secrets
import threading
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

import httpx
import typer
from rich.console import Console

from api.processes.lock import read_holder
from api.settings import Settings, SettingsError, load_settings
from bot.channels.hotline import Hotline

TIMEOUT_SECONDS = 30.0
LOOK_EVERY_SECONDS = 2.0
NOT_RUNNING = "The product is not running; start it with `make run` in another terminal."


class NoAnswer(Exception):
    """The product did not answer; the message is for the person at the terminal."""


class Terminal:
    """The client's side of the terminal channel: signs, posts and fetches."""

    def __init__(self, http: httpx.Client, channel: Hotline, session_id: str) -> None:
        self._http = http
        self._channel = channel
        self.session_id = session_id
        self._cursor = 0

    def send(self, text: str, region: str | None) -> list[dict[str, Any]]:
        """Says something and returns the replies. Raises NoAnswer."""
        message = {"message_id": secrets.token_hex(8), "session_id": self.session_id, "text": text, "region": region}
        body = json.dumps(message, ensure_ascii=False).encode()
        replies: list[dict[str, Any]] = self._call("POST", self._channel.path, body)["replies"]
        return replies

    def later(self) -> list[dict[str, Any]]:
        """The replies that came since this was asked last. Raises NoAnswer."""
        path = self._channel.later_path.format(session_id=quote(self.session_id, safe=""))
        messages = self._call("GET", f"{path}?after={self._cursor}", b"")["messages"]
        self._cursor = max([self._cursor, *(message["cursor"] for message in messages)])
        return [message["reply"] for message in messages]

    def _call(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        headers = self._channel.sign(secrets.token_hex(8), datetime.now(UTC), body)
        try:
            response = self._http.request(method, path, content=body, headers=headers)
        except httpx.TransportError:
            raise NoAnswer(NOT_RUNNING) from None
        if response.status_code != HTTPStatus.OK:
            raise NoAnswer(f"The product answered {response.status_code}: {response.text}")
        answer: dict[str, Any] = response.json()
        return answer


def show(console: Console, reply: dict[str, Any]) -> None:
    """Prints one reply with its numbered choices and its sources."""
    console.print(reply["text"], style="bold" if reply["kind"] == "question" else None, markup=False)
    for choice in reply["choices"]:
        console.print(f"  {choice['number']}. {choice['label']}", style="cyan", markup=False)
    for source in dict.fromkeys(_source(citation) for citation in reply["citations"]):
        console.print(f"  {source}", style="dim", markup=False)
    console.print()


def _source(citation: dict[str, Any]) -> str:
    number = f"（{citation['doc_no']}）" if citation["doc_no"] else ""
    return f"《{citation['title']}》{number}{citation['section']}"


def show_later_replies(console: Console, terminal: Terminal, end: threading.Event) -> None:
    """Prints replies that come on their own, until the end."""
    while not end.wait(LOOK_EVERY_SECONDS):
        try:
            for reply in terminal.later():
                console.print()
                show(console, reply)
        except NoAnswer:
            continue


def talk(console: Console, terminal: Terminal, region: str | None) -> None:
    """Reads lines and shows the replies until the input ends. Raises NoAnswer."""
    end = threading.Event()
    watcher = threading.Thread(target=show_later_replies, args=(console, terminal, end), daemon=True)
    try:
        for reply in terminal.send("你好", region):
            show(console, reply)
        watcher.start()
        while True:
            text = console.input("> ").strip()
            if text:
                for reply in terminal.send(text, region):
                    show(console, reply)
    except (EOFError, KeyboardInterrupt):
        console.print()
    finally:
        end.set()


def address(settings: Settings) -> str:
    """Where the running product answers. Raises NoAnswer."""
    base_url = read_holder(settings.var_dir).get("base_url")
    if not base_url:
        raise NoAnswer(NOT_RUNNING)
    return str(base_url)


def chat(
    session: Annotated[str, typer.Option(help="Name of the conversation; the same name goes on with it.")] = "",
    region: Annotated[str, typer.Option(help="What is known of the person's place, such as 河南.")] = "",
) -> None:
    """Talk with the running product; Ctrl-D ends."""
    console = Console(highlight=False, soft_wrap=True)
    session = session or f"chat-{secrets.token_hex(4)}"
    try:
        settings = load_settings()
        channel = Hotline(settings.terminal_secret.get_secret_value(), name="terminal")
        with httpx.Client(base_url=address(settings), timeout=TIMEOUT_SECONDS) as http:
            talk(console, Terminal(http, channel, session), region or None)
    except (NoAnswer, SettingsError) as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error
    console.print(f"To go on with this conversation: tuiyi chat --session {session}", style="dim")


def register(line: typer.Typer) -> None:
    """Adds the command."""
    line.command()(chat)

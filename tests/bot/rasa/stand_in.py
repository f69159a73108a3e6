"""An action server that answers a real Rasa the way a test wants it, and remembers the calls."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Events = list[dict[str, Any]]
LISTEN = {"event": "action", "name": "action_listen"}
SESSION = [{"event": "session_started"}, {"event": "slot", "name": "memory", "value": {"answers": {}}}]


class Rejects(Exception):
    """The action does not take the message: HTTP 400."""


class Breaks(Exception):
    """The action fails: HTTP 500."""


class Call:
    """One call of an action."""

    def __init__(self, body: dict[str, Any], authorization: str | None) -> None:
        self.body = body
        self.authorization = authorization
        self.action: str = body["next_action"]
        self.loop: str | None = body["tracker"]["active_loop"].get("name")
        self.text: str | None = body["tracker"]["latest_message"]["text"]
        self.is_new_message: bool = body["tracker"]["latest_action_name"] == "action_listen"


def loop(name: str | None) -> dict[str, Any]:
    """The event that makes a loop the active one, or ends the one that is."""
    return {"event": "active_loop", "name": name}


def no_events(call: Call) -> Events:
    """The plainest action."""
    return []


class StandIn:
    """The server. `act` gives the events of an action; every action says its own name."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.act: Callable[[Call], Events] = no_events
        self.first_loop: str | None = None
        """The loop that a fresh tracker begins in."""
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = stand_in.answer(Call(body, self.headers["Authorization"]))
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/internal/actions"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, call: Call) -> tuple[int, dict[str, Any]]:
        """Status and body for a call."""
        self.calls.append(call)
        if call.action == "action_session_start":
            begun = [loop(self.first_loop)] if self.first_loop else []
            return 200, {"events": [*SESSION, *begun, LISTEN], "responses": []}
        try:
            events = self.act(call)
        except Rejects:
            return 400, {"action_name": call.action, "error": "not an answer"}
        except Breaks:
            return 500, {}
        return 200, {"events": events, "responses": [{"custom": {"said": call.action}}]}

    def close(self) -> None:
        """Stops the server."""
        self._server.shutdown()
        self._server.server_close()

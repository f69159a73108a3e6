"""A real Rasa with the trained model, whose actions are played by a stand-in."""

import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from api.processes.addresses import free_port
from api.processes.stack import say_nothing
from api.processes.supervisor import tied_to_this_process
from api.settings import ROOT, load_settings
from api.training import RASA_PYTHON, current_model, rasa_environment
from tests.bot.rasa.stand_in import StandIn, no_events

START_SECONDS = 60
TOKEN = "token-of-the-test"


@dataclass
class RealRasa:
    """A running Rasa server."""

    address: str
    stand_in: StandIn
    sender: str = field(default_factory=lambda: f"{uuid.uuid4()}.0")

    def say(self, text: str) -> list[str]:
        """Sends a message of the conversation; the names of the actions that answered, in order."""
        body = {"sender": self.sender, "message": text, "metadata": {"channel": "test"}}
        answer = httpx.post(f"{self.address}/webhooks/rest/webhook", json=body, timeout=20)
        return [message["custom"]["said"] for message in answer.json()]


def environment(model: Path, folder: Path, port: int, action_url: str) -> dict[str, str]:
    """What `bot.rasa.serve` reads; trackers go to a file, so that no database server is needed."""
    return {
        **rasa_environment(),
        "TUIYI_RASA_PORT": str(port),
        "TUIYI_RASA_MODEL": str(model),
        "TUIYI_ACTION_URL": action_url,
        "TUIYI_ACTION_TOKEN": TOKEN,
        "TUIYI_TRACKER_URL": f"sqlite:///{folder / 'trackers.db'}",
    }


def start(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A Rasa process that ends with this one."""
    command = tied_to_this_process([str(RASA_PYTHON), "-m", "bot.rasa.serve"], signal.SIGKILL)
    with log.open("wb") as out:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)


def is_up(address: str) -> bool:
    """Whether the server answers."""
    try:
        return httpx.get(address, timeout=1).is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, StandIn]]:
    """The address of a Rasa that serves the model of this checkout, and the actions that it calls."""
    folder = tmp_path_factory.mktemp("rasa")
    model = current_model(load_settings().var_dir, say_nothing)
    port, stand_in = free_port(), StandIn()
    address = f"http://127.0.0.1:{port}"
    process = start(environment(model, folder, port, stand_in.url), folder / "rasa.log")
    try:
        deadline = time.monotonic() + START_SECONDS
        while not is_up(address):
            assert process.poll() is None, (folder / "rasa.log").read_text()
            assert time.monotonic() < deadline, "Rasa did not come up"
            time.sleep(0.1)
        yield address, stand_in
    finally:
        process.kill()
        process.wait()
        stand_in.close()


@pytest.fixture
def rasa(server: tuple[str, StandIn]) -> RealRasa:
    """A conversation of its own with the Rasa of this run."""
    address, stand_in = server
    stand_in.calls.clear()
    stand_in.act = no_events
    stand_in.first_loop = None
    return RealRasa(address, stand_in)

"""Starts the Rasa server: `python -m bot.rasa.serve` in the folder of the project.

Reads the environment: TUIYI_RASA_PORT, TUIYI_RASA_MODEL (a model file), TUIYI_ACTION_URL, TUIYI_ACTION_TOKEN,
TUIYI_TRACKER_URL (postgresql://...; its tables live in the schema `rasa`, which must exist).
Listens on 127.0.0.1 only and without Rasa's management API: there is POST /webhooks/rest/webhook, and GET / which
answers as soon as the model is loaded, because no port is opened before. Exits with 1 when the model cannot be
loaded, and dies when its parent dies.
"""

import asyncio
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
REQUIRED = ("TUIYI_RASA_PORT", "TUIYI_RASA_MODEL", "TUIYI_ACTION_URL", "TUIYI_ACTION_TOKEN", "TUIYI_TRACKER_URL")
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Asks Linux to end this process when its parent ends, however that happens."""
    parent = os.getppid()
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the parent ended before Rasa started")


def prepare_environment() -> None:
    """Checks what must be set and sets what Rasa reads from the environment itself."""
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if missing:
        sys.exit(f"not set: {', '.join(missing)}")
    os.environ["POSTGRESQL_SCHEMA"] = "rasa"
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"


async def load_agent(model: str, endpoints: Any, app: Any, loop: asyncio.AbstractEventLoop) -> None:
    """Loads the model before the port opens; without a model there is nothing to serve."""
    from rasa.core.run import load_agent_on_start

    agent = await load_agent_on_start(model, endpoints, None, app, loop)
    if not agent.is_ready():
        sys.stderr.write(f"the model cannot be loaded: {model}\n")
        sys.stderr.flush()
        os._exit(1)


def main() -> None:
    """Runs until it is told to stop."""
    die_with_parent()
    prepare_environment()
    from bot.rasa.lean_runtime import without_tensorflow

    without_tensorflow()
    from bot.rasa.logs import quieten

    quieten()
    from functools import partial

    from rasa.core.run import close_resources, configure_app, create_http_input_channels
    from rasa.core.utils import AvailableEndpoints

    from bot.rasa.lean_actions import repair_remote_actions
    from bot.rasa.lean_events import remember_event_classes
    from bot.rasa.plain_text import read_no_orders_in_messages

    repair_remote_actions()
    remember_event_classes()
    read_no_orders_in_messages()
    endpoints = AvailableEndpoints.read_endpoints(str(FOLDER / "endpoints.yml"))
    port = int(os.environ["TUIYI_RASA_PORT"])
    channels = create_http_input_channels(None, str(FOLDER / "credentials.yml"))
    app = configure_app(channels, enable_api=False, port=port, endpoints=endpoints)
    load = partial(load_agent, os.environ["TUIYI_RASA_MODEL"], endpoints)
    app.register_listener(load, "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False)


if __name__ == "__main__":
    main()

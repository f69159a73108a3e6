"""Times turns of the product beside a stock `rasa run` with the same model: `python -m tests.bench.turns`.

Both run side by side in one stack on the same database and call the same action route; rounds alternate, so that a
noisy machine is noisy to both. The product is asked over its signed hotline line, stock Rasa over its REST webhook.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import httpx

from api.processes.addresses import free_port
from api.processes.stack import Stack
from api.processes.supervisor import tied_to_this_process
from api.settings import ROOT, Settings, load_settings
from api.training import current_model, rasa_environment
from tests.fakes.line import Line

RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
TALK = (
    "户口注销证明要不要带",
    "落户要几天",
    "社保卡能寄到家吗",
    "谢谢",
    "我刚退伍要办什么",
    "1",
    "1",
    "为什么问这个",
    "1",
    "先不填了",
)
ROUNDS = 3
CLIENTS = 8
LOADING_SECONDS = 180
Say = Callable[[str, str], Awaitable[None]]


async def one_client(say: Say, talks: int) -> list[float]:
    """Milliseconds of each turn of so many conversations, one after the other."""
    times = []
    for _ in range(talks):
        conversation = str(uuid.uuid4())
        for text in TALK:
            begun = time.perf_counter()
            await say(conversation, text)
            times.append(1000 * (time.perf_counter() - begun))
    return times


async def many_clients(say: Say, talks: int) -> float:
    """Messages a second with CLIENTS conversations side by side."""
    begun = time.perf_counter()
    times = await asyncio.gather(*(one_client(say, talks) for _ in range(CLIENTS)))
    return sum(len(one) for one in times) / (time.perf_counter() - begun)


def product(line: Line) -> Say:
    """Says something over the hotline."""

    async def say(conversation: str, text: str) -> None:
        answer = await line.send(text, uuid.uuid4().hex, conversation, region="河南")
        if not answer["replies"]:
            raise RuntimeError(f"no reply to {text}")

    return say


def stock_rasa(http: httpx.AsyncClient) -> Say:
    """Says something to Rasa's own webhook."""

    async def say(conversation: str, text: str) -> None:
        told = {"sender": f"{conversation}.0", "message": text, "metadata": {"region_hint": "河南"}}
        response = await http.post("/webhooks/rest/webhook", json=told)
        if not response.json():
            raise RuntimeError(f"no reply to {text}")

    return say


def start_stock_rasa(settings: Settings, base_url: str, model: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    """`rasa run` as it comes, with our endpoints."""
    environment = {
        **rasa_environment(),
        "TUIYI_ACTION_URL": f"{base_url}/internal/actions",
        "TUIYI_ACTION_TOKEN": settings.action_token.get_secret_value(),
        "TUIYI_TRACKER_URL": settings.database_url,
        "POSTGRESQL_SCHEMA": "rasa",
        "SQL_POOL_SIZE": "5",
        "SQL_MAX_OVERFLOW": "10",
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": str(ROOT),
    }
    folder = ROOT / "bot" / "rasa"
    command = [str(RASA), "run", "--model", str(model), "--port", str(port), "--interface", "127.0.0.1"]
    command += ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
    with log.open("wb") as out:
        return subprocess.Popen(
            tied_to_this_process(command, signal.SIGKILL), cwd=ROOT, env=environment, stdout=out, stderr=out
        )


async def until_loaded(http: httpx.AsyncClient) -> None:
    """Waits until stock Rasa answers."""
    async with asyncio.timeout(LOADING_SECONDS):
        while True:
            try:
                if (await http.get("/")).status_code == 200:
                    return
            except httpx.HTTPError:
                await asyncio.sleep(0.5)


async def measure(line: Line, rasa: httpx.AsyncClient, talks: int) -> None:
    """Warms both up, then measures them in turns and prints the figures."""
    sides = {"tuiyi (hotline line)": product(line), "stock rasa run (REST)": stock_rasa(rasa)}
    for say in sides.values():
        await one_client(say, 2)
    single: dict[str, list[float]] = {name: [] for name in sides}
    rates: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, say in sides.items():
            single[name] += await one_client(say, talks)
            rates[name].append(await many_clients(say, max(1, talks // 4)))
    print(f"{'':24}{'median ms':>11}{'95th ms':>9}{f'msg/s, {CLIENTS} clients':>20}")  # noqa: T201
    for name in sides:
        median, late = statistics.median(single[name]), statistics.quantiles(single[name], n=20)[-1]
        print(f"{name:24}{median:11.1f}{late:9.1f}{statistics.median(rates[name]):20.1f}")  # noqa: T201


async def run(talks: int) -> None:
    """Starts both and measures."""
    with tempfile.TemporaryDirectory(prefix="tuiyi-bench-") as folder:
        settings = load_settings(var_dir=Path(folder) / "var", host="127.0.0.1", port=0, rasa_port=0, database_url="")
        model = current_model(load_settings().var_dir, print)
        with Stack(settings, lambda: model, print) as stack:
            port = free_port()
            log = Path(folder) / "stock-rasa.log"
            stock = start_stock_rasa(stack.settings, stack.base_url, model, port, log)
            try:
                async with (
                    httpx.AsyncClient(base_url=stack.base_url, timeout=30) as http,
                    httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as rasa,
                ):
                    await until_loaded(rasa)
                    line = Line(http, stack.settings.hotline_secret.get_secret_value())
                    await measure(line, rasa, talks)
            finally:
                stock.kill()
                stock.wait()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--talks", type=int, default=8, help=f"conversations of {len(TALK)} turns a round")
    asyncio.run(partial(run, parser.parse_args().talks)())


if __name__ == "__main__":
    os.environ.setdefault("TUIYI_LOG_LEVEL", "warning")
    main()

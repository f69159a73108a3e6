"""What tests share: one running stack, and one database, for the whole run."""

import logging
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from xdist.scheduler import LoadScopeScheduling

from api.db.upgrade import upgrade
from api.processes.embedded import start_embedded
from api.processes.stack import Stack, say_nothing
from api.processes.supervisor import Supervisor
from api.settings import ROOT, Settings, load_settings
from api.training import current_model

RASA = re.compile(r"mark\.(?:processes|stack)")


class OneRasa(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out whole files to the processes of a run, and to one of them all that start Rasa."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "rasa" if starts_rasa(file) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneRasa:
    """What shares a run among processes."""
    return OneRasa(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets what starts Rasa begin first, because it takes longest and only one process may do it."""
    items.sort(key=lambda item: not starts_rasa(item.nodeid.partition("::")[0]))


@cache
def starts_rasa(file: str) -> bool:
    """Whether tests of a file bear a mark of those that may. file: its path from the root of the checkout."""
    return RASA.search((ROOT / file).read_text("utf-8")) is not None


@pytest.fixture(autouse=True)
def own_loggers() -> Iterator[None]:
    """Takes away where a test sent the logs, because that stream ends with the test."""
    before = set(logging.root.handlers)
    yield
    for handler in set(logging.root.handlers) - before:
        if type(handler) is logging.StreamHandler:  # Pytest's own are of kinds made from it.
            logging.root.removeHandler(handler)


def isolated_settings(folder: Path) -> Settings:
    """Settings for a stack of its own: own data, own secrets, free ports; the trained model is the checkout's."""
    models = load_settings().var_dir / "models"
    models.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "models").symlink_to(models)
    return load_settings(var_dir=folder, host="127.0.0.1", port=0, rasa_port=0, database_url="")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """PostgreSQL, Rasa and the app, up and answering at `stack.base_url`."""
    settings = isolated_settings(tmp_path_factory.mktemp("stack") / "var")
    with Stack(settings, partial(current_model, settings.var_dir, say_nothing)) as running:
        yield running


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database with all tables, on a server of its own: postgresql://..."""
    supervisor = Supervisor()
    try:
        url = start_embedded(isolated_settings(tmp_path_factory.mktemp("database") / "var"), supervisor)
        upgrade(url)
        with psycopg.connect(url, autocommit=True) as connection:
            # Nobody pulls the plug in a test, and waiting for the disk at every commit takes longer than the tests.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        supervisor.end()

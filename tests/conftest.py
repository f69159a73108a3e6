"""What tests share: one running stack, and one database, for the whole run."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from api.db.upgrade import upgrade
from api.processes.embedded import start_embedded
from api.processes.stack import Stack, say_nothing
from api.processes.supervisor import Supervisor
from api.settings import Settings, load_settings
from api.training import current_model


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the run, Rasa starts in one of them, and a file's tests stay together."""
    for item in items:
        is_heavy = "stack" in getattr(item, "fixturenames", ()) or item.get_closest_marker("processes") is not None
        item.add_marker(pytest.mark.xdist_group("rasa" if is_heavy else item.nodeid.partition("::")[0]))


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

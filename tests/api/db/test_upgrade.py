"""The database's newest form, from nothing and again."""

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from api.db.models import Base
from api.db.upgrade import DatabaseUnusable, connect, described, upgrade


def test_upgrade_can_be_repeated(database_url: str) -> None:
    upgrade(database_url)

    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT count(*) FROM alembic_version").fetchone()

    assert row == (1,)


def test_rasa_has_a_schema_of_its_own(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT to_regnamespace('rasa')::text").fetchone()

    assert row == ("rasa",)


def test_unreachable_database_is_described_without_user_and_password() -> None:
    with pytest.raises(DatabaseUnusable, match=r"^Database 127\.0\.0\.1:1/d cannot be reached: ") as error:
        connect("postgresql://somebody:pass-word@127.0.0.1:1/d")

    assert "pass-word" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@db.example:5433/name", "db.example:5433/name"),
        ("postgresql://u@/name?host=/x", "local socket/name"),
    ],
)
def test_address_is_described(url: str, shown: str) -> None:
    assert described(url) == shown


def test_migrations_make_what_the_models_say(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()

    assert [one for one in differences if "alembic_version" not in str(one)] == []

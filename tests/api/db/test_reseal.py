"""A new data key: what older keys sealed opens before and after, and in the end without them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg import sql

from api.cases.applicant import applicant_columns, id_number_place, phone_place
from api.conversations.intake import place as message_place
from api.conversations.sealing import Sealer
from api.conversations.vault import place as vault_place
from api.db.models import Base
from api.db.reseal import SEALED, Resealed, index_anew, reseal
from api.secrets import new_key
from api.settings import Settings

OLD, NEW, INDEX, NEW_INDEX = new_key(), new_key(), new_key(), new_key()
BEFORE = Sealer(OLD, INDEX)
WITH_BOTH = Sealer(NEW, INDEX, (OLD,))
AFTER = Sealer(NEW, INDEX)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ID_NUMBER, PHONE = "0" * 14 + "123X", "13800000000"


@dataclass
class Shelf:
    """Rows of a database that hold sealed values."""

    connection: psycopg.Connection

    def case(self, case_no: str, sealer: Sealer, phone: str | None = PHONE) -> None:
        columns = applicant_columns(sealer, case_no, ID_NUMBER, phone)
        row = {"case_no": case_no, "region": "410000", "accepted_at": NOW, **columns}
        statement = sql.SQL("INSERT INTO case_file ({}) VALUES ({})").format(
            sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(map(sql.Placeholder, row))
        )
        self.connection.execute(statement, row)

    def message(self, message_id: str, sealer: Sealer) -> uuid.UUID:
        found = self.connection.execute(
            "INSERT INTO conversation (channel, session_id) VALUES ('hotline', %s) RETURNING id", (message_id,)
        ).fetchone()
        assert found
        self.connection.execute(
            "INSERT INTO inbox (channel, message_id, conversation_id, sealed, received_at)"
            " VALUES ('hotline', %s, %s, %s, %s)",
            (message_id, found[0], sealer.seal("在吗".encode(), message_place("hotline", message_id)), NOW),
        )
        self.connection.execute(
            "INSERT INTO vault (conversation_id, placeholder, kind, sealed, expires_at)"
            " VALUES (%s, '〔手机号1〕', 'mobile_number', %s, %s)",
            (found[0], sealer.seal(PHONE.encode(), vault_place(str(found[0]), "〔手机号1〕")), NOW),
        )
        return uuid.UUID(str(found[0]))

    def value(self, query: str, *values: object) -> bytes:
        found = self.connection.execute(query.encode(), values).fetchone()
        assert found
        return bytes(found[0])

    def id_number(self, case_no: str) -> bytes:
        return self.value("SELECT id_number_sealed FROM case_file WHERE case_no = %s", case_no)


@pytest.fixture
def shelf(settings: Settings) -> Iterator[Shelf]:
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        yield Shelf(connection)


def test_every_sealed_column_of_the_tables_is_known() -> None:
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name == "sealed" or column.name.endswith("_sealed")
    }

    assert named == {(one.table, one.column) for one in SEALED}


def test_case_opens_without_the_old_key_afterwards(shelf: Shelf) -> None:
    shelf.case("TY26-0000-0001", BEFORE)

    done = reseal(shelf.connection, WITH_BOTH)

    assert (done.resealed, done.unreadable) == (2, 0)
    assert AFTER.open(shelf.id_number("TY26-0000-0001"), id_number_place("TY26-0000-0001")).decode() == ID_NUMBER
    phone = shelf.value("SELECT phone_sealed FROM case_file")
    assert AFTER.open(phone, phone_place("TY26-0000-0001")).decode() == PHONE


def test_message_and_vault_open_without_the_old_key_afterwards(shelf: Shelf) -> None:
    conversation = shelf.message("m-1", BEFORE)

    done = reseal(shelf.connection, WITH_BOTH)

    assert done.resealed == 2
    message = shelf.value("SELECT sealed FROM inbox")
    assert AFTER.open(message, message_place("hotline", "m-1")).decode() == "在吗"
    kept = shelf.value("SELECT sealed FROM vault")
    assert AFTER.open(kept, vault_place(str(conversation), "〔手机号1〕")).decode() == PHONE


def test_second_run_changes_nothing(shelf: Shelf) -> None:
    shelf.case("TY26-0000-0001", BEFORE)
    reseal(shelf.connection, WITH_BOTH)
    first = shelf.id_number("TY26-0000-0001")

    again = reseal(shelf.connection, WITH_BOTH)

    assert again == Resealed()
    assert shelf.id_number("TY26-0000-0001") == first


def test_more_rows_than_a_batch_are_all_sealed_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.db.reseal.BATCH", 3)
    for number in range(10):
        shelf.case(f"TY26-0000-000{number}", BEFORE, phone=None)
    shelf.case("TY26-0000-NEW0", WITH_BOTH, phone=None)

    assert reseal(shelf.connection, WITH_BOTH).resealed == 10


def test_killed_run_is_finished_by_the_next(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.db.reseal.BATCH", 2)
    for number in range(6):
        shelf.case(f"TY26-0000-000{number}", BEFORE, phone=None)
    dying = Sealer(NEW, INDEX, (OLD,))
    left = iter(range(3))

    def die_at_the_fourth(sealed: bytes, place: str) -> bytes:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return WITH_BOTH.reseal(sealed, place)

    monkeypatch.setattr(dying, "reseal", die_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        reseal(shelf.connection, dying)

    # The batch that was begun is undone: two of six were done for good.
    assert reseal(shelf.connection, WITH_BOTH).resealed == 4


def test_value_of_an_unknown_key_is_counted_and_left_alone(shelf: Shelf) -> None:
    shelf.case("TY26-0000-0001", Sealer(new_key(), INDEX), phone=None)
    shelf.case("TY26-0000-0002", BEFORE, phone=None)
    lost = shelf.id_number("TY26-0000-0001")

    done = reseal(shelf.connection, WITH_BOTH)

    assert (done.resealed, done.unreadable) == (1, 1)
    assert shelf.id_number("TY26-0000-0001") == lost


def test_new_index_key_finds_the_case_again(shelf: Shelf) -> None:
    shelf.case("TY26-0000-0001", BEFORE)
    shelf.case("TY26-0000-0002", BEFORE, phone=None)
    new = Sealer(OLD, NEW_INDEX)
    done = Resealed()

    index_anew(shelf.connection, new, done)

    assert done == replace(Resealed(), indexed=2)
    expected = applicant_columns(new, "TY26-0000-0001", ID_NUMBER, PHONE)
    wanted = "SELECT id_number_index, last_four_index, phone_index FROM case_file WHERE case_no = %s"
    stored = shelf.connection.execute(wanted, ("TY26-0000-0001",)).fetchone()
    assert stored == (expected["id_number_index"], expected["last_four_index"], expected["phone_index"])

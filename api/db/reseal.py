"""Seals anew, with the newest key, whatever an earlier key sealed, so that the earlier key can be thrown away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from api.cases.applicant import id_number_place, indexes_of, phone_place
from api.conversations.arrivals import place as quarantine_place
from api.conversations.intake import place as message_place
from api.conversations.sealing import Sealer, Unreadable
from api.conversations.vault import place as vault_place
from api.desk.callbacks import place as call_back_place

BATCH = 500
"""Rows that are committed together: what a kill undoes, and for how long rows are locked."""


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values. `place_of` takes the values of `named_by` and says where such a value stands."""

    table: str
    column: str
    key: tuple[str, ...]
    named_by: tuple[str, ...]
    place_of: Callable[..., str]


SEALED = (
    SealedColumn("case_file", "id_number_sealed", ("id",), ("case_no",), id_number_place),
    SealedColumn("case_file", "phone_sealed", ("id",), ("case_no",), phone_place),
    SealedColumn("inbox", "sealed", ("id",), ("channel", "message_id"), message_place),
    SealedColumn("quarantine", "sealed", ("id",), ("channel", "id"), quarantine_place),
    SealedColumn(
        "vault", "sealed", ("conversation_id", "placeholder"), ("conversation_id", "placeholder"), vault_place
    ),
    SealedColumn("call_back", "sealed", ("id",), ("conversation_id",), call_back_place),
)
"""Every column that holds sealed values; a test compares it with the tables."""


@dataclass
class Resealed:
    """What was done: values sealed anew, values that no key opens, cases whose indexes were reckoned anew."""

    resealed: int = 0
    unreadable: int = 0
    indexed: int = 0


def reseal(connection: psycopg.Connection, sealer: Sealer) -> Resealed:
    """Seals every value anew that does not begin as the newest key's do.

    A value that changed meanwhile is left as it is: whoever wrote it wrote it with a key that is known now. Batches are
    committed one by one, so it may be killed and run again. connection: in autocommit.
    """
    done = Resealed()
    for column in SEALED:
        _reseal_column(connection, sealer, column, done)
    return done


def index_anew(connection: psycopg.Connection, sealer: Sealer, done: Resealed) -> None:
    """Reckons the indexes of every case from its opened values, for a new TUIYI_INDEX_KEY."""
    after = 0
    wanted = "SELECT id, case_no, id_number_sealed, phone_sealed FROM case_file WHERE id > %s ORDER BY id LIMIT %s"
    change = (
        "UPDATE case_file SET id_number_index = %s, last_four_index = %s, phone_index = %s "
        "WHERE id = %s AND id_number_sealed = %s"
    )
    while rows := connection.execute(wanted, (after, BATCH)).fetchall():
        after = rows[-1][0]
        with connection.transaction():
            for number, case_no, id_number, phone in rows:
                try:
                    indexes = indexes_of(
                        sealer,
                        case_no,
                        sealer.open(id_number, id_number_place(case_no)).decode(),
                        sealer.open(phone, phone_place(case_no)).decode() if phone else None,
                    )
                except Unreadable:
                    continue  # Counted where it could not be sealed anew.
                values = (indexes["id_number_index"], indexes["last_four_index"], indexes["phone_index"])
                done.indexed += connection.execute(change, (*values, number, id_number)).rowcount


def _reseal_column(connection: psycopg.Connection, sealer: Sealer, column: SealedColumn, done: Resealed) -> None:
    names = {
        "table": sql.Identifier(column.table),
        "column": sql.Identifier(column.column),
        "key": sql.SQL(", ").join(map(sql.Identifier, column.key)),
        "named_by": sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(one)) for one in column.named_by),
        "places": sql.SQL(", ").join([sql.Placeholder()] * len(column.key)),
    }
    older = sql.SQL(
        "SELECT {column}, ARRAY[{named_by}], {key} FROM {table}"
        " WHERE {column} IS NOT NULL AND substr({column}, 1, %s) <> %s {further} ORDER BY {key} LIMIT %s"
    )
    change = sql.SQL("UPDATE {table} SET {column} = %s WHERE ({key}) = ({places}) AND {column} = %s").format(**names)
    beginning = sealer.beginning
    after: tuple[Any, ...] = ()
    while True:
        further = sql.SQL("AND ({key}) > ({places})").format(**names) if after else sql.SQL("")
        wanted = older.format(**names, further=further)
        rows = connection.execute(wanted, (len(beginning), beginning, *after, BATCH)).fetchall()
        if not rows:
            return
        with connection.transaction():
            for value, named_by, *key in rows:
                try:
                    anew = sealer.reseal(value, column.place_of(*named_by))
                except Unreadable:
                    done.unreadable += 1
                    continue
                done.resealed += connection.execute(change, (anew, *key, value)).rowcount
        after = tuple(rows[-1][2:])

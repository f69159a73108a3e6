"""Fills the tables with cases, by the database itself."""

from __future__ import annotations

import psycopg

from api.cases.applicant import applicant_columns
from api.cases.case_number import new_case_number
from api.conversations.sealing import Sealer

ID_NUMBER = "11010519491231002X"
# A running number as eight characters of the alphabet of case numbers, and random bytes in the place of indexes.
CASES = """
INSERT INTO case_file (case_no, region, id_number_sealed, id_number_index, last_four_index, accepted_at)
SELECT 'TY25-' || upper(lpad(to_hex(n / 65536), 4, '0')) || '-' || upper(lpad(to_hex(mod(n, 65536)), 4, '0')), '410000',
       '\\x00', sha256(int8send(n)), sha256(int8send(n + 1)), now() - interval '30 days'
FROM generate_series((SELECT count(*) FROM case_file), %s) AS n ON CONFLICT DO NOTHING
"""
ITEMS = """
INSERT INTO case_item (case_id, item, department, status, reported, since)
SELECT id, item, 'public_security', 'processing', 'processing', accepted_at
FROM case_file, unnest(ARRAY['reporting', 'household_registration', 'medical_enrolment']) AS item
ON CONFLICT DO NOTHING
"""
EVENTS = """
INSERT INTO case_event (case_id, event_id, item, status, reported, at)
SELECT case_id, item, item, status, status, since FROM case_item ON CONFLICT DO NOTHING
"""


def fill(connection: psycopg.Connection, sealer: Sealer, size: int) -> tuple[str, str, int]:
    """So many cases with three items and three events each; the number, last four characters and id of one of them."""
    case_no = new_case_number(2026)
    columns = applicant_columns(sealer, case_no, ID_NUMBER, None)
    names = ", ".join(columns)
    places = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO case_file (case_no, region, accepted_at, {names}) VALUES (%s, '410000', now(), {places}) RETURNING id"  # noqa: S608, E501
    row = connection.execute(insert.encode(), (case_no, *columns.values())).fetchone()
    connection.execute("SET statement_timeout = 0")
    connection.execute(CASES, (size,))
    connection.execute(ITEMS)
    connection.execute(EVENTS)
    connection.execute("ANALYZE")
    if row is None:
        raise RuntimeError("no case was stored")
    return case_no, ID_NUMBER[-4:], row[0]

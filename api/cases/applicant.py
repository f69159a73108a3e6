"""How the applicant of a case is stored: sealed where he stands, and found again by indexes."""

from __future__ import annotations

from api.cases.proof import last_four_index
from api.conversations.sealing import Sealer


def id_number_place(case_no: str) -> str:
    """Where the identity number of a case stands sealed."""
    return f"case\0{case_no}"


def phone_place(case_no: str) -> str:
    """Where the phone number of a case stands sealed."""
    return f"phone\0{case_no}"


def indexes_of(sealer: Sealer, case_no: str, id_number: str, phone: str | None) -> dict[str, bytes | None]:
    """The indexes of a case by their columns."""
    return {
        "id_number_index": sealer.index(id_number, "id_number"),
        "last_four_index": last_four_index(sealer, case_no, id_number[-4:]),
        "phone_index": sealer.index(phone, "phone") if phone else None,
    }


def applicant_columns(sealer: Sealer, case_no: str, id_number: str, phone: str | None) -> dict[str, bytes | None]:
    """All that `case_file` holds of an applicant, by column. id_number: in capitals, 18 characters."""
    return {
        "id_number_sealed": sealer.seal(id_number.encode(), id_number_place(case_no)),
        "phone_sealed": sealer.seal(phone.encode(), phone_place(case_no)) if phone else None,
        **indexes_of(sealer, case_no, id_number, phone),
    }

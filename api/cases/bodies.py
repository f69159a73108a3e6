"""What departments send: the bodies of the two addresses, read whole, with every fault found at once.

Fields that we do not know are left alone, so that a platform may send more; nothing of them is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo

from api.cases.applicant_numbers import identity_number, phone_number
from api.cases.faults import Fault, Faulty, faults_of
from api.cases.item_names import items_named
from api.conversations.desk_hours import LOCAL
from bot.channels.channel import Unusable
from bot.channels.strict_json import is_storable, read_object
from bot.masking import mask
from knowledge.library import Library, ProvinceKnowledge
from knowledge.regions import Region

MOST_ITEMS = 50
FUTURE_ALLOWED = timedelta(minutes=5)
"""Clocks of offices differ; more than that is a mistake."""
FIRST_YEAR = 2000
INSTANT = re.compile(
    r"""[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]     # the day
        [0-9]{2}:[0-9]{2}:[0-9]{2}          # the time of day
        (?:\.[0-9]{1,9})?                   # parts of a second
        (?:[Zz]|[+-][0-9]{2}:[0-9]{2})      # and how far from UTC""",
    re.VERBOSE,
)
# What `fromisoformat` takes of a second's parts.
FINER_THAN_MICROSECONDS = re.compile(r"(\.[0-9]{6})[0-9]+")


@dataclass(frozen=True)
class Surrounding:
    """What a body is read against. province: of the case, when it is known already."""

    library: Library
    now: datetime
    province: ProvinceKnowledge | None = None


def _surrounding(info: ValidationInfo) -> Surrounding:
    return info.context  # type: ignore[return-value]


def _storable(text: str) -> str:
    if not is_storable(text):
        raise ValueError("must be Unicode text without NUL")
    return text


def _named(text: str) -> str:
    if not _storable(text).strip():
        raise ValueError("must not be blank")
    return text


def _instant(written: Any, info: ValidationInfo) -> datetime:
    if not isinstance(written, str) or not INSTANT.fullmatch(written):
        raise ValueError("must be a date and time with seconds and offset (RFC 3339): 2026-11-23T09:30:00+08:00")
    try:
        at = datetime.fromisoformat(FINER_THAN_MICROSECONDS.sub(r"\1", written).upper())
    except ValueError:
        raise ValueError("must be a day of the calendar and a time of the day") from None
    if at.year < FIRST_YEAR:
        raise ValueError(f"must not lie before {FIRST_YEAR}")
    if at > _surrounding(info).now + FUTURE_ALLOWED:
        raise ValueError("must not lie in the future")
    return at.astimezone(UTC)


def _region(written: str, info: ValidationInfo) -> str:
    library = _surrounding(info).library
    found = _exact_region(library, written.strip())
    if found is None:
        raise ValueError("must be an adcode or the full name of a province, city or county")
    if library.province_for(found.code) is None:
        raise ValueError("lies in no province whose guide is known here")
    return found.code


def _exact_region(library: Library, written: str) -> Region | None:
    """The region that is written, and nothing else beside it: nothing is guessed from an address."""
    found = library.regions.lookup(written)
    if found is None or written.isdecimal():
        return found
    if written in (found.name, found.short_name, library.regions.describe(found)):
        return found
    mentions = library.regions.find(written)
    is_whole = len(mentions) == 1 and mentions[0].matched == written and mentions[0].certainty == "exact"
    return found if is_whole else None


def _item(written: str, info: ValidationInfo) -> str:
    """The id of the item. Raises ValueError for none and for several; without a province only the form is looked at."""
    around = _surrounding(info)
    region = info.data.get("region")
    province = around.province or (around.library.province_for(region) if region else None)
    if province is None:
        return _named(written)
    found = items_named(around.library, province, _named(written))
    if len(found) > 1:
        raise ValueError(f"means several items of this province; send one of: {', '.join(one.id for one in found)}")
    if not found:
        raise ValueError(f"is no item of this province; its items: {', '.join(province.items)}")
    return found[0].id


def _identity_number(written: str, info: ValidationInfo) -> str:
    return identity_number(_storable(written), _surrounding(info).now.astimezone(LOCAL).date())


def _phone(written: str) -> str:
    return phone_number(_storable(written))


def _masked(written: str) -> str:
    return mask(_storable(written)).text.strip()


def _without_doubles(items: list[str]) -> list[str]:
    return list(dict.fromkeys(items))


Identifier = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(_named)]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant, json_schema_input_type=Annotated[str, Field(json_schema_extra={"format": "date-time"})]),
]
ItemName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_item)]


class Body(BaseModel):
    """Base of what is sent. Its errors never carry what was sent."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", hide_input_in_errors=True)


class ApplicantBody(Body):
    """Whose case it is. Stored encrypted; nothing here is ever given back."""

    id_number: Annotated[
        str,
        Field(min_length=15, max_length=40, description="Identity number (GB 11643), 18 characters or the old 15."),
        AfterValidator(_identity_number),
    ]
    phone: Annotated[
        Annotated[str, Field(min_length=10, max_length=40), AfterValidator(_phone)] | None,
        Field(description="Mobile number, or a fixed line with its area code."),
    ] = None


class CaseBody(Body):
    """A new case. The order of the fields counts: items are looked up in the region."""

    region: Annotated[
        str,
        Field(min_length=2, max_length=100, description="Adcode or full name, from the province down to the county."),
        AfterValidator(_storable),
        AfterValidator(_region),
    ]
    applicant: ApplicantBody
    items: Annotated[
        list[ItemName],
        Field(min_length=1, max_length=MOST_ITEMS, description="Items by id, by the guide's name or an everyday name."),
        AfterValidator(_without_doubles),
    ]
    accepted_at: Annotated[Instant, Field(description="When the case was accepted.")]
    platform_no: Annotated[
        Identifier | None,
        Field(description="The platform's own number of the case: the same number again opens no second case."),
    ] = None


class EventBody(Body):
    """What became of an item."""

    event_id: Annotated[Identifier, Field(description="Unique in the case: the same id again changes nothing.")]
    item: Annotated[ItemName, Field(description="The item by id, by the guide's name or an everyday name.")]
    status: Annotated[
        str,
        Field(min_length=1, max_length=100, description="The department's own word or code."),
        AfterValidator(_named),
        AfterValidator(_masked),
    ]
    at: Annotated[Instant, Field(description="When it happened; events may come late and in any order.")]
    note: Annotated[
        Annotated[str, Field(max_length=500), AfterValidator(_masked)] | None,
        Field(description="Words for the veteran, for example what is missing. Personal numbers are taken out."),
    ] = None


Read = TypeVar("Read", CaseBody, EventBody)


def read_case(body: bytes, around: Surrounding) -> CaseBody:
    """A new case. Raises Faulty with every fault."""
    return _read(CaseBody, body, around)


def read_event(body: bytes, around: Surrounding) -> EventBody:
    """An event of a case of `around.province`. Raises Faulty with every fault."""
    return _read(EventBody, body, around)


def _read(kind: type[Read], body: bytes, around: Surrounding) -> Read:
    try:
        return kind.model_validate(read_object(body), context=around)
    except Unusable as error:
        raise Faulty([Fault("body", str(error).removeprefix("body "))]) from None
    except ValidationError as error:
        raise Faulty(faults_of(error)) from None

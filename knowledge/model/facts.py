"""What every fact has: its place in a guide, its dates, and words that can be said as they stand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, Any, Literal, Protocol, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Completeness = Literal["complete", "partial", "none"]
Aspect = Literal[
    "overview",
    "who",
    "materials",
    "time_limit",
    "where",
    "how",
    "department",
    "result",
    "cost",
    "amount",
    "in_person",
    "order",
    "notice",
    "progress",
    "necessity",
    "contact",
    "form",
]


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Listing = TypeVar("Listing", bound=_WithId)


def _have_distinct_ids(listed: tuple[Listing, ...]) -> tuple[Listing, ...]:
    twice = [name for name, count in Counter(one.id for one in listed).items() if count > 1]
    if twice:
        raise ValueError(f"the id '{twice[0]}' stands twice")
    return listed


Listed = Annotated[tuple[Listing, ...], AfterValidator(_have_distinct_ids)]
"""Several of one kind, told apart by their ids."""


class Strict(BaseModel):
    """Immutable, and every unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Source(Strict):
    """A place in a guide: the guide's id and the section as the guide numbers it."""

    guide: str
    section: str


def _expand_source(value: Any, info: ValidationInfo) -> Any:
    """A bare section means the main guide of the folder: `source: 附件2 五(二)6`."""
    values = value if isinstance(value, list) else [value]
    guides = (info.context or {}).get("guides", ())
    main = guides[0] if guides else None
    places = [{"guide": main, "section": one} if isinstance(one, str) else one for one in values]
    for place in places:
        if guides and isinstance(place, dict) and place.get("guide", main) not in guides:
            raise ValueError(f"the guide '{place['guide']}' is not one of: {', '.join(guides)}")
    return places


Sources = Annotated[tuple[Source, ...], BeforeValidator(_expand_source), Field(min_length=1)]


class Sourced(Strict):
    """A fact with its place in a guide, the day it holds from, and the day somebody last saw that it still holds.

    `from` and `checked_on` default to those of the folder's main guide. owner: who sees to it that it stays true.
    review_due: the last day on which somebody must have looked again, where it is not that of the guide.
    """

    source: Sources
    valid_from: date = Field(alias="from")
    valid_until: date | None = Field(default=None, alias="until")
    checked_on: date
    owner: str | None = None
    review_due: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _inherit_dates(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        inherited = (info.context or {}).get("dates", {})
        return {**inherited, **data}

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("'until' is before 'from'")
        return self


class Statement(Sourced):
    """Something that can be said as it stands.

    say: at most four short sentences, the first reply. more: the rest, on request. staff: only for counselors.
    simple: the same in the plainest words, for 「说简单点」. steps: a sequence to be followed, one short sentence each.
    complete: whether the guide answers the question wholly, partly or not at all; then `ask` names who would know.
    questions: ways in which people ask for it.
    """

    say: str
    more: str | None = None
    simple: str | None = None
    steps: tuple[str, ...] = ()
    staff: str | None = None
    complete: Completeness = "complete"
    ask: str | None = None
    questions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_who_knows(self) -> Self:
        if self.complete != "complete" and not self.ask:
            raise ValueError("'ask' must say who would know when 'complete' is not complete")
        return self

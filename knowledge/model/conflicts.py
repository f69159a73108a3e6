"""Where the guides of different provinces say different things about the same matter, each with its place and date."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from knowledge.model.facts import Aspect, Id, Listed, Source, Strict


class Position(Strict):
    """What one province's guide says. Its sources name their guide.

    states: what the guide says, in a few words, for the counselor's comparison. say: the whole for a veteran of this
    province, his own guide first. brief: one sentence said with every answer about one of the papers. in_list: what a
    list says instead, of his own guide alone.
    """

    province: Id
    source: Annotated[tuple[Source, ...], Field(min_length=1)]
    states: str
    say: str
    brief: str | None = None
    in_list: str | None = None


class Conflict(Strict):
    """A matter on which guides disagree. In each province that has a position it is a gap of the kind `conflict`.

    items, papers, aspects: what it has to do with, where the province has them. staff: for the counselor.
    ask: who would know. questions: ways in which people ask for it.
    """

    id: Id
    title: str
    items: tuple[Id, ...] = ()
    papers: tuple[Id, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    staff: str
    ask: str
    questions: tuple[str, ...] = ()


class Conflicts(Strict):
    """The conflicts of `data/national/conflicts.yaml`."""

    conflicts: Listed[Conflict]

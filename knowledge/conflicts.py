"""Makes each conflict between provinces a gap of every province that has a position in it, with all the sources."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from knowledge import model
from knowledge.library import ProvinceKnowledge


def faults_of(
    conflict: model.Conflict, provinces: Mapping[str, ProvinceKnowledge], unread: Container[str] = ()
) -> Iterator[str]:
    """What keeps a conflict from being told: a province or a guide that there is not.

    unread: provinces whose files have faults of their own, which are told there alone.
    """
    for position in conflict.positions:
        province = provinces.get(position.province)
        if province is None:
            if position.province not in unread:
                yield f"'{position.province}' is no province of these data"
            continue
        own = {guide.id for guide in province.head.guides}
        yield from (
            f"the guide '{source.guide}' is not one of: {', '.join(sorted(own))}"
            for source in position.source
            if source.guide not in own
        )


def with_conflicts(
    province: ProvinceKnowledge, conflicts: Iterable[model.Conflict], provinces: Mapping[str, ProvinceKnowledge]
) -> ProvinceKnowledge:
    """The province with a gap for each conflict in which it has a position, and the guides that the gap cites."""
    gaps = dict(province.gaps)
    cited = dict(province.cited_guides)
    for conflict in conflicts:
        own = next((one for one in conflict.positions if one.province == province.id), None)
        if own is None:
            continue
        others = [one for one in conflict.positions if one is not own]
        gaps[conflict.id] = _gap(province, conflict, own, others, provinces)
        for other in others:
            cited |= {source.guide: provinces[other.province].guide(source.guide) for source in other.source}
    return replace(province, gaps=gaps, cited_guides=cited)


def _gap(
    province: ProvinceKnowledge,
    conflict: model.Conflict,
    own: model.Position,
    others: list[model.Position],
    provinces: Mapping[str, ProvinceKnowledge],
) -> model.Gap:
    guide = province.guide(own.source[0].guide)
    told = [_told(one, provinces[one.province]) for one in (own, *others)]
    return model.Gap.model_validate(
        {
            "source": [*own.source, *(source for one in others for source in one.source)],
            "from": guide.valid_from or guide.facts_from or guide.checked_on,
            "checked_on": guide.checked_on,
            "id": conflict.id,
            "title": conflict.title,
            "kind": "conflict",
            "say": own.say,
            "brief": own.brief,
            "in_list": own.in_list,
            "staff": "\n".join([conflict.staff, *told]),
            "ask": conflict.ask,
            "items": [one for one in conflict.items if one in province.items],
            "papers": [one for one in conflict.papers if one in province.papers],
            "aspects": conflict.aspects,
            "questions": conflict.questions,
        }
    )


def _told(position: model.Position, province: ProvinceKnowledge) -> str:
    """One position for the counselor, with its document, date and place."""
    guide = province.guide(position.source[0].guide)
    day = guide.issued or guide.valid_from or guide.facts_from
    places = "、".join(source.section for source in position.source)
    return f"《{guide.short_name}》{guide.doc_no or ''}（{day or ''}）{places}：{position.states}"

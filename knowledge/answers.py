"""Turns an entry into what is said: sentences copied from the data, with the ids and sections they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge import model
from knowledge.entries import Entry
from knowledge.library import Library, ProvinceKnowledge

LONGEST_TOGETHER = 134
MOST_SENTENCES = 4
"""Two answers in one message are together no longer than the one or the other, in characters or in sentences."""
MOST_PAPERS = 3
"""Of so many papers the form is told at once."""


@dataclass(frozen=True)
class Said:
    """An answer before it becomes a reply. `more` and `simple` are there for 「更多」 and 「说简单点」."""

    say: str
    more: str | None
    simple: str | None
    complete: model.Completeness
    ids: tuple[str, ...]
    sources: tuple[model.Source, ...]


def answer_from(entry: Entry, province: ProvinceKnowledge, library: Library) -> Said:
    """What the guide says for an entry; a guide's open place that touches the same thing is said with it."""
    fact = library.facts.get(entry.id)
    if entry.kind == "item_papers":
        return _papers_of(province.items[entry.key], province, library)
    if entry.kind == "field":
        return _field(entry, province, library)
    if isinstance(fact, model.Gap):
        complete: model.Completeness = "none" if fact.kind == "missing" else "partial"
        return Said(f"{fact.say}{_who_knows(fact.ask, library)}", None, None, complete, (entry.id,), fact.source)
    if isinstance(fact, model.NotNeeded):
        return Said(fact.reason, None, None, "complete", (entry.id,), fact.source)
    if isinstance(fact, model.Portal):
        return Said(fact.say, None, None, "complete", (entry.id,), fact.source)
    if not isinstance(fact, model.Statement | model.Paper):
        raise TypeError(f"{entry.id} is no fact that can be said")
    say = fact.say
    if fact.complete != "complete" and fact.ask:
        say = f"{say}{_who_knows(fact.ask, library)}"
    if isinstance(fact, model.Topic) and fact.for_whom:
        say = f"{library.phrase('for_whom', whom=fact.for_whom)}{say}"
    is_named = isinstance(fact, model.Paper) and fact.name.replace("的", "") in say.replace("的", "")
    if isinstance(fact, model.Paper) and not is_named:  # Who asked in other words hears which paper it is.
        say = library.phrase("paper_named", name=fact.name, say=say)
    more = _join(fact.more, _steps(fact))
    said = Said(say, more, fact.simple, fact.complete, (entry.id,), fact.source)
    return _with_warnings(said, [fact], province) if isinstance(fact, model.Paper) else said


def together(said: Said, also: Said) -> Said:
    """Two answers as one, when a question may mean either and both are short enough for one message; else the first."""
    say = f"{said.say}\n{also.say}"
    if len(say) > LONGEST_TOGETHER and sum(map(say.count, "。！？")) > MOST_SENTENCES:
        return said
    complete = said.complete if said.complete == also.complete else "partial"
    return Said(
        say=say,
        more=_join(said.more, also.more),
        simple=None,
        complete=complete,
        ids=tuple(dict.fromkeys((*said.ids, *also.ids))),
        sources=tuple(dict.fromkeys((*said.sources, *also.sources))),
    )


def unstated(item: model.Item, aspect: model.AspectEntry, province: ProvinceKnowledge, library: Library) -> Said:
    """That the guide does not speak of an aspect of an item, and who would know."""
    say = aspect.unstated.replace("{item}", library.name_of_item(item))
    text = f"{say}{_who_knows(province.head.ask_whom, library)}"
    return Said(text, None, None, "none", (f"{province.id}.item.{item.id}",), item.source)


def unstated_of_paper(
    paper: model.Paper, aspect: model.AspectEntry, province: ProvinceKnowledge, library: Library
) -> Said:
    """The same for a paper."""
    say = aspect.unstated.replace("{item}", paper.name)
    text = f"{say}{_who_knows(province.head.ask_whom, library)}"
    return Said(text, None, None, "none", (f"{province.id}.paper.{paper.id}",), paper.source)


def unlisted(name: str, province: ProvinceKnowledge, library: Library) -> Said:
    """That no guide of the province names a paper. name: as it was asked for."""
    text = library.phrase("unlisted_paper", name=name) + _who_knows(province.head.ask_whom, library)
    ids = (f"{province.id}.questionnaire.{province.questionnaire.id}",)
    return Said(text, None, None, "none", ids, province.questionnaire.source)


def unstated_of_whole(aspect: model.AspectEntry, province: ProvinceKnowledge, library: Library) -> Said:
    """The same for the service as a whole."""
    say = aspect.unstated.replace("{item}", library.phrase("whole_service"))
    text = f"{say}{_who_knows(province.head.ask_whom, library)}"
    ids = (f"{province.id}.questionnaire.{province.questionnaire.id}",)
    return Said(text, None, None, "none", ids, province.questionnaire.source)


def form_of(paper: model.Paper, province: ProvinceKnowledge, library: Library) -> Said:
    """Original or copy, how many, and the specification, as far as the guide says so."""
    form = library.phrase(f"form_{paper.form}") if paper.form != "unstated" else None
    count = library.phrase("form_count", count=paper.copies) if paper.copies else None
    parts = [part for part in (form, count, paper.spec) if part]
    ids = (f"{province.id}.paper.{paper.id}",)
    if not parts:
        say = library.phrase("form_unknown", name=paper.name) + _who_knows(province.head.ask_whom, library)
        return _with_warnings(Said(say, None, None, "none", ids, paper.source), [paper], province)
    say = library.phrase("form_known", name=paper.name, parts="，".join(parts)) + (paper.note or "")
    is_whole = bool(form and count)
    say += "" if is_whole else _who_knows(province.head.ask_whom, library)
    said = Said(say, None, None, "complete" if is_whole else "partial", ids, paper.source)
    return _with_warnings(said, [paper], province)


def forms_of(papers: Sequence[model.Paper], province: ProvinceKnowledge, library: Library) -> Said:
    """The same for the papers of an item, those first that few others want; what is too much at once is more."""
    each = [form_of(paper, province, library) for paper in sorted(papers, key=lambda one: len(one.for_items))]
    who = _who_knows(province.head.ask_whom, library)
    lines = [one.say.replace(who, "") for one in each]
    is_whole = all(one.complete == "complete" for one in each)
    now = lines[:MOST_PAPERS]
    return Said(
        say="".join(now) + ("" if is_whole else who),
        more=_join(*lines[MOST_PAPERS:]),
        simple=None,
        complete="complete" if is_whole else "partial",
        ids=tuple(dict.fromkeys(id for one in each for id in one.ids)),
        sources=_distinct([one.sources for one in each]),
    )


def _papers_of(item: model.Item, province: ProvinceKnowledge, library: Library) -> Said:
    papers = province.papers_for(item.id)
    name = library.name_of_item(item)
    everybody = province.alternatives(paper for paper in papers if paper.when is None)
    always = [library.phrase("either_or").join(paper.name for paper in group) for group in everybody]
    depends = [paper for paper in papers if paper.when is not None]
    if always:
        say = library.phrase("item_papers", item=name, papers="、".join(always))
    else:
        say = library.phrase("item_papers_all_depend", item=name)
    if depends:
        names = "、".join(paper.name for paper in depends)
        say += library.phrase("item_papers_depend", count=len(depends), papers=names)
    more = "".join(library.phrase("paper_when", paper=paper.name, when=paper.when_say) for paper in depends) or None
    ids = tuple(f"{province.id}.paper.{paper.id}" for paper in papers)
    said = Said(say, more, None, "complete", ids, _distinct([paper.source for paper in papers]))
    return _with_warnings(said, papers, province)


def _field(entry: Entry, province: ProvinceKnowledge, library: Library) -> Said:
    form = province.form
    if form is None:
        raise KeyError(entry.id)
    field = next(one for one in form.fields if one.id == entry.key)
    say = library.phrase("form_field", field=field.label, say=field.say)
    return Said(say, None, None, "complete", (f"{province.id}.form.{form.id}",), form.source)


def _with_warnings(said: Said, papers: Sequence[model.Paper], province: ProvinceKnowledge) -> Said:
    """A paper is never told without the open place that its guide, or the guides together, have about it."""
    touching = province.warnings(paper.id for paper in papers)
    if not touching:
        return said
    return replace(
        said,
        say=said.say + "".join(gap.brief or "" for gap in touching),
        complete="partial" if said.complete == "complete" else said.complete,
        ids=(*said.ids, *(province.fact_id("gap", gap.id) for gap in touching)),
        sources=_distinct([said.sources, *(gap.source for gap in touching)]),
    )


def _steps(fact: model.Statement | model.Paper) -> str | None:
    if not isinstance(fact, model.Statement) or not fact.steps:
        return None
    return "".join(f"{number}. {step}\n" for number, step in enumerate(fact.steps, 1)).rstrip()


def _who_knows(ask: str, library: Library) -> str:
    return library.phrase("who_knows_number" if ask[:1].isdigit() else "who_knows", ask=ask)


def _join(*parts: str | None) -> str | None:
    return "\n".join(part for part in parts if part) or None


def _distinct(sources: Sequence[tuple[model.Source, ...]]) -> tuple[model.Source, ...]:
    return tuple(dict.fromkeys(source for group in sources for source in group))

"""From a question in everyday words to what a province's guide says about it, or to an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge import answers, model
from knowledge.answers import Said
from knowledge.bearing import (
    ALIKE,
    concerns,
    follows_up,
    is_clear,
    is_of,
    is_of_another_matter,
    is_open,
    is_own_words,
    misses,
)
from knowledge.entries import Entry
from knowledge.fragment import OBTAINING, continues, is_fragment, only_names_one_thing, says_nothing_else
from knowledge.library import Library, ProvinceKnowledge
from knowledge.search import NOTHING, Found, Hit, Search
from knowledge.strange_papers import are_of_a_kind, is_of_another, names, paper_of_elsewhere, strange_paper
from knowledge.subject import Subject, carried, subject_of
from knowledge.vocabulary import Mention, Vocabulary

THE_FORM = "joint_application_form"
"""Every guide has a form to fill in, whatever it calls it."""
OF_THE_WHOLE = ("cost", "amount", "contact")
"""Aspects that are asked of the service as a whole, and whose absence is worth saying."""
LONGEST_OF_WHOLE = 12
"""A longer message with a word like 电话 tells a story; it does not ask for that of the whole service."""
SURE = 0.4
"""From this chance on the best entry is what was asked for, though the question seems to go on with another."""
LIKELY = 0.22
"""From this chance on the best entry is answered."""
NEAR = 0.2
"""From this chance on the nearest are worth offering as 「您是不是想问」."""
HALF = 0.5
"""An entry with this share of all likelihood outweighs all others together."""
ALSO = 0.1
"""Another entry with this part of the best one's share may as well be meant."""
ALONE = 0.9
"""From this chance on the best entry is said alone."""


@dataclass(frozen=True)
class Resolution:
    """What a question came to. `said` is the answer; without it, `options` are what the person may have meant.

    `near` is true when the options are only the nearest sections and none may be right.
    """

    subject: Subject
    said: Said | None = None
    entry: Entry | None = None
    options: tuple[Entry, ...] = field(default=())
    near: bool = False
    certain: bool = False
    """The question is nearly one of the entry's own phrasings."""
    found: Found = NOTHING
    """What was compared, and how it came out: for whoever asks why."""
    outside: model.Outside | None = None
    """A matter that no guide here covers, recognised as such."""


class Resolver:
    """Answers questions from one province's guides. Built once a release."""

    def __init__(self, province: ProvinceKnowledge, library: Library, vocabulary: Vocabulary, search: Search) -> None:
        self.province = province
        self.search = search
        self._library = library
        self._vocabulary = vocabulary
        self._by_id = {entry.id: entry for entry in search.entries}
        self._own_papers = {THE_FORM, *province.papers, *(one.paper for one in province.not_needed if one.paper)}

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with that knowledge id, for a choice that was offered earlier; none that is not said today."""
        found = self._by_id.get(entry_id)
        return found if found and self.search.says(found) else None

    def said(self, entry: Entry) -> Said:
        """What the guide says for an entry."""
        return answers.answer_from(entry, self.province, self._library)

    def near(self, question: str, limit: int) -> Found:
        """What comes nearest to a question, for editors who want to see why."""
        return self.search.rank(question, self._vocabulary.find(question), limit)

    def resolve(self, question: str, before: Subject) -> Resolution:
        """Answer a question. `before`: what was last spoken of; used when the question names no subject itself."""
        mentions = self._vocabulary.find(question)
        found, resolution = self._resolved(question, mentions, before)
        return replace(self._of_strange_paper(question, mentions, found, resolution), found=found)

    def _of_strange_paper(
        self, question: str, mentions: Sequence[Mention], found: Found, resolution: Resolution
    ) -> Resolution:
        """The resolution; or, where it speaks of another paper than the one that is asked for, that none is named."""
        answered = resolution.entry
        if answered is None or resolution.certain:
            return resolution
        elsewhere = paper_of_elsewhere(mentions, self._own_papers)
        paper, called = strange_paper(question, mentions), None
        if paper is None and elsewhere and elsewhere.id not in answered.papers:
            paper, called = question[elsewhere.start : elsewhere.end], self._library.name_of("paper", elsewhere.id)
        if paper is None or not is_of_another(answered, paper) or (called and names(answered, called)):
            return resolution
        near = [hit.entry for hit in found.hits if hit.share >= HALF * ALSO]
        named = next((one for one in near if names(one, paper) or (called and names(one, called))), None)
        if named:
            return self._answer(resolution.subject, named)
        said = answers.unlisted(called or paper, self.province, self._library)
        is_asked_too = called and set(answered.papers) & set(subject_of(mentions).papers)
        others = [self._library.name_of("paper", one) for one in answered.papers]
        helps = is_asked_too or (called and any(are_of_a_kind(called, other) for other in others))
        return Resolution(Subject(), answers.together(said, self.said(answered)) if helps else said)

    def _resolved(self, question: str, mentions: Sequence[Mention], before: Subject) -> tuple[Found, Resolution]:
        subject = subject_of(mentions)
        found = self.search.rank(question, mentions)
        outside = self._library.entry("outside", subject.outside[0]) if subject.outside else None
        if isinstance(outside, model.Outside) and not (is_own_words(found) or is_clear(found)):
            return found, Resolution(subject, outside=outside)
        is_bare_name = subject.is_named and not subject.aspects and says_nothing_else(question, mentions)
        if is_own_words(found) and "form" not in subject.aspects and not is_bare_name:
            return found, replace(self._answer(subject, found.hits[0].entry), certain=True)
        is_short, is_carried = is_fragment(question), False
        stands_alone = is_open(found, before) or (
            is_of_another_matter(found, before) and not says_nothing_else(question, mentions)
        )
        if follows_up(question, subject, before) and (found.chance < SURE or (is_short and not stands_alone)):
            subject = Subject(before.items, before.papers, subject.aspects or before.aspects, subject.terms)
            mentions = [*mentions, *carried(subject, mentions)]
            found = self.search.rank(f"{self._name(subject)}{question}", mentions)
            is_carried = is_short
        elif before.is_named and not subject.is_named and found.chance < SURE and self.search.knows(question):
            named = [*mentions, *carried(Subject(before.items, before.papers), mentions)]
            of_before = self.search.rank(f"{self._name(before)}{question}", named)
            if of_before.best and concerns(of_before.best.entry, before) and of_before.chance > found.chance:
                found = of_before
        elif subject.is_named and not subject.aspects and continues(question):
            subject = replace(subject, aspects=before.aspects)
        if subject.is_named and (is_carried or only_names_one_thing(question, mentions)):
            of_this_side = [hit for hit in found.hits if is_of(hit.entry, subject)]
            plain = self._structured(subject, of_this_side[0] if of_this_side else None)
            if plain is not None:
                return found, plain
        if found.chance < LIKELY and not (mentions or self.search.knows(question)):
            return found, Resolution(subject)
        return found, self._decide(question, subject, found)

    def _decide(self, question: str, subject: Subject, found: Found) -> Resolution:
        best = found.best
        if best is None:
            return self._of_whole(subject) or Resolution(subject)
        if found.chance < SURE and misses(best, subject):
            structured = self._structured(subject, best)
            if structured is not None:
                return structured
        of_whole = self._of_whole(subject) if best.likeness < ALIKE and len(question) <= LONGEST_OF_WHOLE else None
        if found.chance >= LIKELY and of_whole is None:
            return self._answer(subject, best.entry, *self._rivals(found))
        structured = self._structured(subject, best) or self._of_whole(subject)
        if structured is not None or found.chance < NEAR:
            return structured or Resolution(subject)
        return Resolution(subject, options=tuple(hit.entry for hit in found.hits[:3]), near=True)

    def _rivals(self, found: Found) -> tuple[Entry | None, tuple[Entry, ...]]:
        """What is said beside the best because it may as well be meant, and what is only offered."""
        best, *others = found.hits
        near = [hit.entry for hit in others[:3] if hit.share >= best.share * ALSO]
        also = near[0] if near and found.chance < ALONE else None
        return also, tuple(near[1:] if also else near)

    def _name(self, subject: Subject) -> str:
        """The name of what was spoken of, so that a follow-up is compared as a whole question."""
        for kind, ids in (("item", subject.items), ("paper", subject.papers)):
            if ids:
                return self._library.name_of(kind, ids[0])
        return ""

    def _structured(self, subject: Subject, best: Hit | None) -> Resolution | None:
        """The answer by name and side, when the guide has what is named."""
        return self._of_paper(subject, best) or self._of_item(subject, best)

    def _of_whole(self, subject: Subject) -> Resolution | None:
        """An aspect asked of the service as a whole that no topic answers: the guide does not state it."""
        aspect = next((one for one in subject.aspects if one in OF_THE_WHOLE), None)
        if aspect is None or subject.is_named:
            return None
        return Resolution(subject, answers.unstated_of_whole(self._aspect(aspect), self.province, self._library))

    def _of_paper(self, subject: Subject, best: Hit | None) -> Resolution | None:
        """A named paper: whether it is needed, its form, or where to get it; or that the guide does not say so."""
        paper = next((self.province.papers[one] for one in subject.papers if one in self.province.papers), None)
        if paper is None or (subject.items and not _speaks_of_papers(subject)):
            return None
        if "form" in subject.aspects:
            return Resolution(subject, answers.form_of(paper, self.province, self._library))
        if best and best.share >= HALF and set(subject.papers) & set(best.entry.papers) and not misses(best, subject):
            return self._answer(subject, best.entry)
        wanted = next((one for one in subject.aspects if one in OBTAINING), None)
        if wanted and "materials" not in subject.aspects:
            entry = self._by_id.get(f"{self.province.id}.paper.{paper.id}.obtain")
            if entry:
                return self._answer(subject, entry)
            aspect = self._aspect(wanted)
            return Resolution(subject, answers.unstated_of_paper(paper, aspect, self.province, self._library))
        return self._answer(subject, self._by_id[f"{self.province.id}.paper.{paper.id}"])

    def _of_item(self, subject: Subject, best: Hit | None) -> Resolution | None:
        """A named item: the aspect asked for, its overview, or that the guide does not speak of the aspect."""
        items = [item for one in subject.items for item in self.province.items_meant(one)]
        if not items:
            return None
        papers = self.province.papers_for(items[0].id) if "form" in subject.aspects else []
        if papers:
            of_each = answers.forms_of(papers, self.province, self._library)
            return Resolution(Subject((items[0].id,), (), ("form",)), of_each)
        if best and best.share >= HALF and not misses(best, subject):
            is_open = best.entry.kind in ("gap", "topic") or not subject.aspects
            if is_open or set(subject.items) & set(best.entry.items):
                return self._answer(subject, best.entry)
        if len(items) > 1 and len(subject.items) == 1:
            aspect = next((one for one in subject.aspects), "overview")
            found = [self._by_id.get(f"{self.province.id}.item.{item.id}.{aspect}") for item in items]
            options = tuple(entry for entry in found if entry)
            if len(options) > 1:
                return Resolution(subject, options=options)
        return self._aspect_of(items[0], subject, best)

    def _aspect_of(self, item: model.Item, subject: Subject, best: Hit | None) -> Resolution:
        for aspect in subject.aspects:
            entry = self._by_id.get(f"{self.province.id}.item.{item.id}.{aspect}")
            if entry:
                return self._answer(subject, entry)
        if best and best.share >= HALF and item.id in best.entry.items and not misses(best, subject):
            return self._answer(subject, best.entry)
        stated = [one for one in subject.aspects if one not in ("overview", "form")]
        if stated:
            said = answers.unstated(item, self._aspect(stated[0]), self.province, self._library)
            return Resolution(subject, said)
        return self._answer(subject, self._by_id[f"{self.province.id}.item.{item.id}.overview"])

    def _answer(
        self, subject: Subject, entry: Entry, also: Entry | None = None, options: tuple[Entry, ...] = ()
    ) -> Resolution:
        named = entry if entry.items or entry.papers else subject
        spoken_of = Subject(named.items[:1], named.papers[:1], entry.aspects[:1])
        said = self.said(entry)
        beside = self.said(also) if also else None
        if beside and beside.say != said.say:
            said = answers.together(said, beside)
        return Resolution(spoken_of, said, entry, options)

    def _aspect(self, aspect_id: str) -> model.AspectEntry:
        entry = self._library.entry("aspect", aspect_id)
        if not isinstance(entry, model.AspectEntry):
            raise KeyError(aspect_id)
        return entry


def _speaks_of_papers(subject: Subject) -> bool:
    return bool({"materials", "form", "necessity"} & set(subject.aspects))

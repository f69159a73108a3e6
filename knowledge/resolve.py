"""From a question in everyday words to what a province's guide says about it, or to an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge import answers, model
from knowledge.answers import Said
from knowledge.entries import Entry
from knowledge.library import Library, ProvinceKnowledge
from knowledge.search import CERTAIN, EMPTY_CHARACTERS, LIKELY, NEAR, SURE, Hit, Search
from knowledge.vocabulary import Mention, Vocabulary

OBTAINING = frozenset({"where", "how", "department", "contact"})
"""Aspects that, asked of a paper, mean where and how to get it."""
OF_THE_WHOLE = ("cost", "amount", "contact")
"""Aspects that are asked of the service as a whole, and whose absence is worth saying."""
OWN_WORDS = 0.9
"""From this likeness on a question is asked in the words kept with an entry, whatever aspect it seems to name."""
OF_ALL = ("一共", "总共", "全部", "所有", "整个", "这些", "一件事")
"""Words that speak of the service as a whole, whatever was spoken of before."""
LONGEST_FRAGMENT = 6
ALIKE = 0.25
"""A question with words that the guide's data lack must be this like a phrasing to be answered."""
CLOSE = 0.06
"""Two entries nearer than this cannot be told apart by the question alone."""


@dataclass(frozen=True)
class Subject:
    """What a question is about: ids of the knowledge, as said now or taken over from before."""

    items: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether an item or a paper is named at all."""
        return bool(self.items or self.papers)


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
    outside: model.Outside | None = None
    """A matter that no guide here covers, recognised as such."""


class Resolver:
    """Answers questions from one province's guides. Built once a release."""

    def __init__(self, province: ProvinceKnowledge, library: Library, vocabulary: Vocabulary) -> None:
        self.province = province
        self._library = library
        self._vocabulary = vocabulary
        self._search = Search(province, library, vocabulary)
        self._by_id = {entry.id: entry for entry in self._search.entries}

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with that knowledge id, for a choice that was offered earlier."""
        return self._by_id.get(entry_id)

    def said(self, entry: Entry) -> Said:
        """What the guide says for an entry."""
        return answers.answer_from(entry, self.province, self._library)

    def near(self, question: str, limit: int) -> list[Hit]:
        """What comes nearest to a question, for editors who want to see why."""
        return self._search.rank(question, self._vocabulary.find(question), limit)

    def resolve(self, question: str, before: Subject) -> Resolution:
        """Answer a question. `before`: what was last spoken of; used when the question names no subject itself."""
        mentions = self._vocabulary.find(question)
        subject = subject_of(mentions)
        hits = self._search.rank(question, mentions)
        outside = self._library.entry("outside", subject.outside[0]) if subject.outside else None
        if isinstance(outside, model.Outside) and (not hits or hits[0].score < CERTAIN):
            return Resolution(subject, outside=outside)
        if _is_own_words(hits) and "form" not in subject.aspects:
            return self._decide(subject, hits, is_known=True)
        is_fragment, is_carried = _is_fragment(question), False
        if _follows_up(question, subject, before) and (is_fragment or not hits or hits[0].score < SURE):
            subject = Subject(before.items, before.papers, subject.aspects or before.aspects, subject.terms)
            mentions = [*mentions, *_carried(subject, mentions)]
            hits = self._search.rank(question, mentions)
            is_carried = is_fragment
        elif subject.is_named and not subject.aspects and _continues(question):
            subject = replace(subject, aspects=before.aspects)
        if subject.is_named and (is_carried or _says_nothing_else(question, mentions)):
            of_this_side = [hit for hit in hits if set(hit.entry.aspects) & set(subject.aspects)]
            plain = self._structured(subject, of_this_side[0] if of_this_side else None)
            if plain is not None:
                return plain
        return self._decide(subject, hits, self._search.knows(question))

    def _decide(self, subject: Subject, hits: list[Hit], is_known: bool) -> Resolution:
        best = hits[0] if hits else None
        rivals = [hit.entry for hit in hits[:4] if best and hit.score >= best.score - CLOSE]
        if best and best.score >= CERTAIN and not _misses(best, subject):
            return replace(self._answer(subject, best.entry, tuple(rivals[1:])), certain=True)
        structured = self._structured(subject, best)
        if structured is not None:
            return structured
        if best is None or best.score < NEAR:
            return self._of_whole(subject) or Resolution(subject)
        stands_out = best.score >= SURE or (best.score >= LIKELY and len(rivals) == 1)
        if stands_out and (is_known or best.likeness >= ALIKE):
            return self._answer(subject, best.entry, tuple(rivals[1:]))
        options = tuple(hit.entry for hit in hits[:3] if hit.score >= NEAR)
        return self._of_whole(subject) or Resolution(subject, options=options, near=True)

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
        if best and best.score >= SURE and set(subject.papers) & set(best.entry.papers) and not _misses(best, subject):
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
        if best and best.score >= SURE and not _misses(best, subject):
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
        if best and best.score >= SURE and item.id in best.entry.items and not _misses(best, subject):
            return self._answer(subject, best.entry)
        stated = [one for one in subject.aspects if one not in ("overview", "form")]
        if stated:
            said = answers.unstated(item, self._aspect(stated[0]), self.province, self._library)
            return Resolution(subject, said)
        return self._answer(subject, self._by_id[f"{self.province.id}.item.{item.id}.overview"])

    def _answer(self, subject: Subject, entry: Entry, options: tuple[Entry, ...] = ()) -> Resolution:
        named = entry if entry.items or entry.papers else subject
        spoken_of = Subject(named.items[:1], named.papers[:1], entry.aspects[:1])
        return Resolution(spoken_of, self.said(entry), entry, options)

    def _aspect(self, aspect_id: str) -> model.AspectEntry:
        entry = self._library.entry("aspect", aspect_id)
        if not isinstance(entry, model.AspectEntry):
            raise KeyError(aspect_id)
        return entry


def subject_of(mentions: Sequence[Mention]) -> Subject:
    """The ids that were said, strongest first; what is only hinted at counts when nothing of its kind was said."""

    def of(kind: str) -> tuple[str, ...]:
        found = sorted((one for one in mentions if one.kind == kind), key=lambda one: -one.strength)
        said = [one.id for one in found if one.strength >= 0.8] or [one.id for one in found]
        return tuple(dict.fromkeys(said))

    return Subject(of("item"), of("paper"), of("aspect"), of("term"), of("outside"))


def _is_own_words(hits: list[Hit]) -> bool:
    """Whether a question is one of the phrasings kept with an entry, and with no other as well."""
    if not hits or hits[0].score < CERTAIN or hits[0].likeness < OWN_WORDS:
        return False
    return all(hit.likeness < hits[0].likeness for hit in hits[1:])


def _follows_up(question: str, subject: Subject, before: Subject) -> bool:
    """Whether a question without a subject of its own goes on with the one before: 「要几天」「那去哪呢」."""
    continues = bool(subject.aspects) or _continues(question)
    of_all = any(word in question for word in OF_ALL)
    return before.is_named and not subject.is_named and continues and not of_all


def _continues(question: str) -> bool:
    """Whether a question begins or ends as one that goes on: 「那身份证呢」."""
    return question.startswith("那") or question.rstrip("？?。").endswith("呢")


def _is_fragment(question: str) -> bool:
    """Whether a question is so short, or so begun, that it makes sense only with what was spoken of before."""
    length = sum(character.isalnum() for character in question)
    return length <= LONGEST_FRAGMENT or (question.startswith("那") and length <= LONGEST_FRAGMENT + 2)


def _misses(hit: Hit, subject: Subject) -> bool:
    """Whether an entry is about another side of the thing than the one named, or about another item or a mere part of
    the one named, and is not asked for in its own words."""
    entry = hit.entry
    other_side = bool(entry.aspects and subject.aspects) and not set(entry.aspects) & set(subject.aspects)
    of_one_item = entry.kind in ("aspect", "item_papers")
    other_item = of_one_item and bool(subject.items) and entry.key not in subject.items
    return (other_side or other_item) and hit.likeness < OWN_WORDS


def _says_nothing_else(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether a question is nothing but names, the side that is asked for, and words that say nothing."""
    named = {place for one in mentions for place in range(one.start, one.end)}
    rest = {character for place, character in enumerate(question) if place not in named and character.isalnum()}
    return rest <= EMPTY_CHARACTERS


def _speaks_of_papers(subject: Subject) -> bool:
    return bool({"materials", "form", "necessity"} & set(subject.aspects))


def _carried(subject: Subject, mentions: Sequence[Mention]) -> list[Mention]:
    """The subject of before, as weaker mentions of this question."""
    said = {(one.kind, one.id) for one in mentions}
    carried = [Mention("item", one, 0, 0, 0.8) for one in subject.items]
    carried += [Mention("paper", one, 0, 0, 0.8) for one in subject.papers]
    if not any(one.kind == "aspect" for one in mentions):
        carried += [Mention("aspect", one, 0, 0, 0.6) for one in subject.aspects]
    return [one for one in carried if (one.kind, one.id) not in said]

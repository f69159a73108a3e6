"""What each row of a sheet means, and everything that is wrong with it, all at once."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.excel.cells import BadCell, day_of, shortened, text_of
from api.excel.columns import Column
from api.excel.faults import Fault
from api.excel.places import Faq, Place, faq_of, loose, place_named
from api.excel.reading import Row
from bot.guard import gives_orders
from bot.masking import mask
from knowledge.check.texts import MOST_SENTENCES, PLACEHOLDER, sentences

LONGEST = {"title": 60, "say": 600, "simple": 200, "more": 2_000, "ask": 100, "people": 60}
LONGEST_QUESTION = 100
MOST_QUESTIONS = 500
TEXTS: tuple[Column, ...] = ("title", "say", "simple", "more", "ask", "people")
IN_ONE_LINE: tuple[Column, ...] = ("title", "simple", "ask", "people")


@dataclass(frozen=True)
class Meant:
    """A row as an entry. key: of the entry that it changes; none for a new one."""

    row: Row
    place: Place
    key: str | None
    faq: Faq


@dataclass(frozen=True)
class Fallback:
    """The source of new rows that name none."""

    guide: str
    section: str


class Reader:
    """Reads the rows of one file. `faults` fills while it reads."""

    def __init__(self, places: Sequence[Place], may_change: Callable[[Place], bool], fallback: Fallback | None) -> None:
        """may_change: whether a place is this editor's business."""
        self._places = places
        self._may_change = may_change
        self._fallback = fallback
        self._numbers = {place.number_of(key): (place, key) for place in places for key in place.topics}
        self.faults: list[Fault] = []

    def read(self, rows: Sequence[Row]) -> list[Meant]:
        """Every row that can be understood; the faults of the others, and of rows that exclude each other."""
        meant: list[Meant] = []
        seen: dict[tuple[str, str], Row] = {}
        for row in rows:
            found = self._row(row)
            if found is None:
                continue
            name = (found.place.path, found.key or f"\n{loose(found.faq.title)}")
            if name in seen:
                column: Column = "number" if found.key and "number" in row.columns else "title"
                self.faults.append(row.fault(column, "twice", sheet=seen[name].sheet, first=seen[name].number))
                continue
            seen[name] = row
            meant.append(found)
        return meant

    def _row(self, row: Row) -> Meant | None:
        before = len(self.faults)
        place, key = self._target(row)
        if place is None:
            return None
        old = faq_of(place.topics[key]) if key else None
        texts = {column: self._text(row, column, getattr(old, column, "")) for column in TEXTS}
        questions = self._questions(row, old.questions if old else ())
        title = texts["title"] or (old.title if old else "") or (questions[0] if questions else "")
        title = title or shortened(texts["say"] or "", 20)
        if texts["say"] == "":
            self.faults.append(row.fault("say", "say_missing"))
        if not key and title:
            key = self._same_title(row, place, title)
            old = faq_of(place.topics[key]) if key else None
        valid_from, valid_until = self._days(row, place, old)
        sources = self._sources(row, place, old)
        if len(self.faults) > before or sources is None:
            return None
        given = Faq(
            title,
            texts["say"] or "",
            questions if "questions" in row.columns or not old else old.questions,
            sources,
            valid_from,
            valid_until,
            *(self._kept(row, column, texts, old) for column in ("people", "more", "simple", "ask")),
        )
        return Meant(row, place, key, given)

    def _target(self, row: Row) -> tuple[Place | None, str | None]:
        """The place and the entry that a row is about."""
        number, named = self._text(row, "number"), self._text(row, "region")
        if number is None or named is None:
            return None, None
        place = place_named(self._places, named) if named else None
        target: str | None = None
        number = unicodedata.normalize("NFKC", number).replace(" ", "")
        if number:
            if number not in self._numbers:
                close = difflib.get_close_matches(number, self._numbers, 1, 0.9)
                key = "number_like" if close else "number_unknown"
                return self._refused(row, "number", key, number=shortened(number), like=close[0] if close else "")
            own, target = self._numbers[number]
            if named and place is not own:
                return self._refused(row, "region", "region_fixed", region=own.name)
            place = own
        else:
            if named and place is None:
                return self._refused(row, "region", "region_unknown", region=shortened(named))
            place = place or self._places[0]
        if not self._may_change(place):
            return self._refused(row, "number" if number else "region", "region_not_yours", region=place.name)
        return place, target

    def _refused(self, row: Row, column: Column, key: str, **values: str | int) -> tuple[None, None]:
        self.faults.append(row.fault(column, key, **values))
        return None, None

    def _same_title(self, row: Row, place: Place, title: str) -> str | None:
        """The entry of this title, when a row without a number can only mean it."""
        if "number" in row.columns:
            return None
        same = [key for key, topic in place.topics.items() if loose(topic.title) == loose(title)]
        return same[0] if len(same) == 1 else None

    def _text(self, row: Row, column: Column, old: str = "") -> str | None:
        """The text of a cell; none when it is at fault. What stands in the entry already is not judged again."""
        try:
            text = text_of(row.cell(column))
        except BadCell as bad:
            self.faults.append(row.fault(column, bad.key, **bad.values))
            return None
        if column in IN_ONE_LINE:
            text = "".join(text.split("\n"))
        if text == old:
            return text
        most = LONGEST.get(column)
        if most and len(text) > most:
            self.faults.append(row.fault(column, "too_long", most=most, length=len(text)))
        elif PLACEHOLDER in text:
            self.faults.append(row.fault(column, "placeholder"))
        elif gives_orders(text):
            self.faults.append(row.fault(column, "orders"))
        elif column in ("say", "simple") and sentences(text) > MOST_SENTENCES:
            self.faults.append(row.fault(column, "too_many_sentences", most=MOST_SENTENCES))
        else:
            return text
        return None

    def _kept(self, row: Row, column: Column, texts: dict[Column, str | None], old: Faq | None) -> str:
        """What a column says; a sheet without the column leaves it as it is."""
        if column in row.columns or old is None:
            return texts[column] or ""
        return str(getattr(old, column))

    def _questions(self, row: Row, old: tuple[str, ...]) -> tuple[str, ...]:
        text = self._text(row, "questions", "\n".join(old)) or ""
        found = tuple(dict.fromkeys(filter(None, text.split("\n"))))
        if len(found) > MOST_QUESTIONS:
            self.faults.append(row.fault("questions", "too_many_questions", most=MOST_QUESTIONS))
        for one in (one for one in found if one not in old):
            if len(one) > LONGEST_QUESTION:
                fault = row.fault("questions", "question_too_long", most=LONGEST_QUESTION, question=shortened(one))
                self.faults.append(fault)
            elif (masked := mask(one).text) != one:
                self.faults.append(row.fault("questions", "personal", question=shortened(masked)))
        return found

    def _days(self, row: Row, place: Place, old: Faq | None) -> tuple[date | None, date | None]:
        days: dict[Column, date | None] = {}
        for column in ("valid_from", "valid_until"):
            try:
                day = day_of(row.cell(column))
            except BadCell as bad:
                self.faults.append(row.fault(column, bad.key, **bad.values))
                day = None
            days[column] = day if column in row.columns else getattr(old, column, None)
        begins, ends = days["valid_from"] or place.begins, days["valid_until"]
        if begins is None:
            self.faults.append(row.fault("valid_from", "no_begin"))
        elif ends and ends < begins:
            self.faults.append(row.fault("valid_until", "ends_before", begins=str(begins), ends=str(ends)))
        return begins, ends

    def _sources(self, row: Row, place: Place, old: Faq | None) -> tuple[tuple[str, str], ...] | None:
        """Guide and section of every line; none when something is wrong with them."""
        written, listed = self._text(row, "guide"), self._text(row, "section")
        if written is None or listed is None:
            return None
        guides, sections = list(_lines(written)), list(_lines(listed))
        if not guides and not sections:
            if old:
                return old.sources
            if self._fallback:
                return ((self._fallback.guide, self._fallback.section),)
            self.faults.append(row.fault("section", "no_source"))
            return None
        if not sections:
            self.faults.append(row.fault("section", "section_missing"))
            return None
        if len(guides) not in (0, 1, len(sections)):
            self.faults.append(row.fault("guide", "guides_and_sections", guides=len(guides), sections=len(sections)))
            return None
        guides = guides if len(guides) == len(sections) else (guides or [place.main.id]) * len(sections)
        found = [self._source(row, place, *pair) for pair in zip(guides, sections, strict=True)]
        return tuple(dict.fromkeys(one for one in found if one)) if all(found) else None

    def _source(self, row: Row, place: Place, guide: str, section: str) -> tuple[str, str] | None:
        known = place.guides_by_name.get(loose(guide))
        if known is None:
            names = "、".join(place.guide_names.values())
            self.faults.append(row.fault("guide", "guide_unknown", guide=shortened(guide), guides=names))
            return None
        if known not in place.sections:
            return known, section
        exact = place.sections_by_name.get((known, loose(section)))
        if exact is None:
            close = difflib.get_close_matches(section, [one.id for one in place.sections[known]], 1, 0.5)
            key = "section_like" if close else "section_unknown"
            like, name = close[0] if close else "", place.guide_names[known]
            self.faults.append(row.fault("section", key, section=shortened(section), guide=name, like=like))
            return None
        return known, exact


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line)


def normal(faq: Faq) -> Faq:
    """An entry without what Excel may change without being asked."""
    return replace(faq, questions=tuple(dict.fromkeys(one.strip() for one in faq.questions if one.strip())))

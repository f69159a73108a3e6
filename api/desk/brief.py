"""The matter on one glance, in the words of the knowledge: what the bot has learnt before a counselor comes in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from actions.memory import Private
from api.cases.projection import status_now, status_said
from api.desk.chat import Chat
from api.desk.sources import sources_of
from bot.message import Memory, Reply, Why
from knowledge.library import Library, ProvinceKnowledge
from knowledge.questionnaire import label_of, question_of
from knowledge.situation import assess

MOST_TRIED = 4
MOST_SOURCES = 3


@dataclass(frozen=True)
class Tried:
    """A question that the bot answered: with which places of a guide, and how sure it was, in percent."""

    question: str
    at: datetime
    sources: tuple[str, ...]
    percent: int


@dataclass(frozen=True)
class CaseStanding:
    """A case that the person has proved. items: what, how it stands, since when."""

    number: str
    is_demo: bool
    items: tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True)
class Brief:
    """What is shown beside a chat. answers: question and answer; papers: name and `have`, `missing` or nothing."""

    place: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    cases: tuple[CaseStanding, ...] = ()
    tried: tuple[Tried, ...] = ()


def brief_of(chat: Chat, library: Library) -> Brief:
    """Reads it out of what is remembered; nothing is asked for again."""
    memory = Memory.model_validate(chat.row.state)
    private = Private.model_validate(memory.private)
    province = library.provinces.get(private.province or "")
    items, papers = _list(province, private, library)
    return Brief(
        place=memory.region.name if memory.region else "",
        answers=_answers(province, private),
        items=items,
        papers=papers,
        cases=_cases(chat, library),
        tried=_tried(chat),
    )


def _answers(province: ProvinceKnowledge | None, private: Private) -> tuple[tuple[str, str], ...]:
    """In the order in which they were given; a question of an older release is left out."""
    said = []
    for key, value in private.answers.items() if province else ():
        try:
            question = question_of(province.questionnaire, key)  # type: ignore[union-attr]
        except KeyError:
            continue
        said.append((question.text, label_of(question, value)))
    return tuple(said)


def _list(
    province: ProvinceKnowledge | None, private: Private, library: Library
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The items and the papers to bring that follow from the answers; before there are any, what was asked about."""
    states: dict[str, str] = dict(private.paper_states)
    if province is None or not private.answers:
        asked = tuple(library.name_of("item", one) for one in private.items)
        return asked, tuple((library.name_of("paper", one), state) for one, state in states.items())
    situation = assess(province, private.answers)
    items = tuple(library.name_of_item(one.item) for one in situation.items)
    papers = [(library.name_of("paper", one.paper.id), states.get(one.paper.id, "")) for one in situation.to_bring]
    return items, tuple(papers)


def _cases(chat: Chat, library: Library) -> tuple[CaseStanding, ...]:
    items: dict[str, list[tuple[str, str, datetime]]] = defaultdict(list)
    is_demo: dict[str, bool] = {}
    for one in chat.cases:
        status = status_now(library, one.status, one.reported)
        standing = (library.name_of("item", one.item), status_said(library, status, one.reported), one.since)
        items[one.case_no].append(standing)
        is_demo[one.case_no] = one.is_demo
    return tuple(CaseStanding(number, is_demo[number], tuple(of)) for number, of in items.items())


def _tried(chat: Chat) -> tuple[Tried, ...]:
    """The questions that were compared with the guides, newest first."""
    found: list[Tried] = []
    for one in reversed(chat.said):
        if one.why is None or len(found) == MOST_TRIED:
            continue
        why = Why.model_validate(one.why)
        sources = sources_of(Reply.model_validate(one.reply)) if one.reply else ()
        found.append(Tried(why.question, one.at, sources[:MOST_SOURCES], round(why.chance * 100)))
    return tuple(found)

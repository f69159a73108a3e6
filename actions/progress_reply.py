"""Says how far a case has come: a short overview of many items, or every word about one or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from actions import choose_news, rate_case, replies
from actions.answer_question import CLEARLY, answer_entry
from actions.memory import Told
from actions.ports import CaseProgress
from actions.progress_items import Shown, case_data, day_said, limit_sources, note_said, shown_items
from actions.progress_overview import brief, by_itself, heading, listed, of_the_whole, overview
from actions.progress_question import Asked
from actions.talk import Talk
from bot.message import ActionResult, Choice, Citation, Effect, Reply
from knowledge.model import Source
from knowledge.subject import Subject

FEW = 2
"""So many items are told in full at once."""
SPEAKS_FROM_GUIDE = ("yours", "remember")
"""What the overview says of these is the guide's own step."""


def tell(talk: Talk, case: CaseProgress, effects: tuple[Effect, ...] = ()) -> ActionResult:
    """What the message asks of a case: of the items that it names, else of all of them. A question may follow."""
    shown = shown_items(talk, case)
    named = named_items(talk, shown) or _asked_why(talk, shown)
    if named or len(shown) <= FEW:
        return cards(talk, case, named or shown, effects)
    speaking = [one for one in shown if one.group in SPEAKS_FROM_GUIDE]
    dated = [one for one in shown if one.group in ("late", "running") and one.item.due]
    sources = [*_sources(speaking), *(source for one in dated for source in one.limit)]
    sources += limit_sources(talk, case.whole) if of_the_whole(talk, case, shown) else ()
    cited = _remember(talk, case, sources)
    asked = _question(talk, case, shown)
    is_numbered = not talk.in_loop and not (asked and asked.restarts)
    reply = Reply(
        kind="progress",
        text=overview(talk, case, shown, is_numbered),
        brief=brief(talk, case, shown, is_numbered, bool(cited)),
        citations=cited,
        data=case_data(case, shown),
    )
    ways = [(one.short_name, f"case_item:{case.case_no}:{one.item.item}") for one in listed(shown)]
    return _close(talk, [reply, *_advice(talk, case, shown)], ways if is_numbered else [], asked, effects)


def everything(talk: Talk, case: CaseProgress) -> ActionResult:
    """Every word about all items, and what runs by itself."""
    return cards(talk, case, shown_items(talk, case), whole=True)


def cards(
    talk: Talk, case: CaseProgress, items: Sequence[Shown], effects: tuple[Effect, ...] = (), whole: bool = False
) -> ActionResult:
    """Every word about some items. whole: they are all, and what runs by itself is said as well."""
    is_all = len(items) == len(case.items) or (case.overdue and bool(_asked_why(talk, items)))
    of_whole = of_the_whole(talk, case, items) if is_all else []
    sources = [*_sources(items), *(limit_sources(talk, case.whole) if of_whole else ())]
    cited = _remember(talk, case, sources, items[0] if len(items) == 1 else None)
    mark = talk.library.phrase("list_mark") if len(items) > 1 else ""
    lines = [heading(talk, case) + _not_late(talk, case, items), *(mark + _card(talk, one) for one in items)]
    lines += [*of_whole, *(by_itself(talk, case) if whole else [])]
    told = Reply(kind="progress", text="\n".join(lines), citations=cited, data=case_data(case, items))
    return _close(talk, [told, *_advice(talk, case, items)], [], _question(talk, case, items), effects)


def named_items(talk: Talk, shown: Sequence[Shown]) -> list[Shown]:
    """The items of the case that the message names; hinted names count where none is said outright."""
    found = [one for one in talk.knowledge.vocabulary.find(talk.ask.text) if one.kind == "item"]
    ids = {one.id for one in found if one.is_said} or {one.id for one in found}
    return [one for one in shown if one.item.item in ids or (one.fact and ids & {one.fact.part_of, *one.fact.includes})]


def _asked_why(talk: Talk, shown: Sequence[Shown]) -> list[Shown]:
    """The late items, for who asks why it is not ready yet."""
    return [one for one in shown if one.item.overdue] if talk.says("words_for_not_ready") else []


def _not_late(talk: Talk, case: CaseProgress, items: Sequence[Shown]) -> str:
    """That no day is over, for who asks why it is not ready yet; nothing where the guide names none."""
    is_running = any(one.item.due and one.group == "running" for one in items)
    is_late = case.overdue or any(one.item.overdue for one in items)
    is_said = talk.says("words_for_not_ready") and is_running and not is_late
    return talk.library.phrase("progress_not_late") if is_said else ""


def _card(talk: Talk, one: Shown) -> str:
    """Status, since when, what it means, the department's own words, whose turn it is, and by when."""
    say = talk.library.phrase
    key = "progress_line" if one.known else "progress_line_own_word"
    parts = [
        say(
            key,
            item=one.name,
            status=one.status,
            department=one.department,
            since=day_said(talk, one.item.since.date()),
        )
    ]
    parts += [one.known.say] if one.known else []
    parts += [note_said(talk, one.item.note)]
    is_his = one.group == "yours" and not one.item.overdue
    parts += [say("progress_your_turn", step=one.step.say) if is_his else one.step.say, one.due, one.left_open]
    return "".join(parts)


def _advice(talk: Talk, case: CaseProgress, items: Sequence[Shown]) -> list[Reply]:
    """What the guide says of limits that have passed, for who asks why a late item is not ready (怎么还没好)."""
    province = talk.library.province_for(case.region)
    is_late = case.overdue or any(one.item.overdue for one in items)
    if province is None or not is_late or not talk.says("words_for_not_ready"):
        return []
    found = talk.knowledge.resolver(province).resolve(talk.library.phrase("asked_when_late"), Subject())
    if found.said is None or found.entry is None or found.found.chance < CLEARLY:
        return []
    told_before = talk.private.told
    reply = answer_entry(talk, province, found.entry.id)
    talk.private.told = told_before
    return [reply]


def _remember(
    talk: Talk, case: CaseProgress, sources: Sequence[Source], alone: Shown | None = None
) -> tuple[Citation, ...]:
    """What was told, for 「更多」, 「依据是什么」 and the name of an item alone. Returns the citations.

    alone: the only item that was told, which is what is asked of next.
    """
    province = talk.library.province_for(case.region)
    kept = [{"province": province.id, **one.model_dump()} for one in dict.fromkeys(sources)] if province else []
    talk.private.told = [Told(sources=kept, case=case.case_no, item=alone.item.item if alone else None)]
    talk.private.shown_case = case.case_no
    if alone and alone.fact:
        talk.keep_subject(Subject((alone.fact.id,)))
    return replies.citations(province, sources) if province else ()


def _sources(items: Sequence[Shown]) -> list[Source]:
    """Where what is said of the items stands."""
    return [source for one in items for source in one.sources]


def _question(talk: Talk, case: CaseProgress, items: Sequence[Shown]) -> Asked | None:
    """At most one question behind what is told; within a questionnaire its own comes instead."""
    if talk.in_loop:
        return None
    return rate_case.question(talk, case, items) or choose_news.question(talk, case, items)


def _close(
    talk: Talk, told: list[Reply], ways: list[tuple[str, str]], asked: Asked | None, effects: tuple[Effect, ...]
) -> ActionResult:
    """What was told and the question. Its numbers go on behind those of the list, so that each means one thing."""
    if asked is None:
        talk.offer(told[0], *ways, shown=False)
        return talk.result(*told, effects=effects)
    talk.offer(told[0], *ways, *asked.choices, shown=False)
    numbers = enumerate(asked.choices, len(ways) + 1)
    choices = tuple(Choice(number=number, label=label) for number, (label, _) in numbers)
    return talk.result(*told, asked.reply.model_copy(update={"choices": choices}), effects=effects)

"""A case of many items at a glance: first what waits for him, then what is late or runs, what is done in one line."""

from __future__ import annotations

from collections.abc import Sequence

from actions.ports import CaseProgress
from actions.progress_items import (
    BRACKETS,
    Group,
    Shown,
    day_said,
    moment_said,
    no_start_said,
    not_counted,
    note_said,
)
from actions.talk import Talk
from knowledge.case_clock import running_by_itself

TWO_PARTS = 134
"""What fits into a text message of two parts."""
SOURCE_LINE = 38
"""About so much of it the source takes."""
NUMBERED: tuple[Group, ...] = ("yours", "late", "running", "remember")
"""What is still to be looked after, first things first; the rest is only named."""
COUNTED: tuple[tuple[Group, ...], ...] = ((), ("running",), ("running", "remember"), ("running", "remember", "late"))
"""Which groups a text message only counts, from none to nearly all, until it fits."""


def heading(talk: Talk, case: CaseProgress, key: str = "progress") -> str:
    """Which case it is; that it is a demonstration; and since when nothing newer is known of it."""
    say = talk.library.phrase
    text = (say("progress_demo_mark") if case.is_demo else "") + say(key, case_no=case.case_no)
    return say("progress_as_of", at=moment_said(talk, case.as_of)) + text if case.as_of else text


def listed(shown: Sequence[Shown]) -> list[Shown]:
    """The items that bear a number, in their order."""
    return [one for group in NUMBERED for one in shown if one.group == group]


def overview(talk: Talk, case: CaseProgress, shown: Sequence[Shown], numbered: bool) -> str:
    """The overview in full. numbered: items are chosen by number; else by name, as other numbers mean something."""
    say = talk.library.phrase
    lines, order = [heading(talk, case)], listed(shown)
    for group in NUMBERED:
        of_group = [one for one in order if one.group == group]
        lines += [say(f"progress_{group}")] if of_group else []
        for one in of_group:
            number = say("list_number", number=order.index(one) + 1) if numbered else say("list_mark")
            lines.append(number + _line(talk, one))
    lines += [*_done(talk, shown), *of_the_whole(talk, case, shown), *by_itself(talk, case)]
    return "\n".join([*lines, say("progress_goes_on" if numbered else "progress_goes_on_by_name")])


def brief(talk: Talk, case: CaseProgress, shown: Sequence[Shown], numbered: bool, cites: bool) -> str:
    """The overview for a text message: as many items by name as there is room for, beside the source."""
    texts = [_brief(talk, case, shown, counted, numbered) for counted in COUNTED]
    room = TWO_PARTS - SOURCE_LINE if cites else TWO_PARTS
    return next((text for text in texts if len(text) <= room), texts[-1])


def _brief(talk: Talk, case: CaseProgress, shown: Sequence[Shown], counted: Sequence[Group], numbered: bool) -> str:
    say = talk.library.phrase
    order = listed(shown)
    parts = [heading(talk, case, "progress_brief")]
    for group in NUMBERED:
        of_group = [one for one in order if one.group == group]
        numbers = [say("list_number", number=order.index(one) + 1) if numbered else "" for one in of_group]
        names = "；".join(number + one.short_name for number, one in zip(numbers, of_group, strict=True))
        names = say("progress_count", count=len(of_group)) if group in counted else names
        parts += [say(f"progress_{group}_brief", items=names)] if of_group else []
    rest = sum(one.group in ("done", "ended") for one in shown)
    parts += [say("progress_done_brief", count=rest)] if rest else []
    parts += of_the_whole(talk, case, shown, short=True)
    return "".join([*parts, say("progress_goes_on_brief" if numbered else "progress_goes_on_by_name")])


def _line(talk: Talk, one: Shown) -> str:
    """One item: with his step where it waits for him, else with the day."""
    say = talk.library.phrase
    if one.group == "remember":
        return say("progress_line_remember", item=one.short_name, step=one.step.say) + one.due
    if one.known is None:
        return say("progress_line_unrecognised", item=one.short_name, status=one.status)
    if one.group == "yours":
        line = say("progress_line_yours", item=one.short_name, status=one.status, step=one.step.say)
        return line + note_said(talk, one.item.note)
    if one.group == "late" and one.item.due:
        return say("progress_line_late", item=one.short_name, status=one.status, due=day_said(talk, one.item.due))
    return say("progress_line_running", item=one.short_name, status=one.status) + one.due


def _done(talk: Talk, shown: Sequence[Shown]) -> list[str]:
    say = talk.library.phrase
    done = "、".join(one.short_name for one in shown if one.group == "done")
    ended = [one for one in shown if one.group == "ended"]
    names = "、".join(say("progress_ended_one", item=one.short_name, status=one.status) for one in ended)
    lines = (("progress_done", done), ("progress_ended", names))
    return [say(key, items=items) for key, items in lines if items]


def of_the_whole(talk: Talk, case: CaseProgress, items: Sequence[Shown], short: bool = False) -> list[str]:
    """By when everything must be ready, where the guide says so and an office has anything left.

    short: without what it does not count.
    """
    whole, say = case.whole, talk.library.phrase
    if all(one.known and (one.known.is_final or one.known.is_sent_back) for one in items):
        return []
    if case.due is None:
        return [no_start_said(talk, whole)] if whole and whole.kind == "no_start_stated" else []
    due = day_said(talk, case.due) + (say("is_expected") if whole and whole.is_expected else "")
    spans = not_counted(talk, whole) if whole and not short else ""
    return [say("progress_whole_late" if case.overdue else "progress_whole", due=due, spans=spans)]


def by_itself(talk: Talk, case: CaseProgress) -> list[str]:
    """What runs without an application (免申即享) and is in no report yet."""
    province = talk.library.province_for(case.region)
    if province is None:
        return []
    running = running_by_itself(province, (), [one.item for one in case.items])
    names = "、".join(BRACKETS.sub("", province.items[one].name) for one in running)
    return [talk.library.phrase("progress_by_itself", items=names)] if names else []

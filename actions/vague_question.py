"""Messages that ask for nothing yet: one question is asked back, and what follows is put together with them."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.scope import Scope
from actions.talk import Talk
from bot.message import Reply
from knowledge.library import ProvinceKnowledge
from knowledge.listing import Clause, read
from knowledge.opening import only_announces
from knowledge.resolve import Resolution
from knowledge.subject import Subject, subject_of

MOST_CHOICES = 4
SIDES = ("materials", "time_limit", "how", "where", "department", "who")
"""Sides that are offered of a thing that was only named, in this order."""
NEEDS_A_THING = frozenset({"how", "time_limit"})
"""Sides that mean nothing without a thing: 怎么办, 几天. Where to go or what to bring can be said of the whole."""
LONGEST = 6
_MARKS = "？?。！! ，,…"
_POINTS = re.compile(r"那(?:一样|一项|边|头|个|块)")
"""Only points at what is named before it: 「武装部那一样嘞」."""
_GOES_ON = "呢"
"""「社保卡」 after 「户口要几天」 is 「社保卡呢」."""


def announced(talk: Talk) -> Reply | None:
    """「您说」 to a message that only announces a question."""
    return talk.reply("smalltalk", "go_ahead") if only_announces(talk.ask.text) else None


def put_together(talk: Talk, scope: Scope) -> Scope:
    """The scope with what was said before, when the message does nothing but name a thing.

    A question that was asked back for its thing is now whole; after an answer the same side of this thing is meant.
    """
    said = scope.text.strip(_MARKS)
    text = _POINTS.sub("", said) or said
    clause = read(text, talk.knowledge.vocabulary)
    if not clause.is_bare_name:
        return scope
    if talk.fragment:
        return replace(scope, text=f"{text}{talk.fragment}", whole=f"{scope.whole.strip(_MARKS)}{talk.fragment}")
    if not set(talk.subject.aspects) - {"overview"}:
        return scope
    items = subject_of(talk.knowledge.vocabulary.find(text)).items
    if not items:
        thing = _thing_of_office(talk, scope, clause)
        return replace(scope, text=f"{thing}{_GOES_ON}", whole="") if thing else scope
    return scope if clause.is_continuing and text == said else replace(scope, text=f"{text}{_GOES_ON}", whole="")


def _thing_of_office(talk: Talk, scope: Scope, clause: Clause) -> str | None:
    """The first thing that the named office does, when it does not do what was spoken of: 医保局 after 户口要几天."""
    if scope.province is None:
        return None
    items = [one for one in scope.province.items.values() if one.department in clause.names]
    if not items or any(one.id in talk.subject.items for one in items):
        return None
    return talk.library.name_of_item(items[0])


def which_matter(talk: Talk, scope: Scope) -> Reply | None:
    """One question back to a side without a thing, when nothing was spoken of before."""
    text = scope.text.strip(_MARKS)
    clause = read(text, talk.knowledge.vocabulary)
    is_side = clause.is_plain and not clause.names and bool(clause.sides) and clause.sides <= NEEDS_A_THING
    is_papers = text in talk.words("words_for_papers_alone")
    if talk.in_loop or talk.subject.is_named or len(text) > LONGEST or not (is_side or is_papers):
        return None
    text = talk.library.phrase("papers_asked") if is_papers else text
    talk.private.fragment = text
    matters = _own_matters(talk) or talk.words("common_matters")
    choices = [(f"{matter}{text}", f"say:{matter}{text}") for matter in matters[:MOST_CHOICES]]
    return talk.offer(talk.reply("clarify", "which_matter"), *choices)


def which_side(talk: Talk, scope: Scope, province: ProvinceKnowledge, found: Resolution) -> Reply | None:
    """One question back to a thing that was only named: the sides of which the guide speaks, as choices."""
    entry = found.entry
    is_general = entry is not None and entry.aspects == ("overview",) and not found.certain
    if talk.in_loop or entry is None or not is_general:
        return None
    if not read(scope.text.strip(_MARKS), talk.knowledge.vocabulary).is_bare_name:
        return None
    resolver = talk.knowledge.resolver(province)
    sides = [resolver.entry(f"{province.id}.item.{entry.key}.{side}") for side in SIDES]
    choices = [(side.title, f"entry:{side.id}") for side in sides if side][:MOST_CHOICES]
    if len(choices) < 2:
        return None
    talk.keep_subject(Subject(found.subject.items))
    item = talk.library.name_of_item(province.items[entry.key])
    return talk.offer(talk.reply("clarify", "which_side", item=item), *choices)


def _own_matters(talk: Talk) -> list[str]:
    """The items of the person's own list, when he has one."""
    return [talk.library.name_of("item", one) for one in talk.private.listed]

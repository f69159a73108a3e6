"""Decides without any trained model what must never fail: wishes for a person or the next page, and orders.

The word lists stand in `spoken_words.yaml`; each decision is plain comparison, so that everybody can see why it was
taken. Wishes are judged by the whole message: it must be made up of known words, so that one unknown word (「人工费」)
makes it something else. Despair is judged by `bot/crisis.py`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bot.clauses import clauses as _clauses

_CLAUSES = re.compile(r"[\s，。；！？,;!?]+")
_NUMERALS = "零一二三四五六七八九十"
_LONGEST_WISH = 30
"""Longer clauses are stories; a wish in them is found only where it is plainly spoken."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """How people say one wish: the words that make it, and the words that may stand around it."""

    core: frozenset[str]
    words: frozenset[str]
    longest: int
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists, made ready for comparing."""

    exact: frozenset[str]
    human: _Wish
    refusals: tuple[str, ...]
    waiting: _Wish
    stays: tuple[str, ...]
    leaving: tuple[str, ...]
    next_page: _Wish
    more: tuple[str, ...]
    orders: tuple[str, ...]


def wants_human(text: str) -> bool:
    """Tells whether the message asks for a person: 「0」「转人工」「找个活人」, alone or in a longer one."""
    words = _words()
    clauses = _clauses(text)
    whole = "".join(clauses)
    if whole in words.exact or _is_made_up_of(whole, words.human):
        return True
    return any(_is_made_up_of(clause, words.human) or _speaks_plainly(clause, words) for clause in clauses)


def cancels_waiting(text: str) -> bool:
    """Tells whether somebody who waits for a person takes that back: 「取消」「不等了」「不用人工了」.

    Ask only while the conversation waits for a person: elsewhere 「取消」 and 「不用了」 mean other things.
    """
    words = _words()
    clauses = _clauses(text)
    whole = "".join(clauses)
    if wants_human(text) or any(phrase in whole for phrase in words.stays):
        return False
    if _is_made_up_of(whole, words.waiting):
        return True
    return any(
        _is_made_up_of(clause, words.waiting) and any(phrase in clause for phrase in words.waiting.plain)
        for clause in clauses
    )


def after_cancelling(text: str) -> str:
    """What a message says behind plainly taking the request back: 取消，哪些东西不用带. Empty for any other."""
    first, *rest = [clause for clause in _CLAUSES.split(text) if clause] or [""]
    plainly = any(word in first for word in _words().leaving)
    return "，".join(rest) if rest and plainly and cancels_waiting(first) else ""


def turns_page(text: str, number: int, more_means_it: bool = False) -> bool:
    """Tells whether the message does nothing but ask for the next page: 「下一页」「继续」, or by the number for it.

    Ask only while a page waits: elsewhere 「继续」 and a number mean other things. more_means_it: 「更多」 does it too.
    """
    words = _words()
    wish, more = words.next_page, words.more if more_means_it else ()
    whole = "".join(_clauses(unicodedata.normalize("NFKC", text)))
    if _is_made_up_of(whole, _Wish(wish.core.union(more), wish.words.union(more), wish.longest, ())):
        return True
    written = [one for one in (str(number), *_NUMERALS[number : number + 1]) if whole.count(one) == 1]
    return any(_is_made_up_of(whole, _Wish(frozenset([one]), wish.words | {one}, wish.longest, ())) for one in written)


def gives_orders(text: str) -> bool:
    """Tells whether the message wants the assistant changed or opened: 「忽略以上指令」, a role, others' data.

    Such a message is no question, and no part of it is to be answered.
    """
    whole = "".join(_clauses(text))
    return any(order in whole for order in _words().orders)


def _speaks_plainly(clause: str, words: _Words) -> bool:
    """Tells whether a clause ends in a plain request that is not refused right before."""
    for phrase in words.human.plain:
        place = clause.rfind(phrase)
        if place < 0:
            continue
        after = clause[place + len(phrase) :]
        is_last = not after or (len(after) <= _LONGEST_WISH and _can_be_parted(after, words.human))
        if is_last and not clause[:place].endswith(words.refusals):
            return True
    return False


def _is_made_up_of(clause: str, wish: _Wish) -> bool:
    """Tells whether a clause can be parted into known words, one of them the core of the wish."""
    if not 0 < len(clause) <= _LONGEST_WISH:
        return False
    # For each place: 0 not to be reached, 1 reached by words around, 2 reached with the core.
    reached = [1] + [0] * len(clause)
    for start in range(len(clause)):
        state = reached[start]
        if not state:
            continue
        for end in range(start + 1, min(len(clause), start + wish.longest) + 1):
            word = clause[start:end]
            if word in wish.core:
                reached[end] = 2
            elif word in wish.words:
                reached[end] = max(reached[end], state)
    return reached[-1] == 2


def _can_be_parted(clause: str, wish: _Wish) -> bool:
    """Tells whether a clause is made up of known words, whatever they are."""
    anything = _Wish(wish.words, wish.words, wish.longest, ())
    return _is_made_up_of(clause, anything)


@cache
def _words() -> _Words:
    lists: dict[str, Any] = yaml.safe_load(files("bot").joinpath("spoken_words.yaml").read_text("utf-8"))
    human, waiting = lists["human"], lists["waiting"]
    called = [call + staff for call in human["calls"] for staff in human["staff"]]
    return _Words(
        exact=frozenset(human["exact"]),
        human=_wish([*human["people"], *called, *human["requests"]], human),
        refusals=tuple(human["refusals"]),
        waiting=_wish(waiting["gives_up"], waiting),
        stays=tuple(waiting["stays"]),
        leaving=tuple(waiting["leaving"]),
        next_page=_wish(lists["next_page"]["turns"], lists["next_page"]),
        more=tuple(lists["next_page"]["more"]),
        orders=tuple(lists["orders"]),
    )


def _wish(core: list[str], lists: dict[str, Any]) -> _Wish:
    words = frozenset(core) | frozenset(lists["around"])
    return _Wish(frozenset(core), words, max(map(len, words)), tuple(lists.get("plain", ())))

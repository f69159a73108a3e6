"""Decides without any trained model what must never fail: wishes for a person or the next page, despair, orders.

The word lists stand in `spoken_words.yaml`; each decision is plain comparison, so that everybody can see why it was
taken. Wishes are judged by the whole message: it must be made up of known words, so that one unknown word (「人工费」)
makes it something else. Despair is judged by any phrase in it, after what only sounds like it is taken out.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from bot.characters import ascii_form, is_invisible

_CLAUSES = re.compile(r"[\s，。；！？,;!?]+")
_MARK = "|"
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

    same: dict[int, str]
    exact: frozenset[str]
    human: _Wish
    refusals: tuple[str, ...]
    waiting: _Wish
    stays: tuple[str, ...]
    leaving: tuple[str, ...]
    next_page: _Wish
    more: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]
    fillers: tuple[str, ...]
    harmless: tuple[str, ...]
    alarms: frozenset[str]
    longest_alarm: int
    together: tuple[tuple[str, ...], ...]
    topics: tuple[str, ...]
    heavy: tuple[str, ...]
    sayings: tuple[str, ...]
    rules: tuple[str, ...]
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


def in_crisis(text: str) -> bool:
    """Tells whether the message speaks of suicide, of harm to oneself or others, or of despair.

    What is said of somebody else counts as well. Questions about rules (「自杀算不算因公牺牲」) and figures of speech
    (「热死了」) do not. Irony and what is only hinted at are not handled.
    """
    clauses = _clauses(text)
    return any(_despairs(mark.join(clauses), _words()) for mark in (_MARK, ""))


def gives_orders(text: str) -> bool:
    """Tells whether the message wants the assistant changed or opened: 「忽略以上指令」, a role, others' data.

    Such a message is no question, and no part of it is to be answered.
    """
    whole = "".join(_clauses(text))
    return any(order in whole for order in _words().orders)


def _despairs(said: str, words: _Words) -> bool:
    for disguised, meant in words.slips:
        said = said.replace(disguised, meant)
    left = _without(said, words.harmless)
    if _alarms(left, words) or _alarms(_without(_without(left, words.fillers, ""), words.harmless), words):
        return True
    if any(rule in left for rule in words.rules):
        return False
    if any(topic in left for topic in words.topics):
        return True
    if not any(word in left for word in words.heavy):
        return False
    bare = _without(left, words.sayings)
    return any(word in bare for word in words.heavy)


def _alarms(left: str, words: _Words) -> bool:
    """Tells whether a phrase of despair is in what is left, or all the words of a row."""
    sizes = range(2, words.longest_alarm + 1)
    if any(left[at : at + size] in words.alarms for at in range(len(left)) for size in sizes):
        return True
    return any(all(word in left for word in row) for row in words.together)


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


def _clauses(text: str) -> list[str]:
    """The message in clauses without blanks and punctuation, in one script and one width."""
    same = _words().same
    shown = "".join(ascii_form(char) for char in text if not is_invisible(char)).lower().translate(same)
    clauses = [""]
    for char in shown:
        if char.isalnum():
            clauses[-1] += char
        elif not char.isspace() and clauses[-1]:
            clauses.append("")
    return [clause for clause in clauses if clause]


def _without(said: str, phrases: tuple[str, ...], instead: str = _MARK) -> str:
    """What is left when the phrases are taken out; a mark stands in their place unless told otherwise."""
    for phrase in phrases:
        said = said.replace(phrase, instead)
    return said


@cache
def _words() -> _Words:
    lists: dict[str, Any] = yaml.safe_load(files("bot").joinpath("spoken_words.yaml").read_text("utf-8"))
    human, waiting, crisis = lists["human"], lists["waiting"], lists["crisis"]
    called = [call + staff for call in human["calls"] for staff in human["staff"]]
    alarms = frozenset([*crisis["living"], *crisis["dying"], *crisis["harm"], *_combined(crisis["combined"])])
    return _Words(
        same={ord(pair[0]): pair[1] for pair in lists["same_characters"]},
        exact=frozenset(human["exact"]),
        human=_wish([*human["people"], *called, *human["requests"]], human),
        refusals=tuple(human["refusals"]),
        waiting=_wish(waiting["gives_up"], waiting),
        stays=tuple(waiting["stays"]),
        leaving=tuple(waiting["leaving"]),
        next_page=_wish(lists["next_page"]["turns"], lists["next_page"]),
        more=tuple(lists["next_page"]["more"]),
        slips=tuple((disguised, meant) for disguised, meant in crisis["slips"]),
        fillers=_longest_first(crisis["fillers"]),
        harmless=_longest_first(crisis["harmless"]),
        alarms=alarms,
        longest_alarm=max(map(len, alarms)),
        together=tuple(tuple(row) for row in crisis["together"]),
        topics=tuple(crisis["words"]),
        heavy=tuple(crisis["heavy"]),
        sayings=_longest_first([*crisis["sayings"], *_combined(crisis["sayings_combined"])]),
        rules=tuple(crisis["rules"]),
        orders=tuple(lists["orders"]),
    )


def _wish(core: list[str], lists: dict[str, Any]) -> _Wish:
    words = frozenset(core) | frozenset(lists["around"])
    return _Wish(frozenset(core), words, max(map(len, words)), tuple(lists.get("plain", ())))


def _combined(rows: list[list[list[str]]]) -> set[str]:
    """One word of each list in a row, joined, in every combination."""
    return {"".join(words) for row in rows for words in product(*row)}


def _longest_first(phrases: list[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=len, reverse=True))

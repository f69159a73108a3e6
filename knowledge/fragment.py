"""What the form of a question shows: that it is a fragment, that it goes on with another, that it only names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.vocabulary import Mention
from knowledge.word_index import EMPTY_CHARACTERS

_SAYING_NOTHING_BESIDE_A_NAME = frozenset("办好完弄下来去拿给请问个那这啥么不哦啊哈嘛该想做开归管又用待嘞咧喃哩呐")
OBTAINING = frozenset({"where", "how", "department", "contact"})
"""Aspects that, asked of a paper, mean where and how to get it."""
_OF_PAPERS = OBTAINING | {"materials", "necessity", "form"}
_SHRUG = re.compile(r"(?:既然|反正)[^，,。；;\s]*[，,。；;\s]")
"""A clause that leads over and says nothing, unless it names something: 既然都这样了，."""
_THIS_MATTER = re.compile("这[个件回]?事情?")
_LEANS = re.compile(r"[他她它也还那这]|完了|以后|之后")
_SAYS_THE_WISH = re.compile(r"依据|根据|规定|原文|文件|出处|来源|写|条|填|办|开始|看看|帮")
LONGEST_FRAGMENT = 6
GOES_ON = ("呢", "嘞", "咧", "喃", "哩", "呐")
"""Ends of a question that goes on: 「身份证嘞」 is 「身份证呢」."""


def continues(question: str) -> bool:
    """Whether a question begins or ends as one that goes on: 「那身份证呢」「团的嘞」."""
    return question.startswith("那") or question.rstrip("？?。").endswith(GOES_ON)


def leans(question: str) -> bool:
    """Whether a question points back at what was spoken of: 他身份证号用写不."""
    return bool(_LEANS.search(question))


def says_the_wish(message: str) -> bool:
    """Whether the words are those of who really wants the source or the questionnaire: 依据是什么, 帮我看看该办哪些."""
    return bool(_SAYS_THE_WISH.search(message))


def is_fragment(question: str) -> bool:
    """Whether a question is so short, or so begun, that it makes sense only with what was spoken of before."""
    length = sum(character.isalnum() for character in question)
    return length <= LONGEST_FRAGMENT or (question.startswith("那") and length <= LONGEST_FRAGMENT + 2)


def says_nothing_else(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether a question is nothing but names, the side that is asked for, and words that say nothing."""
    named = {place for one in mentions for place in range(one.start, one.end)}
    named |= {place for one in _THIS_MATTER.finditer(question) for place in range(*one.span())}
    shrug = _SHRUG.match(question)
    if shrug and all(one.start >= shrug.end() for one in mentions):
        named |= set(range(shrug.end()))
    rest = {character for place, character in enumerate(question) if place not in named and character.isalnum()}
    return rest <= EMPTY_CHARACTERS | _SAYING_NOTHING_BESIDE_A_NAME


def only_names_one_thing(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether a question is nothing but one name and a side that a thing of its kind has."""
    of = {kind: {one.id for one in mentions if one.kind == kind} for kind in ("item", "paper", "aspect")}
    places = {(one.start, one.end) for one in mentions if one.kind in ("item", "paper")}
    has_side = bool(of["item"]) or of["aspect"] <= _OF_PAPERS
    return len(places) == 1 and has_side and says_nothing_else(question, mentions)

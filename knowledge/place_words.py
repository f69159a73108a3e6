"""Tells a place name from the same characters inside other words: 宜宾 in 便宜宾馆, 上海 in 网上海南."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

_BEFORE_A_PLACE = re.compile(r"(?:[在到回去从来往落是于]|安置|户口|户籍|老家|原籍|籍贯)$")
"""After these the characters are the place, wherever the cutter parts them: 落户三明报到."""
_AFTER_A_PLACE = re.compile(
    r"报到|办|能|行|可|里|下|上(?!海)|市|区|县|处|口(?!气|头|语|袋|味|子)|明年|白天|全家|本地|有没|平时(?!不)|方便|军人"
)
"""What often follows a place and makes a word with its last character: 南通 + 报到 has 通报 in it."""
_TEXTS_KEPT = 1_000


def is_inside_words(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], a name that the cutter knows, is cut asunder there, so that no place is meant.

    A place that is named as such, by the words around it, is never taken for less.
    """
    if not rjieba.has_word(text[start:end]) or not any(start < at < end for at in _ends(text)):
        return False
    return not (_BEFORE_A_PLACE.search(text[:start]) or _AFTER_A_PLACE.match(text, end))


@lru_cache(_TEXTS_KEPT)
def _ends(text: str) -> tuple[int, ...]:
    """Where the words of a text end."""
    ends, at = [], 0
    for word in rjieba.cut(text):
        at += len(word)
        ends.append(at)
    return tuple(ends)

"""The three views of a text that the intent classifier counts n-grams in."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import combinations

from nlu.components.dictionary import ASPECT, PLACEHOLDER, Found

# One character of the private use area for each kind of thing: how people ask for a paper does not depend on which.
SIGNS = {"item": "\ue001", "paper": "\ue002", "department": "\ue003", "term": "\ue004", "region": "\ue005"}
SIGNS |= {"case_number": "\ue006"}
PLACEHOLDER_SIGN = "\ue010"
ASKS = re.compile(r"[?？]|吗|么|什么|怎么|多少|多久|几|哪|谁|为什么|行不|能不|是不是|要不要|有没有|用不用|不$|没$")
LENGTHS = (1, 2, 4, 8, 16)
START, END = "^", "$"

Words = list[tuple[str, str]]


def as_written(text: str) -> str:
    """The text in one width and case, without blanks, with marks where it starts and ends."""
    text = PLACEHOLDER.sub(PLACEHOLDER_SIGN, text)
    return START + re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower()) + END


def with_signs(text: str, found: Iterable[Found], everyday_words: Words) -> str:
    """The text in everyday words brought to one form, and a sign in the place of each thing found in it."""
    text = PLACEHOLDER.sub(lambda match: PLACEHOLDER_SIGN * len(match.group()), text)
    pieces, place = [], 0
    for one in found:
        if one.entity in SIGNS and one.start >= place:
            pieces += [text[place : one.start], SIGNS[one.entity]]
            place = one.end
    text = re.sub(f"{PLACEHOLDER_SIGN}+", PLACEHOLDER_SIGN, "".join(pieces) + text[place:])
    return in_one_form(as_written(text), everyday_words)


def in_one_form(text: str, everyday_words: Words) -> str:
    """The text with each everyday word replaced."""
    for everyday, common in everyday_words:
        text = text.replace(everyday, common)
    return text


def marks(text: str, found: Iterable[Found], everyday_words: Words) -> str:
    """What can be said of the text as a whole, and pairs of it, separated by blanks: length, kinds, whether it asks.

    found: things of the dictionary and words of a class (nlu/word_classes.yml).
    """
    kinds = {one.entity for one in found}
    content = in_one_form(as_written(text), everyday_words)[1:-1]
    length = next((str(limit) for limit in LENGTHS if len(content) <= limit), "longer")
    facts = [f"has_{kind}" for kind in kinds]
    facts += [f"length_{length}", "asks" if ASKS.search(content) else "tells"]
    if not kinds - {ASPECT}:
        facts.append("names_nothing")
    facts.sort()
    return " ".join([*facts, *(f"{one}&{other}" for one, other in combinations(facts, 2))])

"""Counts the parts of a text message and divides a long text where a reader would pause.

Lengths are UTF-16 code units, as the networks and Telegram count them: a Chinese character is one, most emoji are two.
"""

import re
from collections.abc import Callable, Iterator

ONE_PART_UNITS = 70
"""What fits when a message is a single part."""
LONG_PART_UNITS = 67
"""What fits into each part of a longer one: three units tell the phone how to join them."""
TWO_PARTS_UNITS = 2 * LONG_PART_UNITS
"""What fits into two parts, when no emoji stands where they join."""

# What one picture is made of: two flag letters, or a character with its marks, skin tones and joined characters.
_PICTURE = re.compile(
    r"""
      [\U0001F1E6-\U0001F1FF]{2}
    | (?s:.)
      (?: [\u0300-\u036F\u20D0-\u20FF\uFE00-\uFE0F\U0001F3FB-\U0001F3FF\U000E0020-\U000E007F]
        | \u200D (?s:.)?
      )*+
    """,
    re.VERBOSE,
)
# What ends nothing: a mark inside a quotation or brackets, and an ASCII mark in front of more ASCII, as in 8:30, 1,000
# and web addresses. What stands in brackets behind an end belongs to it: 您是哪一种退役的？（还剩 10 题）
_SENTENCE = re.compile(
    r"""
      (?: “[^”]*” | 「[^」]*」 | （[^（）]*） | [!?]+(?=[!-~]) | [^。！？!?] )*+
      (?: [。！？!?]++ [”’」』）)]*+ (?: （[^（）]*） )? )?+
    """,
    re.VERBOSE,
)
_CLAUSE = re.compile(r"(?:[^；;]|;(?=[!-~]))*+[；;]*+")
_PHRASE = re.compile(r"(?:[^，,、：:]|[,:](?=[!-~]))*+[，,、：:]*+")
_WORD = re.compile(r"(?:\d{1,3}\.\ ++)?[^\ ]*+\ *+")
"""Up to a blank; the number of a list stays with what it counts."""
_PAUSES = (_CLAUSE, _PHRASE, _WORD)
"""Where a sentence that is too long may be divided, best first."""


Length = Callable[[str], int]
"""How long a text is, for whoever is to carry it."""


def units(text: str) -> int:
    """The length of the text in UTF-16 code units."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def utf8_bytes(text: str) -> int:
    """The length of the text in bytes of UTF-8, as WeChat counts it."""
    return len(text.encode())


def part_count(text: str) -> int:
    """How many parts the networks charge for; no part begins in the middle of a character."""
    if units(text) <= ONE_PART_UNITS:
        return 1
    parts, used = 1, 0
    for char in text:
        size = units(char)
        if used + size > LONG_PART_UNITS:
            parts, used = parts + 1, 0
        used += size
    return parts


def split_text(text: str, limit: int, length: Length = units) -> list[str]:
    """The text in pieces of at most `limit` units, or whatever `length` counts, each ending where a reader would pause.

    Pieces end at the end of a line. Only a line that is longer than the limit is divided: after a sentence, else after
    a phrase, else between two characters. So a line that names a source, and one of a numbered list, stays whole
    wherever it fits at all, and no emoji is ever cut. Blanks and line ends at the edges of pieces are dropped. An empty
    text gives no pieces.
    Raises ValueError when a single emoji is longer than the limit.
    """
    pieces: list[str] = []
    piece = ""
    for line in text.split("\n"):
        joined = f"{piece}\n{line}" if piece else line
        if length(joined.strip()) <= limit:
            piece = joined
            continue
        *full, piece = [piece, *_divide(line, limit, length)]
        pieces += full
    return [stripped for one in [*pieces, piece] if (stripped := one.strip())]


def sentences(line: str, limit: int, length: Length = units) -> list[str]:
    """One line in its sentences, with their blanks; one that is longer than the limit in phrases, else as it comes.

    Raises ValueError when a single emoji is longer than the limit.
    """
    return [part for sentence in _SENTENCE.findall(line) for part in _parts(sentence, limit, _PAUSES, length) if part]


def _divide(line: str, limit: int, length: Length) -> list[str]:
    """One line in pieces that fit, none of them ending earlier than it must."""
    pieces = [""]
    for part in sentences(line, limit, length):
        if length((pieces[-1] + part).strip()) <= limit:
            pieces[-1] += part
        else:
            pieces.append(part)
    return pieces


def _parts(text: str, limit: int, pauses: tuple[re.Pattern[str], ...], length: Length) -> Iterator[str]:
    """The text in parts that fit and may stand apart."""
    if length(text.strip()) <= limit:
        yield text
    elif pauses:
        for part in pauses[0].findall(text):
            yield from _parts(part, limit, pauses[1:], length)
    else:
        yield from _pictures(text, limit, length)


def _pictures(phrase: str, limit: int, length: Length) -> Iterator[str]:
    for picture in _PICTURE.findall(phrase):
        if length(picture) > limit:
            raise ValueError(f"a character of {length(picture)} units does not fit into {limit}")
        yield picture

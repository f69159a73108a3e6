"""Turns a reply into sentences that are spoken: by an operator to a caller, or by a browser's own voice.

No brackets, no quotation marks; a list says 第一, 第二; telephone and case numbers are said digit by digit. What comes
first takes twenty seconds at most, and so does each portion after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.message import Reply
from bot.wording import Wording

SYLLABLES_A_SECOND = 4
SECONDS = 20
LONGEST = SECONDS * SYLLABLES_A_SECOND

_DOCUMENT = re.compile(r"〔(\d{4})〕(\d+)号")
_CASE_NUMBER = re.compile(r"[A-Z]{2}\d{2}-[0-9A-Z]{4}-[0-9A-Z]{4}")
_LONG_NUMBER = re.compile(
    r"(?<![\d.,])(?:0\d{2,3}-)?\d{5,12}(?![\d.,]|\s*元)|(?<![\d.,〇-])(?:110|120|119)(?=[。，、；或 ]|$)"
)
_ADDRESS = re.compile(r"https?://\S+")
_SAY_INSTEAD = re.compile(r"回复?“([^”]*)”")
_LIST_LINE = re.compile(r"(\d{1,2})[.．]\s*(.+)")
_BULLET = re.compile(r"[·•]\s*")
_PAUSE = re.compile(r"——|[（(]|\s*/\s*")
_SILENT = re.compile("[“”‘’「」『』《》〈〉【】〔〕]")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_SPOKEN_CHARACTER = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]")
_ENDS = tuple("。！？；，、：")


def read_aloud(reply: Reply, wording: Wording, by_telephone: bool = True) -> list[str]:
    """What is said, in portions of twenty seconds at most, the most important first.

    by_telephone: whoever listens says his answer, so that 「请回“更多”」 becomes 「请说更多」.
    """
    text = _to_be_said(reply.text) if by_telephone else reply.text
    sentences = [one for line in text.split("\n") for one in _sentences(_line(line.strip(), wording))]
    if reply.choices:
        each = (
            wording.say("aloud.choice", number=numeral(one.number, wording), label=one.label) for one in reply.choices
        )
        sentences.append(_plain(wording.say("aloud.choices", choices="；".join(each))))
    if reply.citations:
        first = reply.citations[0]
        place = f"{first.doc_no or first.title}，{first.section}"
        sentences.append(_plain(wording.say("aloud.source", source=place)))
    return _portions(sentences)


def seconds(text: str) -> float:
    """About how long it takes to say."""
    return len(_SPOKEN_CHARACTER.findall(text)) / SYLLABLES_A_SECOND


def numeral(number: int, wording: Wording) -> str:
    """A number up to 99 in Chinese characters; a larger one in digits."""
    signs = wording.say("aloud.numerals")
    tens, ones = divmod(number, 10)
    if number <= 10 or number > 99:
        return signs[number] if number <= 10 else str(number)
    return f"{signs[tens] if tens > 1 else ''}{signs[10]}{signs[ones] if ones else ''}"


def _to_be_said(text: str) -> str:
    return _SAY_INSTEAD.sub(r"说\1", text)


def _line(line: str, wording: Wording) -> str:
    """A line in plain words, its number in a list said as 第一."""
    found = _LIST_LINE.fullmatch(line)
    if found is None:
        return _plain(_BULLET.sub("", line))
    return _plain(wording.say("aloud.item", number=numeral(int(found[1]), wording), text=found[2]))


def _plain(text: str) -> str:
    """Without what cannot be said, and with numbers as they are said."""
    text = _DOCUMENT.sub(r"\1年\2号", _ADDRESS.sub("", text))
    text = _CASE_NUMBER.sub(lambda found: _one_by_one(found[0]), text)
    text = _LONG_NUMBER.sub(lambda found: _one_by_one(found[0]), text)
    text = _SILENT.sub("", _PAUSE.sub("，", text))
    text = re.sub(r"[)）](?=[。！？；，、：]|$)", "", text)
    text = re.sub(r"[)）]", "，", text)
    text = re.sub("，(?=[。！？；，、：])|(?<=[。！？；：])，", "", re.sub("，+", "，", text))
    return re.sub(r"^[，、：]+", "", re.sub(r" +", " ", text)).strip()


def _one_by_one(number: str) -> str:
    return " ".join(char for char in number if char.isalnum())


def _sentences(line: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(line):
        said = sentence.strip()
        if said:
            yield said if said.endswith(_ENDS) else f"{said}。"


def _portions(sentences: list[str]) -> list[str]:
    """As many sentences in each portion as fit; one that is too long is divided at its commas."""
    portions: list[str] = []
    for part in (part for sentence in sentences for part in _short(sentence)):
        if portions and seconds(portions[-1] + part) <= SECONDS:
            portions[-1] += part
        else:
            portions.append(part)
    return portions


def _short(sentence: str) -> Iterator[str]:
    if seconds(sentence) <= SECONDS:
        yield sentence
        return
    part = ""
    for phrase in re.findall("[^，、；：]+[，、；：]?", sentence):
        if part and seconds(part + phrase) > SECONDS:
            yield part
            part = ""
        part += phrase
    if part:
        yield part

"""Judges what a caller was told against what the guide says. Pure functions over replies as channels send them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from api.evaluation.questions import Question

Verdict = Literal["right", "wrong", "refused", "honest", "false_answer"]
"""right, wrong, refused: of an answerable question. honest, false_answer: of one that no guide answers."""
SPEAKS = ("answer", "result", "materials")
_WORDS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
_HONEST: tuple[str, ...] = tuple(_WORDS["honest"])
_CHOICE = re.compile(r"\n\d+\. [^\n]*")
_SOURCE = re.compile(rf"\n{_WORDS['source_line']}[^\n]*")


@dataclass(frozen=True)
class Judged:
    """A question with what became of it. foreign: a fact of another province was told."""

    province: str
    question: Question
    verdict: Verdict
    foreign: bool
    section_right: bool | None
    length: int
    reply: str


def judge(province: str, question: Question, replies: Sequence[dict[str, Any]], own_guides: frozenset[str]) -> Judged:
    """The verdict on the replies to the last message. own_guides: what the province's answers may cite."""
    told = "\n".join(reply["text"] for reply in replies)
    spoken = [reply for reply in replies if reply["kind"] in SPEAKS]
    cited = [one for reply in spoken for one in reply["citations"]]
    lacks = [fact for fact in question.must if not holds(told, fact)]
    claimed = [fact for fact in question.must_not if claims(told, fact)]
    verdict = _of_answerable(spoken, lacks, claimed) if question.answerable else _of_silence(told, spoken, claimed)
    section = cites([one["section"] for one in cited], question.section)
    return Judged(
        province=province,
        question=question,
        verdict=verdict,
        foreign=bool(cited) and all(one["guide"] not in own_guides for one in cited),
        section_right=section if verdict == "right" and question.section else None,
        length=len(_own_words(replies[0]["text"])) if replies else 0,
        reply=told,
    )


def _of_answerable(spoken: list[dict[str, Any]], lacks: list[str], claims: list[str]) -> Verdict:
    if not spoken or all(reply["data"].get("completeness") == "none" for reply in spoken):
        return "right" if spoken and not lacks and not claims else "refused"
    return "wrong" if lacks or claims else "right"


def _of_silence(told: str, spoken: list[dict[str, Any]], claims: list[str]) -> Verdict:
    """Honest is who says that it is not written, or answers nothing; a whole answer to something else is false."""
    if claims:
        return "false_answer"
    whole = any(reply["data"].get("completeness", "complete") == "complete" for reply in spoken)
    return "false_answer" if whole and not is_honest(told) else "honest"


def is_honest(told: str) -> bool:
    """Whether it is said that something is not written."""
    return any(word in told for word in _HONEST)


def cites(sections: Sequence[str], places: Sequence[str]) -> bool:
    """Whether one of the sections lies within one of the places, or no place is asked for."""
    return not places or any(_within(section, place) for section in sections for place in places)


def holds(told: str, fact: str) -> bool:
    """Whether a fact is told, in one of its alternatives."""
    plain = _plain(told)
    return any(_plain(one) in plain for one in fact.split("|"))


def claims(told: str, fact: str) -> bool:
    """Whether a wrong fact is told; in a sentence that says that it is not written it is not."""
    return any(holds(sentence, fact) and "没有写" not in sentence for sentence in re.split(r"[。！？，；\n]", told))


def _within(section: str, place: str) -> bool:
    return _plain(section).startswith(_plain(place))


def _plain(text: str) -> str:
    """One width, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _own_words(text: str) -> str:
    """A reply without its choices and sources."""
    return _SOURCE.sub("", _CHOICE.sub("", text))

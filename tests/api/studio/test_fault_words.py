"""Every message of the checks has a sentence in Chinese that says what to do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from api.studio.fault_words import PATTERNS, sentence_of
from api.web.staff.pages import load_words
from knowledge.loader import DATA

WORDS = load_words("12345")
FALLBACK = WORDS.say("wrong.other", problem="")
CHECKS = sorted((DATA.parent / "check").glob("*.py"))
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}")


@pytest.mark.parametrize("key", [key for key, _ in PATTERNS])
def test_every_pattern_has_its_sentence(key: str) -> None:
    assert WORDS.knows(f"wrong.{key}")


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ("topics.3.title: Field required", "请填写这一栏。"),
        ("topics.0.until: Input should be a valid date or datetime, input is too short", "日期不对"),
        ("topics.0: Value error, 'until' is before 'from'", "到期的日子比开始的日子还早"),
        ("papers.1.when: Value error, a condition is exactly one of: all, any, not, question", "这个条件没有写完"),
        ("'say' has 6 sentences; at most 4 can be heard at once", "有 6 句，太长了，最多 4 句"),
        ("section '五9' of hainan-guide is not in sections.yaml; did you mean '五8'?", "目录里没有“五9”这一节"),
        ("question 'hukou' is not defined; did you mean 'household'?", "没有“hukou”这道题"),
        ("'settlement' has no option 'beijing'", "“settlement”这道题没有“beijing”这个选项"),
        ("no answers lead here", "不管怎么答都走不到这里"),
        ("item 'cards' is not defined here; did you mean 'card'?", "本省没有“cards”"),
        ("日期: 2027-01-02 is a Saturday, off without this row; delete it or mend the date", "不写这一行也是这样"),
        ("2027 has 3 days off beyond weekends; is the whole notice of that year entered?", "2027 年只写了 3 天假"),
        ("topics.0.source: Value should have at least 1 item after validation, not 0", "请填写这一栏。"),
        ("could not find expected ':'", "这段文字的格式读不懂"),
    ],
)
def test_a_message_is_told_in_chinese(problem: str, sentence: str) -> None:
    assert sentence in sentence_of(problem, WORDS)


def test_ids_are_told_by_name() -> None:
    assert "“优待证”" in sentence_of("item 'card' is not defined here", WORDS, {"card": "优待证"}.__getitem__)


def messages_of(path: Path) -> list[str]:
    """The problems that a check writes, with a letter for what it fills in."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "fault" and len(node.args) == 3:
            found += [node.args[2]]
    return [text for text in map(written, found) if text and ENGLISH.search(text)]


def written(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value if isinstance(one, ast.Constant) else "x" for one in node.values)  # type: ignore[misc]
    return ""


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_no_message_of_a_check_is_left_in_english(path: Path) -> None:
    assert [text for text in messages_of(path) if sentence_of(text, WORDS).startswith(FALLBACK)] == []

"""The toy data written to a folder with changes, and what the check says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from knowledge.check import check
from tests.knowledge.builders import HEAD, is_yes, item, plain_papers, plain_questionnaire, statement, write_data

TOY = "provinces/toy"
HOUSEHOLD = f"{TOY}/items/household.yaml"
CARD = f"{TOY}/items/card.yaml"
TODAY = date(2024, 6, 1)
Changes = dict[str, Any]
IMPOSSIBLE = {"all": [is_yes("from_elsewhere"), {"question": "cancelled", "equals": "no"}]}
"""Nobody is asked where he came from unless his household was cancelled."""


def head(**changes: Any) -> Changes:
    """Another head of the province."""
    return {f"{TOY}/province.yaml": {**HEAD, **changes}}


def guide(**changes: Any) -> Changes:
    """Another main guide."""
    return head(guides=[{**HEAD["guides"][0], **changes}, HEAD["guides"][1]])


def household(**changes: Any) -> Changes:
    """Another item 落户."""
    return {HOUSEHOLD: item("household", when=is_yes("cancelled")) | changes}


def papers(*more: dict[str, Any], **lists: Any) -> Changes:
    """More papers."""
    return {f"{TOY}/papers.yaml": {"papers": [*plain_papers(), *more], **lists}}


def spared(**more: Any) -> dict[str, Any]:
    """A paper that need not be brought."""
    return {"source": "四", "id": "n", "name": "帽子", "reason": "不用。", **more}


def asked(**changes: Any) -> Changes:
    """Another questionnaire."""
    return {f"{TOY}/questionnaire.yaml": {**plain_questionnaire(), **changes}}


def asked_also(*more: dict[str, Any]) -> Changes:
    """More questions after those of the toy."""
    return asked(questions=[*plain_questionnaire()["questions"], *more])


def gap(**changes: Any) -> Changes:
    """An open place of the guide."""
    fact = {
        "source": "四",
        "id": "g",
        "title": "没写",
        "kind": "missing",
        "say": "没写。",
        "staff": "无",
        "ask": "窗口",
    }
    return {f"{TOY}/gaps.yaml": {"gaps": [{**fact, **changes}]}}


def topic(**changes: Any) -> Changes:
    """A topic."""
    return {f"{TOY}/topics.yaml": {"topics": [statement("一件事。", id="whole", title="整件事") | changes]}}


def staff_note(**changes: Any) -> Changes:
    """A note for counselors."""
    note = {"source": "四", "id": "n", "title": "分工", "say": "窗口收件。"}
    return {f"{TOY}/staff.yaml": {"notes": [{**note, **changes}]}}


def city(**changes: Any) -> Changes:
    """The layer of a city."""
    layer = {"id": "xinxiang", "region": "410700", "guide": {**HEAD["guides"][0], "id": "city-guide"}}
    content = {**layer, "forwards": "toy-guide", **changes}
    return {f"{TOY}/cities/xinxiang.yaml": content}


def contents(*cited: str, of: str = "toy-guide", **unused: str) -> dict[str, Any]:
    """A guide's table of contents: what facts cite, and what is left aside with the reason."""
    sections = [{"id": one, "title": f"第{one}节"} for one in cited]
    sections += [{"id": one, "title": f"第{one}节", "unused": why} for one, why in unused.items()]
    return {"guide": of, "sections": sections}


def listed(*guides: dict[str, Any]) -> Changes:
    """Other tables of contents."""
    return {f"{TOY}/sections.yaml": {"guides": list(guides)}}


PLAIN = contents("一", "二", "三", "四")


def written(folder: Path, *changes: Changes) -> Path:
    """The toy data with tables of contents and these changes."""
    together = {name: content for one in (listed(PLAIN), *changes) for name, content in one.items()}
    return write_data(folder, together)


def faults_of(folder: Path, *changes: Changes) -> list[str]:
    """The faults of the toy data with these changes."""
    return check(written(folder, *changes), TODAY)


def named(faults: list[str], folder: Path) -> list[tuple[str, str]]:
    """What the faults say, each with the text of the line that it names."""
    found = []
    for fault in faults:
        file, line, problem = fault.split(":", 2)
        path = folder.parent.parent / file
        text = path.read_text(encoding="utf-8").splitlines() if path.exists() else [""]
        found.append((text[int(line) - 1].strip(), problem.strip()))
    return found

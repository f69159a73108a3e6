"""Plays a written conversation over the hotline and notes where it goes another way than written."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from bot.message import Form
from bot.text_message import part_count
from tests.fakes.line import Line

SCRIPTS = Path(__file__).parent / "scripts"
SPEAKS_FROM_A_GUIDE = ("answer", "result", "materials")
RESUME_CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
Part = Literal["app", "rasa"]
Answer = dict[str, Any]


class Written(BaseModel):
    """Base of what stands in a script: a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid")


class Progress(Written):
    """How far the questionnaire has come."""

    answered: int
    remaining: int


class State(Written):
    """What the answer says of the conversation. Only what is written is compared; `questionnaire: null` means none."""

    owner: Literal["bot", "queue", "counselor"] | None = None
    region: str | None = None
    questionnaire: Progress | None = None


class Expected(Written):
    """What the answer to a message must be. Only what is written is compared.

    kinds: of all replies, in order. contains, not_contains: in the texts of all replies together. choices: the labels
    of the last reply. section: cited by one of the replies. completeness: of the first answer.
    items: the ids of the result in order. papers, spared: ids to bring and names to leave at home, each complete.
    """

    kinds: list[str] | None = None
    contains: list[str] = []
    not_contains: list[str] = []
    choices: list[str] | None = None
    section: str | None = None
    completeness: str | None = None
    items: list[str] | None = None
    papers: list[str] | None = None
    spared: list[str] | None = None
    state: State = State()


class Turn(Written):
    """One message and its answer; or parts of the product that are killed before the next message.

    say: {code} stands for the code that was given out last. elsewhere: from here on it is another telephone.
    """

    say: str | None = None
    expect: Expected = Expected()
    restart: list[Part] = []
    elsewhere: bool = False


class Script(Written):
    """A conversation. `region` is what the line knows of the caller, `form` the one in which it wants the replies."""

    name: str
    region: str | None = None
    form: Form | None = None
    turns: list[Turn]


def written_scripts() -> list[Script]:
    """All scripts of the folder."""
    files = sorted(SCRIPTS.glob("*.yaml"))
    return [Script.model_validate(one) for file in files for one in yaml.safe_load(file.read_text("utf-8"))]


async def play(script: Script, line: Line, restart: Callable[[list[Part]], Awaitable[None]]) -> list[str]:
    """Every difference between what was written and what happened, with the number of the message."""
    session, code, differences = uuid.uuid4().hex, "", []
    more = script.model_dump(include={"region", "form"}, exclude_none=True)
    for number, turn in enumerate(script.turns, 1):
        if turn.restart:
            await restart(turn.restart)
        if turn.elsewhere:
            session = uuid.uuid4().hex
        if turn.say is None:
            continue
        answer = await line.send(turn.say.replace("{code}", code), uuid.uuid4().hex, session_id=session, **more)
        code = _given_out(answer) or code
        found = [*_differences(turn.expect, answer), *_always_wrong(answer)]
        if script.form == "text_message":
            found += [f"too long: {one['text']!r}" for one in answer["replies"] if part_count(one["text"]) > 2]
        differences += [f"{number} {turn.say}: {one}" for one in found]
    return differences


def _differences(expected: Expected, answer: Answer) -> list[str]:
    replies = answer["replies"]
    said = "\n".join(reply["text"] for reply in replies)
    sections = [citation["section"] for reply in replies for citation in reply["citations"]]
    found = [f"no {text!r} in {said!r}" for text in expected.contains if text not in said]
    found += [f"{text!r} in {said!r}" for text in expected.not_contains if text in said]
    if expected.section is not None and expected.section not in sections:
        found.append(f"section {expected.section} not in {sections}")
    compared = {
        "kinds": [reply["kind"] for reply in replies],
        "choices": [choice["label"] for choice in replies[-1]["choices"]] if replies else [],
        "completeness": _of(replies, "answer", "completeness"),
        "items": [one["id"] for one in _of(replies, "result", "items") or []],
        "papers": [one["id"] for one in _of(replies, "materials", "materials") or []],
        "spared": [one["name"] for one in _of(replies, "materials", "not_needed") or []],
    }
    for key, value in compared.items():
        wanted = getattr(expected, key)
        if wanted is not None and wanted != value:
            found.append(f"{key} {value} instead of {wanted}; said {said!r}")
    return [*found, *_state_differences(expected.state, answer["state"])]


def _state_differences(expected: State, state: dict[str, Any]) -> list[str]:
    questionnaire = state["questionnaire"]
    progress = {key: questionnaire[key] for key in ("answered", "remaining")} if questionnaire else None
    shown = {"owner": state["owner"], "region": (state["region"] or {}).get("name"), "questionnaire": progress}
    wanted = expected.model_dump(exclude_unset=True)
    return [f"{key} {shown[key]} instead of {value}" for key, value in wanted.items() if shown[key] != value]


def _always_wrong(answer: Answer) -> list[str]:
    """What no answer may do, whatever the script."""
    texts = [reply["text"] for reply in answer["replies"]]
    found = [f"said twice: {text!r}" for text in dict.fromkeys(texts) if texts.count(text) > 1]
    for reply in answer["replies"]:
        if reply["kind"] in SPEAKS_FROM_A_GUIDE and not reply["citations"]:
            found.append(f"no source: {reply['text']!r}")
        if "你" in reply["text"]:
            found.append(f"not polite: {reply['text']!r}")
    return found


def _given_out(answer: Answer) -> str | None:
    found = RESUME_CODE.search(" ".join(reply["text"] for reply in answer["replies"]))
    return found.group() if found else None


def _of(replies: list[Answer], kind: str, key: str) -> Any:
    """A part of the data of the first reply of a kind."""
    return next((reply["data"].get(key) for reply in replies if reply["kind"] == kind), None)

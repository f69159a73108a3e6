"""A condition as a form shows it: lines of a question with the answers that count, joined into groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Tree = dict[str, Any]
"""kind `line`: not, question, options, at_least. kind `all` or `any`: not, parts."""
JOINS = ("all", "any")


def empty_line() -> Tree:
    """A line in which nothing is chosen yet."""
    return {"kind": "line", "not": False, "question": "", "options": [], "at_least": ""}


def tree_of(raw: Any) -> Tree | None:
    """The tree of a condition as it stands in a file; none for what is no condition."""
    if not isinstance(raw, Mapping):
        return None
    if "not" in raw:
        inner = tree_of(raw["not"])
        return inner | {"not": not inner["not"]} if inner else None
    for join in JOINS:
        if isinstance(raw.get(join), list):
            parts = [part for part in map(tree_of, raw[join]) if part]
            return {"kind": join, "not": False, "parts": parts}
    if "question" not in raw:
        return None
    among = raw.get("in") if isinstance(raw.get("in"), list) else []
    options = [str(raw["equals"])] if raw.get("equals") is not None else [str(one) for one in among or ()]
    least = "" if raw.get("at_least") is None else str(raw["at_least"])
    return empty_line() | {"question": str(raw["question"]), "options": options, "at_least": least}


def raw_of(tree: Tree | None) -> dict[str, Any] | None:
    """The condition as it is written in a file. Lines without a question and empty groups fall away."""
    if tree is None:
        return None
    raw = _line(tree) if tree["kind"] == "line" else _group(tree)
    return {"not": raw} if raw and tree["not"] else raw


def read(get: Callable[[str], str], get_all: Callable[[str], list[str]], at: str) -> Tree | None:
    """The tree from a posted form whose fields begin with `at`."""
    kind = get(f"{at}.kind")
    if kind in JOINS:
        count = int(get(f"{at}.count") or 0) if (get(f"{at}.count") or "0").isdecimal() else 0
        parts = [part for number in range(min(count, 99)) if (part := read(get, get_all, f"{at}.parts.{number}"))]
        return {"kind": kind, "not": get(f"{at}.not") == "yes", "parts": parts}
    if kind != "line":
        return None
    question = get(f"{at}.question")
    same = question == get(f"{at}.was_question")
    return {
        "kind": "line",
        "not": get(f"{at}.not") == "yes",
        "question": question,
        # The answers of another question mean nothing here.
        "options": get_all(f"{at}.options") if same else [],
        "at_least": get(f"{at}.at_least").strip() if same else "",
    }


def joined(tree: Tree | None, part: Tree) -> Tree:
    """The condition with one more part."""
    if tree is None:
        return part
    if tree["kind"] == "line":
        return {"kind": "all", "not": False, "parts": [tree, part]}
    return tree | {"parts": [*tree["parts"], part]}


def without(tree: Tree, place: tuple[int, ...]) -> Tree | None:
    """The condition without one of its parts; a group of one is that one."""
    if not place:
        return None
    if tree["kind"] == "line" or place[0] >= len(tree["parts"]):
        return tree
    inner = without(tree["parts"][place[0]], place[1:])
    parts = [part for number, part in enumerate(tree["parts"]) if number != place[0] or inner]
    parts = [inner if number == place[0] and inner else part for number, part in enumerate(parts)]
    if len(parts) == 1 and not tree["not"]:
        only: Tree = parts[0]
        return only
    return tree | {"parts": parts} if parts else None


def _line(tree: Tree) -> dict[str, Any] | None:
    if not tree["question"]:
        return None
    if tree["at_least"]:
        least = tree["at_least"]
        return {"question": tree["question"], "at_least": int(least) if least.isdecimal() else least}
    options = tree["options"]
    if len(options) == 1:
        return {"question": tree["question"], "equals": options[0]}
    return {"question": tree["question"], "in": list(options)}


def _group(tree: Tree) -> dict[str, Any] | None:
    parts = [raw for part in tree["parts"] if (raw := raw_of(part))]
    if not parts:
        return None
    one: dict[str, Any] = parts[0] if len(parts) == 1 else {tree["kind"]: parts}
    return one

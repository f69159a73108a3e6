"""A condition as a sentence that an editor can read."""

from __future__ import annotations

from collections.abc import Sequence

from api.studio.choices import Asked
from api.studio.condition_form import Tree
from bot.wording import Wording

SAY = "condition."


def in_words(tree: Tree | None, asked: Sequence[Asked], words: Wording) -> str:
    """Whom a condition means; everybody without one."""
    if tree is None:
        return words.say(f"{SAY}always")
    return _said(tree, {one.id: one for one in asked}, words, is_inner=False)


def _said(tree: Tree, asked: dict[str, Asked], words: Wording, is_inner: bool) -> str:
    if tree["kind"] == "line":
        return _line(tree, asked, words)
    joint = words.say(f"{SAY}{tree['kind']}")
    parts = f"，{joint}".join(_said(part, asked, words, is_inner=True) for part in tree["parts"])
    if tree["not"]:
        return words.say(f"{SAY}not", inner=parts)
    return words.say(f"{SAY}group", inner=parts) if is_inner else parts


def _line(tree: Tree, asked: dict[str, Asked], words: Wording) -> str:
    if not tree["question"] or not (tree["options"] or tree["at_least"]):
        return words.say(f"{SAY}unfinished")
    question = asked.get(tree["question"])
    text = question.text if question else tree["question"]
    if tree["at_least"]:
        return words.say(f"{SAY}{'less' if tree['not'] else 'least'}", question=text, least=tree["at_least"])
    labels = dict(question.options) if question else {}
    answers = words.say(f"{SAY}or").join(labels.get(one, one) for one in tree["options"])
    return words.say(f"{SAY}{'is_not' if tree['not'] else 'is'}", question=text, answers=answers)

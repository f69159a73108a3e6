"""The question that had to wait until the person's province was known."""

from __future__ import annotations

from actions import answer_question
from actions.list_items import items_of
from actions.list_materials import papers_of
from actions.scope import Scope, without_places
from actions.talk import Talk
from bot.message import Reply


def answer_waiting(talk: Talk, scope: Scope) -> tuple[Reply, ...]:
    """The answer for the province of the scope, and nothing waits any more. Empty when nothing waited."""
    question, talk.private.question = talk.private.question, None
    if question is None or scope.province is None:
        return ()
    if talk.private.question_for == "materials":
        return (papers_of(talk, scope.province),)
    if talk.private.question_for == "items":
        return (items_of(talk, scope.province),)
    text = without_places(talk, question)
    return answer_question.resolve(talk, Scope(scope.province, scope.region, False, text)).replies

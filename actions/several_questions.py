"""The questions of a message that holds several, each with the province it is about and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.scope import Scope, scope_of
from actions.talk import Talk
from knowledge.compound import Part, answers_to, clear_answers, cut, cut_boldly, is_one_question
from knowledge.resolve import Resolution, Resolver

CLEARLY = 0.8
"""From this chance on one of several answers stands without what else may be meant."""


@dataclass(frozen=True)
class Asked:
    """One question of the message. found: what it comes to; None when no guide covers the place it names."""

    part: Part
    scope: Scope
    found: Resolution | None


def asked_in(talk: Talk, scope: Scope) -> tuple[Asked, ...]:
    """The questions in their order, each coming to something else; what the caller takes for granted comes first.

    Empty when the message is one question, or when its parts do not each come to something that is surely meant: then
    it is to be answered whole. Also empty while no place is known.
    """
    message, vocabulary = scope.whole or scope.text, talk.knowledge.vocabulary
    parts, bold = cut(message, vocabulary), cut_boldly(message, vocabulary)
    if not (parts or bold):
        return ()
    if scope.province is not None and is_one_question(scope.text, talk.knowledge.resolver(scope.province)):
        return ()
    by_words = () if any(one.is_premise for one in parts) else _boldly(talk, bold, scope, message)
    if by_words and len(bold) > len(parts):
        return by_words
    asked = _answered(talk, parts, scope) or _answered(talk, [one for one in parts if not one.is_premise], scope)
    distinct = _distinct(asked)
    return distinct if len(distinct) > 1 or any(one.part.is_premise for one in distinct) else by_words


def _boldly(talk: Talk, parts: Sequence[Part], scope: Scope, message: str) -> tuple[Asked, ...]:
    """The same of a bold cut: only when each of its parts comes to something of its own."""
    each = _distinct(_answered(talk, parts, scope, message)) if parts else ()
    return each if len(each) == len(parts) else ()


def _distinct(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    return tuple({_what(one): one for one in reversed(asked)}.values())[::-1]


def _answered(talk: Talk, parts: Sequence[Part], scope: Scope, whole: str = "") -> list[Asked]:
    scopes = _scopes(talk, parts, scope)
    covered = [one for one in scopes if one.province is not None]
    if not covered or any(one.region is None for one in scopes):
        return []
    questions = [(one.text, talk.knowledge.resolver(one.province)) for one in covered if one.province is not None]
    found = clear_answers(questions, whole, talk.subject) if whole else answers_to(questions, talk.subject)
    if len(found) != len(covered):
        return []
    answers = iter(_beside_each_other(found, [resolver for _, resolver in questions]))
    return [
        Asked(part, own, next(answers) if own.province is not None else None)
        for part, own in zip(parts, scopes, strict=True)
    ]


def _beside_each_other(found: Sequence[Resolution], resolvers: Sequence[Resolver]) -> list[Resolution]:
    """The answers; what else may be meant is left to those in doubt, and never said when another says it."""
    alone = [
        replace(one, said=resolver.said(one.entry)) if one.entry is not None else one
        for one, resolver in zip(found, resolvers, strict=True)
    ]

    def is_said_elsewhere(one: Resolution, place: int) -> bool:
        others = (other.said for number, other in enumerate(alone) if number != place)
        return any(one.said and other and other.say in one.said.say for other in others)

    return [
        own if one.found.chance >= CLEARLY or is_said_elsewhere(one, place) else one
        for place, (one, own) in enumerate(zip(found, alone, strict=True))
    ]


def _scopes(talk: Talk, parts: Sequence[Part], scope: Scope) -> list[Scope]:
    """A place named in a part counts for it and for those after it; one named outside of all parts counts for all."""
    if not scope.whole:
        return [replace(scope, text=part.text) for part in parts]
    own = [scope_of(talk, part.text) for part in parts]
    current = scope
    if any(one.named for one in own) and talk.region is not None:
        current = scope_of(talk, "")
    found = []
    for one in own:
        current = one if one.named else current
        found.append(replace(one, province=current.province, region=current.region))
    return found


def _what(asked: Asked) -> tuple[str, str]:
    """What tells an answer from another: the province and the words of the guide."""
    found = asked.found
    region = asked.scope.region.code if asked.scope.region else ""
    if found is None:
        return region, ""
    return region, found.said.say if found.said else found.outside.id if found.outside else ""

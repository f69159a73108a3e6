"""Questions that make sense only with the one before: 「我老弟帮我点得不得」 after 「社保卡在网上能申领吗」."""

from __future__ import annotations

from actions.scope import Scope, scope_of
from actions.talk import Talk
from knowledge.answer_matching import says_no, says_yes
from knowledge.clauses import asks
from knowledge.fragment import GOES_ON, continues, leans, says_the_wish
from knowledge.library import ProvinceKnowledge
from knowledge.listing import read
from knowledge.resolve import Resolution, Resolver
from knowledge.subject import Subject

LONGEST = 20
"""A longer message stands for itself."""
LONGEST_KEPT = 60
WEAK = 0.7
"""Below this chance the message alone leaves open what is meant."""
VAGUE = 0.4
"""Below this chance hardly anything speaks for any entry."""
UNLIKE = 0.2
"""Up to this likeness the words of the message alone are nothing like those of the entry that comes first."""
SURE = 0.5
"""From this chance on it is clear what both questions together ask."""
CLEARER = 0.1
"""By so much of chance one reading beats another."""
_GUESSED = frozenset({"ask_source", "goodbye", "start_questionnaire"})
HARDLY_GUESSED = 0.5
"""From this confidence on a farewell is one: 「那我先去办了」."""
_ANSWERS = ("answer", "materials")


def has_answer_before(talk: Talk) -> bool:
    """Whether the message before this one was answered."""
    return talk.ask.is_new_message and any(reply.kind in _ANSWERS for reply in talk.private.last)


def asks_on(talk: Talk) -> bool:
    """Whether a short message asks on after an answer, though its words name nothing known: 「团的嘞」「洗几张啊」."""
    text = talk.ask.text.strip("？?。！! ")
    if not has_answer_before(talk) or len(text) > LONGEST or says_yes(text) or says_no(text):
        return False
    return asks(text) or (continues(text) and not says_yes(text.rstrip("".join(GOES_ON))))


def is_follow_up(talk: Talk) -> bool:
    """Whether a short message after an answer is a question that goes on with it, whatever Rasa took it for.

    It names a thing and ends as such a question does (养老那个嘞), or means something only with the question before.
    """
    scope = scope_of(talk)
    if talk.in_loop or scope.province is None or not asks_on(talk):
        return False
    if continues(scope.text) and read(scope.text, talk.knowledge.vocabulary).names:
        return True
    is_farewell = talk.ask.intent == "goodbye" and talk.ask.confidence >= HARDLY_GUESSED
    if talk.ask.intent not in _GUESSED or is_farewell or says_the_wish(scope.text):
        return False
    found = talk.knowledge.resolver(scope.province).resolve(scope.text, talk.subject)
    is_clear = talk.ask.intent != "ask_source" and found.said is not None and found.found.chance >= WEAK
    return is_clear or with_question_before(talk, scope, scope.province, found) is not None


def keep_question(talk: Talk, scope: Scope, goes_on: bool) -> None:
    """Remember what was asked, for a question that goes on with it; what goes on itself is not kept."""
    if not goes_on:
        talk.private.asked = scope.text[-LONGEST_KEPT:]


def with_question_before(talk: Talk, scope: Scope, province: ProvinceKnowledge, found: Resolution) -> Resolution | None:
    """What the message comes to together with the question before, when alone it leaves open what is meant; else what
    it comes to without the carried subject, when that is much clearer. None when it stands as it was found."""
    before = talk.private.asked
    if before is None or not has_answer_before(talk) or len(scope.text) > LONGEST or scope.named or found.certain:
        return None
    resolver = talk.knowledge.resolver(province)
    alone = resolver.resolve(scope.text, Subject())
    if alone.said is not None and not alone.subject.aspects and _is_clearer(alone, found):
        return alone
    best = found.found.best
    is_unlike = best is None or best.likeness <= UNLIKE
    if not (is_unlike or found.found.chance < WEAK) or _stands_alone(talk, scope.text):
        return None
    both = resolver.resolve(f"{before}，{scope.text}", Subject())
    least = SURE if is_unlike else max(SURE, found.found.chance + CLEARER)
    if both.said is not None and both.found.chance >= least:
        return both
    return _with_title_before(talk, scope.text, resolver) if is_unlike and found.found.chance < VAGUE else None


def _with_title_before(talk: Talk, text: str, resolver: Resolver) -> Resolution | None:
    """What the message comes to beside the title of the answer before, when that is about the same thing."""
    ids = talk.private.told[0].knowledge_ids[:1] if talk.private.told else ()
    entry = resolver.entry(ids[0]) if ids else None
    if entry is None:
        return None
    found = resolver.resolve(f"{entry.title}，{text}", Subject())
    is_same = bool(found.entry and set(found.entry.items) & set(talk.subject.items))
    return found if is_same and found.found.chance >= SURE else None


def _is_clearer(one: Resolution, other: Resolution) -> bool:
    return one.entry != other.entry and one.found.chance >= max(SURE, other.found.chance + CLEARER)


def _stands_alone(talk: Talk, text: str) -> bool:
    """Whether a message names its thing, and leans on nothing before; or its side, and so goes on by the subject."""
    said = [one.kind for one in talk.knowledge.vocabulary.find(text) if one.is_said]
    if "item" in said or "paper" in said:
        return continues(text) or not leans(text)
    return "aspect" in said and talk.subject.is_named

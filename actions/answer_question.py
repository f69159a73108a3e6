"""Answers a policy question from the guide of the person's province, or says honestly that the guide does not."""

from __future__ import annotations

from actions import replies
from actions.comparison import compare
from actions.contract import Ask, Services
from actions.field_help import field_help
from actions.follow_up import keep_question, with_question_before
from actions.scope import Scope, ask_region, keep_if_new, not_covered, scope_of
from actions.several_questions import Asked, asked_in
from actions.talk import Talk
from actions.told_at_start import beside_the_wish
from actions.vague_question import put_together, which_matter, which_side
from actions.what_next import further, main_menu
from actions.why import with_why
from bot.message import ActionResult, Reply
from knowledge.answer_matching import asks
from knowledge.last_clause import asking_clause, with_last_clause
from knowledge.library import ProvinceKnowledge
from knowledge.model import StaffNote, Term
from knowledge.resolve import LIKELY, Resolution
from knowledge.subject import Subject, subject_of

MISSES_BEFORE_OFFERING_A_PERSON = 2
MOST_AT_ONCE = 3
"""So many questions of one message are answered; the others are named, to be asked next."""
MOST_LEFT_OFFERED = 4
CLEARLY = 0.6
"""From this chance on a message asks what a guide states, whatever it was taken for; one in ten of other matters has
half of it."""
MAYBE = 0.45
"""From this chance on it is answered when there is nothing else that it could mean."""
SURELY = 0.85
"""From this chance on it is one, in whatever words; of 57 lines of chat and anger the likeliest has 0.81."""
HARDLY = 0.5
CERTAINLY = 0.9
"""From this chance on so is a message that does not ask, when its kind is below the number before."""


async def answer_question(ask: Ask, services: Services) -> ActionResult:
    """The action of the intents `ask_policy` and `explain_term`."""
    talk = Talk(ask, services)
    return answer(talk, scope_of(talk))


def answer(talk: Talk, scope: Scope) -> ActionResult:
    """Explain the word whose meaning the text of a scope asks for, else answer it as a question."""
    subject = subject_of(talk.knowledge.vocabulary.find(scope.text))
    if subject.terms and (talk.ask.intent == "explain_term" or _asks_meaning(scope.text)) and not subject.is_named:
        return talk.result(_explain(talk, subject.terms[0]))
    return resolve(talk, scope)


def resolve(talk: Talk, scope: Scope) -> ActionResult:
    """Answer the text of a scope; asks for the region when it is not known and the question needs one."""
    scope = put_together(talk, scope)
    met = _met_without_guide(talk, scope)
    if met is not None:
        return met
    asked = asked_in(talk, scope)
    if asked:
        keep_question(talk, scope, goes_on=False)
        return talk.result(*_each(talk, scope, asked))
    keep_if_new(talk, scope)
    if scope.region is not None and scope.province is None:
        return talk.result(not_covered(talk, scope.region))
    if scope.province is None:
        if _nobody_knows(talk, scope):
            return talk.result(_missed(talk))
        return ask_region(talk, scope.whole or talk.ask.text)
    helped = field_help(talk, scope)
    if helped is not None:
        return talk.result(helped)
    resolution = talk.knowledge.resolver(scope.province).resolve(scope.text, talk.subject)
    together = with_question_before(talk, scope, scope.province, resolution)
    keep_question(talk, scope, goes_on=together is not None)
    resolution = together or with_last_clause(scope.text, resolution, talk.knowledge.resolver(scope.province))
    return talk.result(with_why(_reply(talk, scope, scope.province, resolution), scope.text, resolution))


def by_its_words(talk: Talk) -> ActionResult | None:
    """The reply to a message whose kind its words alone show, whatever Rasa understood.

    It compares provinces, names a side without a thing or the thing that was asked back, holds
    several questions, or asks how a field of the form is filled in. None for any other.
    """
    scope = scope_of(talk)
    together = put_together(talk, scope)
    if together is not scope:
        return resolve(talk, scope)
    met = _met_without_guide(talk, scope)
    if met is not None or talk.ask.intent == "set_region":
        return met  # The place is kept first; then its action answers what is asked beside it.
    asked = asked_in(talk, scope)
    if asked:
        return talk.result(*_each(talk, scope, asked))
    helped = field_help(talk, scope)
    return talk.result(helped) if helped else None


def _met_without_guide(talk: Talk, scope: Scope) -> ActionResult | None:
    """What needs no kept province: a question that lacks its thing, and a comparison."""
    reply = which_matter(talk, scope)
    return talk.result(reply) if reply else compare(talk, scope.whole or scope.text)


def _each(talk: Talk, scope: Scope, asked: tuple[Asked, ...]) -> list[Reply]:
    """A reply for each question in its order; the rest of all answers, and the questions left over, come last.

    A place is kept only when all questions are about it.
    """
    say = talk.library.phrase
    if len({one.scope.region for one in asked}) == 1:
        keep_if_new(talk, scope)
    given = [_one_of_several(talk, one, number > 0) for number, one in enumerate(asked[:MOST_AT_ONCE])]
    left = [one.part.text for one in asked[MOST_AT_ONCE:]]
    choices = [(text, f"say:{text}") for text in left[:MOST_LEFT_OFFERED]]
    if any(one.more for one in talk.private.told):
        given[-1] = given[-1].model_copy(update={"text": given[-1].text + say("there_is_more")})
        choices.append((say("label_more"), "more"))
    if left:
        given.append(talk.reply("notice", "questions_left", questions="；".join(left)))
    return given if talk.in_loop else [*given[:-1], talk.offer(given[-1], *choices)]


def _one_of_several(talk: Talk, one: Asked, beside: bool) -> Reply:
    found, province = one.found, one.scope.province
    if found is None or province is None:
        return not_covered(talk, one.scope.region) if one.scope.region else _missed(talk)
    if found.subject.is_named:
        talk.keep_subject(found.subject)
    if found.said is None:
        return with_why(_outside(talk, province, found), one.part.text, found)
    title = found.entry.title if found.entry else one.part.text
    reply = replies.answer_beside(talk, one.scope, province, found.said, title, beside)
    reply = with_why(reply, one.part.text, found)
    say = talk.library.phrase("about_premise", say=reply.text) if one.part.is_premise else reply.text
    return reply.model_copy(update={"text": say})


def answer_if_sure(talk: Talk, topics_only: bool = False, likely: bool = False) -> ActionResult | None:
    """The answer to a message that Rasa took for something else but that clearly asks what a guide states.

    topics_only: only a topic, and only when the message is nearly one of its own phrasings. likely: a smaller chance
    is enough, because the message shows otherwise that it asks for what is written.
    """
    scope = scope_of(talk)
    if scope.province is None:
        return None
    found = talk.knowledge.resolver(scope.province).resolve(scope.text, Subject())
    if found.said is None and (found.outside is None or topics_only):
        return None
    is_known = likely or talk.knowledge.resolver(scope.province).search.knows(scope.text)
    is_clear = found.found.chance >= SURELY or (found.found.chance >= (MAYBE if likely else CLEARLY) and is_known)
    if found.said is not None and not (found.certain or found.subject.is_named or is_clear):
        return None  # A question of another matter that only sounds like an entry: 「附近哪里有好吃的」.
    if topics_only and not (found.certain and found.entry and found.entry.kind == "topic"):
        return None
    return talk.result(with_why(_reply(talk, scope, scope.province, found), scope.text, found))


def asked_clearly(talk: Talk, is_moot: bool = False) -> ActionResult | None:
    """The answer to a message whose words ask, and likelier for what a guide states than for the wish, farewell or
    outcry that Rasa took it for: 「我要开始办了，可我不会上网，是不是就没得办了」.

    The clause that asks counts by itself, because the wish stands in the others: 「究竟哪家牵头，别老推来推去」.
    is_moot: there is nothing that the wish could be about, such as an answer whose source is asked for.
    """
    scope = scope_of(talk)
    if scope.province is None:
        return None
    resolver = talk.knowledge.resolver(scope.province)
    least = MAYBE if is_moot else max(CLEARLY, talk.ask.confidence)
    clause = beside_the_wish(talk, asking_clause(scope.text)) or ""
    text, found = scope.text, resolver.resolve(scope.text, Subject())
    is_asked = asks(text) or bool(clause) or is_moot
    if not is_asked and talk.ask.confidence < HARDLY:
        least, is_asked = CERTAINLY, True
    of_clause = resolver.resolve(clause, Subject()) if clause else found
    if of_clause.found.chance < LIKELY:
        return None  # It asks nothing of a guide: 「跑了四趟还没办下来，你们咋回事」.
    if found.said is None or found.found.chance < least or not is_asked:
        text, found = clause, of_clause
        if not clause or found.said is None or found.found.chance < CLEARLY or not resolver.search.knows(clause):
            return None
    keep_question(talk, scope, goes_on=False)
    return talk.result(with_why(_reply(talk, scope, scope.province, found), text, found))


def answer_entry(talk: Talk, province: ProvinceKnowledge, entry_id: str) -> Reply:
    """The answer to an entry that was offered as a choice."""
    resolver = talk.knowledge.resolver(province)
    entry = resolver.entry(entry_id)
    if entry is None:
        return talk.reply("fallback", "choice_gone")
    talk.keep_subject(Subject(entry.items[:1], entry.papers[:1], entry.aspects[:1]))
    scope = Scope(province, talk.library.region_of(province), False, "")
    return replies.answer(talk, scope, province, resolver.said(entry))


def _reply(talk: Talk, scope: Scope, province: ProvinceKnowledge, found: Resolution) -> Reply:
    side = which_side(talk, scope, province, found)
    if side is not None:
        return side
    if found.subject.is_named:
        talk.keep_subject(found.subject)
    if found.said is not None:
        reply = replies.answer(talk, scope, province, found.said)
        return reply if talk.in_loop else talk.offer(reply, *further(talk, province, found))
    if found.outside is not None:
        reply = _outside(talk, province, found)
        return reply if talk.in_loop else talk.offer(reply, *main_menu(talk))
    if found.options and found.near and talk.in_loop:
        return talk.reply("notice", "answer_not_understood")
    if found.options:
        reply = talk.reply("clarify", "did_you_mean" if found.near else "which_one")
        return talk.offer(reply, *[(entry.title, f"entry:{entry.id}") for entry in found.options])
    return _missed(talk)


def _outside(talk: Talk, province: ProvinceKnowledge, found: Resolution) -> Reply:
    """That no guide here covers the matter, and who would know."""
    region = talk.library.region_of(province).short_name
    matter, ask = (found.outside.name, found.outside.ask) if found.outside else ("", "")
    return talk.reply("fallback", "outside", region=region, matter=matter, ask=ask)


def _asks_meaning(text: str) -> bool:
    """Whether a message asks what a word means, whatever Rasa took it for."""
    return any(cue in text for cue in ("意思", "是什么", "是啥", "什么叫", "啥叫", "怎么理解"))


def _explain(talk: Talk, term_id: str) -> Reply:
    """A word of the offices in plain words, with a place where a guide uses it when one does."""
    term = talk.library.entry("term", term_id)
    if not isinstance(term, Term):
        raise KeyError(term_id)
    talk.private.misses = 0
    provinces = [talk.province] if talk.province else list(talk.library.provinces.values())
    for province in provinces:
        for key, fact in province.facts():
            if not isinstance(fact, StaffNote) and term.name in (getattr(fact, "say", None) or ""):
                ids = (f"national.term.{term.id}", key)
                talk.keep_answer(province, fact.source[:1], ids)
                return Reply(
                    kind="answer",
                    text=term.plain,
                    citations=replies.citations(province, fact.source[:1]),
                    data={
                        "completeness": "complete",
                        "region": talk.library.region_of(province).short_name,
                        "knowledge_ids": list(ids),
                    },
                )
    return Reply(kind="notice", text=term.plain, data={"knowledge_ids": [f"national.term.{term.id}"]})


def _nobody_knows(talk: Talk, scope: Scope) -> bool:
    """Whether no province has anything near the question: then there is no sense in asking for the region."""
    for province in talk.library.provinces.values():
        found = talk.knowledge.resolver(province).resolve(scope.text, talk.subject)
        if found.said is not None or found.options:
            return False
    return True


def _missed(talk: Talk) -> Reply:
    talk.private.misses += 1
    if talk.loop == "run_questionnaire" and talk.private.misses < MISSES_BEFORE_OFFERING_A_PERSON:
        return talk.reply("notice", "answer_not_understood")
    key = "not_understood" if talk.private.misses < MISSES_BEFORE_OFFERING_A_PERSON else "not_understood_again"
    if talk.in_loop:
        return talk.reply("fallback", key)
    text = talk.library.phrase(key) + talk.library.phrase("or_choose")
    return talk.offer(Reply(kind="fallback", text=text), *main_menu(talk))

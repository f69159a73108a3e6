"""Takes an answer that stands beside something else, and meets the rest too: a question, an insult, other answers."""

from __future__ import annotations

from actions import answer_question, questions
from actions.list_items import all_items
from actions.list_materials import all_papers
from actions.questions import ANSWERS
from actions.record_answer import record
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Effect, Reply
from knowledge import model
from knowledge.answer_clauses import Heard, denied, read
from knowledge.answer_matching import CLAUSE_END, Match, asks, match_answer, plain
from knowledge.answers_beside import names, still_said
from knowledge.library import ProvinceKnowledge

NEVER_ANSWERS = frozenset(
    {
        "cancel",
        "change_answer",
        "distress",
        "go_back",
        "leave_questionnaire",
        "say_again",
        "say_simpler",
    }
)
"""Intents whose words may pass for an answer: 「不对」, 「听不懂」."""
WORTH_ANSWERING_ALONE = 3
"""With fewer options left it is a plain yes or no."""


def heard(
    talk: Talk, province: ProvinceKnowledge, current: model.Question, others: list[Match], by_place: list[Match]
) -> ActionResult | None:
    """Keep the answer to the open question and reply to the rest; None when the message is nothing of the kind.

    others: answers in the message to questions that were not put yet. by_place: the answer of a clause that is a place.
    """
    text = talk.ask.text
    told = _told_of_answers(talk, province, current)
    if told:
        return told
    if talk.ask.intent in NEVER_ANSWERS:
        return None
    said = _beside_a_place(by_place, text) or read(
        current, province.questionnaire.questions, text, talk.ask.intent in ANSWERS
    )
    matches = [one for one in said.matches if still_said(one, current, others, said.answering)]
    beside = _beside(talk, province, current, said)
    if talk.says("words_for_which_option") and len(matches) != 1:
        beside = [_which_to_choose(talk, province, current)]
        if not matches:
            return questions.put_again(talk, *beside)
    if len(matches) > 1:
        return questions.ask_which(talk, current, matches, *beside)
    if matches and (said.rest or matches[0].exact or not match_answer(current, text)):
        effects = (Effect(kind="report_complaint"),) if talk.ask.intent == "complain" else ()
        put = "" if beside else current.id
        result = record(talk, province, [*matches, *others], put, *beside)
        return result.model_copy(update={"effects": (*result.effects, *effects)})
    acknowledged = _acknowledged(talk, province)
    if acknowledged and not (matches or others):
        return questions.put_again(talk, *acknowledged)
    return _ruled_out(talk, current) if not matches else None


def _beside_a_place(by_place: list[Match], text: str) -> Heard | None:
    """The clause whose place is the answer, and the others; None when no clause alone is: 老家信阳的，照片要几张."""
    clauses = [one for one in CLAUSE_END.split(text) if one]
    answering = [one for one in clauses for match in by_place if plain(one) == match.said]
    rest = tuple(one for one in clauses if one not in answering)
    return Heard(tuple(by_place), "，".join(answering), rest) if answering and rest else None


def _acknowledged(talk: Talk, province: ProvinceKnowledge) -> list[Reply]:
    """That it was heard that something is not done yet which no question is about: 对了，社保卡我没办过."""
    text = talk.ask.text
    is_asked = any(names(one, text) for one in province.questionnaire.questions)
    if is_asked or asks(text) or not talk.says("words_for_not_done"):
        return []
    mentions = talk.knowledge.vocabulary.find(text)
    heard_of = [province.items[one.id].name for one in mentions if one.kind == "item" and one.id in province.items]
    return [talk.reply("notice", "item_heard", items="、".join(dict.fromkeys(heard_of)))] if heard_of else []


def _ruled_out(talk: Talk, current: model.Question) -> ActionResult | None:
    """Ask which of the options that the message leaves: 不是按月领."""
    if asks(talk.ask.text) or len(current.options) < WORTH_ANSWERING_ALONE or match_answer(current, talk.ask.text):
        return None
    left = denied(current, talk.ask.text)
    if not 0 < len(left) < len(current.options):
        return None
    return questions.ask_which(talk, current, [Match(current.id, value, False) for value in left])


def _told_of_answers(talk: Talk, province: ProvinceKnowledge, current: model.Question) -> ActionResult | None:
    """What is on the record, for who asks how he was taken: 你把我算成哪一种了."""
    if not talk.says("words_for_own_answers"):
        return None
    lines = questions.answer_lines(talk)
    key = "own_answers" if lines else "no_answers_yet"
    return questions.put_again(talk, talk.reply("notice", key, answers="\n".join(lines)))


def _which_to_choose(talk: Talk, province: ProvinceKnowledge, current: model.Question) -> Reply:
    """That the choice is his, why it matters, and what to do when he does not know."""
    text = talk.library.phrase("which_to_choose", why=current.why, unsure=current.unsure)
    return questions.notice(talk, text, province, current.id)


def _beside(talk: Talk, province: ProvinceKnowledge, current: model.Question, said: Heard) -> list[Reply]:
    """Replies to the clauses that are no answer."""
    if not said.matches:
        return []
    replies = []
    if talk.ask.intent == "complain" or any(word in one for word in talk.words("words_of_anger") for one in said.rest):
        replies.append(talk.reply("smalltalk", "complaint"))
    if talk.says("words_for_asking_why"):
        return [*replies, questions.notice(talk, current.why, province, current.id)]
    if talk.says("words_for_all_at_once"):
        lists = (all_items(talk, province), all_papers(talk, province))
        return [*replies, talk.reply("notice", "all_at_once"), *lists]
    if not said.asking:
        return [*replies, *_acknowledged(talk, province)]
    if talk.ask.intent == "ask_materials":
        return [*replies, all_papers(talk, province)]
    if talk.ask.intent == "ask_items":
        return [*replies, all_items(talk, province)]
    return [*replies, *_answered(talk, said.asking)]


def _answered(talk: Talk, question: str) -> tuple[Reply, ...]:
    """The answer to a question that stands beside an answer."""
    replies = answer_question.answer(talk, scope_of(talk, question)).replies
    not_understood = talk.library.phrase("answer_not_understood")
    return tuple(talk.reply("fallback", "not_understood") if one.text == not_understood else one for one in replies)

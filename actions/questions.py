"""Puts the questions of the questionnaire: the next one, the same again, the one that asks which was meant."""

from __future__ import annotations

from actions import new_release, replies
from actions.memory import Offer
from actions.scope import region_choices
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge import model
from knowledge.answer_matching import Match, chosen_number
from knowledge.conditions import UNSURE
from knowledge.library import ProvinceKnowledge
from knowledge.questionnaire import Progress, label_of, question_of, replay
from knowledge.vocabulary import fold

STEPS = ("question", "confirm")
"""The kinds of reply that put a step of the questionnaire."""
ANSWERS = frozenset({"affirm", "deny", "unsure", "choose", "inform"})
"""Intents that answer a question; any other message is an answer only when it is nothing but one."""


def progress(talk: Talk) -> Progress | None:
    """Where the questionnaire of this conversation stands; None when none was begun."""
    province = talk.questionnaire_province
    return replay(province.questionnaire, talk.private.answers) if province else None


def asked(talk: Talk) -> tuple[model.Question, ...]:
    """The questions answered so far."""
    where = progress(talk)
    return where.asked if where else ()


def current(talk: Talk) -> model.Question | None:
    """The question that stands open: one that is being changed, else the next one."""
    where = progress(talk)
    if where is None:
        return None
    changed = next((one for one in where.asked if one.id == talk.private.asks), None)
    return changed or where.next_question


def go_on(talk: Talk, *before: Reply) -> ActionResult:
    """Put the next question, or read the answers back when none is open. `before` is said first."""
    question = current(talk)
    before = (*before, *new_release.told(talk, progress(talk), question))
    if question is not None:
        talk.private.phase = "asking"
        return talk.result(*before, put(talk, question))
    talk.private.phase = "confirming"
    return talk.result(*before, read_back(talk))


def put_again(talk: Talk, *before: Reply) -> ActionResult:
    """Put the question that stands open once more, unless it was just put by what interrupted the loop."""
    if not talk.ask.is_new_message and talk.private.last and talk.private.last[-1].kind in STEPS:
        return talk.result(*before)
    if talk.private.phase == "region":
        return talk.result(*before, which_region(talk))
    if talk.private.phase == "changing":
        return talk.result(*before, which_to_change(talk, asked(talk)))
    return go_on(talk, *before)


def which_region(talk: Talk) -> Reply:
    """Where the person settles: asked before the first question of the guide."""
    return talk.offer(talk.reply("question", "start_needs_region"), *region_choices(talk))


def which_to_change(talk: Talk, among: tuple[model.Question, ...]) -> Reply:
    """Which of these answers is to be changed."""
    talk.private.phase = "changing"
    choices = [(_with_answer(talk, one), f"change:{one.id}") for one in among]
    return talk.offer(talk.reply("question", "which_to_change"), *choices)


def _with_answer(talk: Talk, question: model.Question) -> str:
    where = progress(talk)
    answer = label_of(question, where.answers[question.id] if where else "")
    return talk.library.phrase("change_label", question=question.text, answer=answer)


def put(talk: Talk, question: model.Question) -> Reply:
    """One question with numbered choices; 「不确定」 is always the last of them."""
    where, talk.private.put = progress(talk), question.id
    remaining = where.remaining if where else 0
    text = talk.library.phrase("question", text=question.text)
    if remaining > 1:
        text += talk.library.phrase("questions_remain", count=remaining)
    choices = [(option.label, f"answer:{question.id}:{option.id}") for option in question.options]
    choices.append((talk.library.phrase("label_unsure"), f"answer:{question.id}:{UNSURE}"))
    reply = Reply(kind="question", text=text, data={"question": question.id, "remaining": remaining})
    return talk.offer(reply, *choices)


def read_back(talk: Talk) -> Reply:
    """All answers, to be confirmed before the result."""
    where = progress(talk)
    answers = where.answers if where else {}
    lines = answer_lines(talk)
    if talk.private.speaker != "self":
        lines.append(talk.library.phrase("read_back_for", relation=talk.private.relation))
    text = talk.library.phrase("read_back", answers="\n".join(lines))
    choices = (("label_confirm", "confirm"), ("label_change", "change"))
    reply = Reply(kind="confirm", text=text, data={"answers": answers})
    return talk.offer(reply, *[(talk.library.phrase(key), does) for key, does in choices])


def answer_lines(talk: Talk) -> list[str]:
    """Every answered question with its answer, a line each."""
    where = progress(talk)
    if where is None:
        return []
    return [
        talk.library.phrase("read_back_line", question=one.text, answer=label_of(one, where.answers[one.id]))
        for one in where.asked
    ]


def ask_which(talk: Talk, question: model.Question, matches: list[Match], *before: Reply) -> ActionResult:
    """An answer that could mean two things is asked back with the two. `before` is said first."""
    choices = [(label_of(question, one.value), f"answer:{question.id}:{one.value}") for one in matches]
    return talk.result(*before, talk.offer(talk.reply("question", "which_answer"), *choices))


def notice(talk: Talk, text: str, province: ProvinceKnowledge, question_id: str) -> Reply:
    """A sentence of the data that belongs to a question, with the question's section."""
    question = question_of(province.questionnaire, question_id)
    return Reply(kind="notice", text=text, citations=replies.citations(province, question.source))


def offered(talk: Talk) -> Offer | None:
    """The offered choice that the message takes: by its number, or by its label also when it was offered earlier.

    A number beyond the choices is that of the list that was shown before them, and so is any once choices were left
    alone for a turn.
    """
    number = chosen_number(talk.ask.text)
    said = fold(talk.ask.text).strip()
    listed = [] if talk.in_loop else talk.private.beneath
    is_open = not listed or any(reply.choices for reply in talk.private.last)
    groups = (talk.private.offered, listed) if is_open else (listed, talk.private.offered)
    by_number = next((offer for group in groups for offer in group if offer.number == number), None)
    by_label = (offer for offer in (*talk.private.offered, *talk.private.earlier) if fold(offer.label) == said)
    return by_number or next(by_label, None)

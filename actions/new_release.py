"""What became of a questionnaire that was begun under another release of the knowledge. Said once."""

from __future__ import annotations

from actions.memory import Offer
from actions.talk import Talk
from bot.message import Reply
from knowledge import model
from knowledge.conditions import holds
from knowledge.questionnaire import Progress, is_answer


def told(talk: Talk, where: Progress | None, put: model.Question | None) -> tuple[Reply, ...]:
    """That questions fell away, have other options, or came in front of what is answered, since the last was put.

    put: the question that is put now.
    """
    if where is None:
        return ()
    release, before = talk.library.release, talk.private.seen
    is_new = talk.private.release not in (None, release)
    seen = (*where.asked, put) if put else where.asked
    talk.private.release, talk.private.seen = release, {one.id: one.text for one in seen}
    if not is_new:
        return ()
    lost = [one for one in before if one not in where.answers]
    still = {one.id for one in _asked_of_him(talk, where)}
    gone = [before[one] for one in lost if one not in still]
    changed = [one for one in lost if one in still and one in talk.private.answers]
    came = _came(talk, where, changed)
    say = talk.library.phrase
    parts = [say("questions_gone", questions="；".join(gone))] if gone else []
    parts += [say("questions_changed", questions="；".join(before[one] for one in changed))] if changed else []
    parts += [say("questions_came", count=came)] if came else []
    return (Reply(kind="notice", text=say("new_release", changes="".join(parts))),) if parts else ()


def put_before(talk: Talk, where: Progress | None) -> model.Question | None:
    """The question that an answer is meant for, when another release put it and this one would put another one.

    None when it is the one that stands open anyway, and when it fell away.
    """
    if where is None or talk.private.release in (None, talk.library.release):
        return None
    return next((one for one in _asked_of_him(talk, where) if one.id == talk.private.put), None)


def takes_it_away(talk: Talk, where: Progress | None, offered: Offer | None, answers: bool) -> bool:
    """Whether a message answers what another release put and this one does not: it would be taken for the answer to a
    question that the person has not seen.

    offered: the choice that the message takes. answers: whether it is an answer to whatever was put.
    """
    if where is None:
        return False
    if offered and offered.does.startswith("answer:"):
        _, question_id, value = offered.does.split(":")
        if not _is_offered(talk, question_id, value):
            talk.private.answers[question_id] = value  # Remembered as an answer that is lost.
            return True
    if talk.private.release in (None, talk.library.release) or talk.private.put is None:
        return False
    fell_away = all(one.id != talk.private.put for one in _asked_of_him(talk, where))
    return fell_away and (answers or offered is not None)


def _is_offered(talk: Talk, question_id: str, value: str) -> bool:
    province = talk.questionnaire_province
    questions = province.questionnaire.questions if province else ()
    return any(one.id == question_id and is_answer(one, value) for one in questions)


def _asked_of_him(talk: Talk, where: Progress) -> list[model.Question]:
    """The questions that are or may still be asked in this situation."""
    province, answers = talk.questionnaire_province, where.answers
    return [
        one
        for one in (province.questionnaire.questions if province else ())
        if holds(one.ask_when, answers) is not False
        and (one.skip_when is None or holds(one.skip_when, answers) is not True)
    ]


def _came(talk: Talk, where: Progress, changed: list[str]) -> int:
    """How many questions now stand open before the last one that is answered."""
    province = talk.questionnaire_province
    questions = list(province.questionnaire.questions) if province else []
    reached = {question.id for question in where.asked} | set(changed)
    last = max((number for number, one in enumerate(questions) if one.id in reached), default=0)
    return sum(one.id not in reached and holds(one.ask_when, where.answers) is True for one in questions[:last])

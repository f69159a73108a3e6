"""What became of a questionnaire that was begun under another release of the knowledge. Said once."""

from __future__ import annotations

from actions.talk import Talk
from bot.message import Reply
from knowledge.conditions import holds
from knowledge.questionnaire import Progress


def told(talk: Talk, where: Progress | None) -> tuple[Reply, ...]:
    """That questions fell away, or came in front of what is answered, since the last question was put."""
    if where is None:
        return ()
    release, before = talk.library.release, talk.private.seen
    is_new = talk.private.release not in (None, release)
    talk.private.release, talk.private.seen = release, {one.id: one.text for one in where.asked}
    if not is_new:
        return ()
    say = talk.library.phrase
    gone = [text for question, text in before.items() if question not in where.answers]
    came = _came(talk, where)
    parts = [say("questions_gone", questions="；".join(gone))] if gone else []
    parts += [say("questions_came", count=came)] if came else []
    return (Reply(kind="notice", text=say("new_release", changes="".join(parts))),) if parts else ()


def _came(talk: Talk, where: Progress) -> int:
    """How many questions now stand open before the last one that is answered."""
    province = talk.questionnaire_province
    questions = list(province.questionnaire.questions) if province else []
    reached = {question.id for question in where.asked}
    last = max((number for number, one in enumerate(questions) if one.id in reached), default=0)
    return sum(one.id not in reached and holds(one.ask_when, where.answers) is True for one in questions[:last])

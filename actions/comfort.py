"""Answers distress: a person and the phone numbers first, nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps

from actions import questions
from actions.contract import Action, Ask, NotMine, Services
from actions.scope import names_a_place, scope_of
from actions.talk import Talk
from bot.message import ActionResult, Effect, Reply
from knowledge.answer_matching import seeks_an_answer
from knowledge.subject import Subject
from knowledge.wordings import is_kept

DISTRESS = "distress"
DOUBT = "care"
"""The entity of a message that may speak of distress."""
CLEARLY = 0.8
"""From this chance on a message asks what a guide states; of 323 voices in danger that no word betrays one has it."""
OF_DEATH = ("死", "活", "命", "疼", "痛", "亡", "魂", "自杀", "自尽", "遗书", "遗言")


async def comfort(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `distress`. Whatever was running is laid aside; a person is asked for.

    No question follows. 「接着填」 or a choice of the last question takes the questionnaire up at the same step.
    """
    talk = Talk(ask, services)
    talk.loop, talk.private.return_to = None, None
    wanted = Effect(kind="request_person", data={"reason": DISTRESS})
    return talk.result(talk.reply("crisis", "crisis"), effects=(wanted,))


def _tells_the_place(ask: Ask, services: Services) -> bool:
    """Whether the open question asks where he settles or comes from, and the message names a place: 就在江油噻."""
    talk = Talk(ask, services)
    question = questions.current(talk)
    if talk.loop != "run_questionnaire" or question is None:
        return False
    return any(option.here or option.home for option in question.options) and names_a_place(talk)


def _asks_a_guide(ask: Ask, services: Services) -> bool:
    """Whether it surely is a question to a guide and names nothing of life and death: then distress is in doubt."""
    scope = scope_of(Talk(ask, services))
    if scope.province is None or any(word in ask.text for word in OF_DEATH) or not seeks_an_answer(scope.text):
        return False
    return services.knowledge.resolver(scope.province).resolve(scope.text, Subject()).found.chance >= CLEARLY


def _with_care(ask: Ask, services: Services, result: ActionResult) -> ActionResult:
    """What the action answered, behind a sentence of who helps when the message may speak of distress."""
    may_be = ask.values(DOUBT) or ask.intent == DISTRESS
    if not may_be or is_kept(ask.text, services.knowledge.library) or _tells_the_place(ask, services):
        return result
    care = Reply(kind="notice", text=services.knowledge.library.phrase("care_in_doubt"))
    return result.model_copy(update={"replies": (care, *result.replies)})


def care_first(action: Action, otherwise: Action) -> Action:
    """The action, unless the message speaks of distress: then nothing else in it counts, whatever it holds.

    A loop hands the message on, so that it reaches `comfort`. What the knowledge keeps word for word as an answer or a
    question (自己讨生活) is no distress, however it sounds: a loop takes it, and `comfort` leaves it to `otherwise`.
    Nor is the place that was just asked for, in whatever dialect. Where distress is in doubt, who helps is named first.
    """

    @wraps(action)
    async def first(ask: Ask, services: Services) -> ActionResult:
        if not ask.is_new_message:
            return await action(ask, services)
        if ask.intent != DISTRESS:
            return _with_care(ask, services, await action(ask, services))
        if is_kept(ask.text, services.knowledge.library) or _tells_the_place(ask, services):
            told = replace(ask, intent="inform")
            return await (otherwise if action.__name__ == comfort.__name__ else action)(told, services)
        if _asks_a_guide(ask, services):
            told = replace(ask, intent="ask_policy")
            result = await (otherwise if action.__name__ == comfort.__name__ else action)(told, services)
            return _with_care(ask, services, result)
        if ask.memory.loop == action.__name__:
            raise NotMine
        return await comfort(ask, services)

    return first

"""What is said within the questionnaire and is neither an answer nor a question: who asks, and that he wants the list
without answering."""

from __future__ import annotations

from actions import questions
from actions.list_items import all_items
from actions.list_materials import all_papers
from actions.talk import Talk
from bot.message import ActionResult
from knowledge.answer_matching import asks
from knowledge.library import ProvinceKnowledge

LISTS = frozenset({"ask_items", "ask_materials"})
"""Intents that ask for one of the lists: their own actions answer."""


def list_at_once(talk: Talk, province: ProvinceKnowledge) -> ActionResult | None:
    """The general lists, with the open question behind them, for who wants them unasked; None to any other message."""
    if talk.ask.intent in LISTS or not talk.says("words_for_all_at_once") or _names_a_thing(talk):
        return None
    told = (talk.reply("notice", "all_at_once"), all_items(talk, province), all_papers(talk, province))
    return questions.put_again(talk, *told)


def who_asks(talk: Talk) -> ActionResult | None:
    """That it was understood who asks, with the open question behind it; None to any other message."""
    if talk.heard_speaker is None or asks(talk.ask.text) or _names_a_thing(talk):
        return None
    if talk.private.speaker != "self":
        return questions.put_again(talk, talk.reply("notice", "for_somebody_else", relation=talk.private.relation))
    key = "for_himself_now" if talk.spoke_for else "for_himself"
    return questions.put_again(talk, talk.reply("notice", key, relation=talk.spoke_for))


def _names_a_thing(talk: Talk) -> bool:
    mentions = talk.knowledge.vocabulary.find(talk.ask.text)
    return any(one.kind in ("item", "paper") and one.is_said for one in mentions)

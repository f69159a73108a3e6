"""Consent to keeping the answers of the questionnaire: withdrawn in words, at any time."""

from __future__ import annotations

from actions.talk import Talk
from bot.message import ActionResult, Effect
from knowledge.answer_matching import asks

LONGEST = 12
"""A longer message speaks of somebody who does not agree (单位不同意…), and withdraws nothing."""
FILLED_IN = ("province", "phase", "answers", "asks", "release", "seen", "listed", "paper_states", "consent")


def refused(talk: Talk) -> ActionResult | None:
    """What was filled in is forgotten, and the withdrawal is recorded where consent was; None when nobody withdraws.

    Nothing is left that could be taken up again.
    """
    if not (talk.private.phase or talk.private.consent) or not _withdraws(talk):
        return None
    withdrawn = (Effect(kind="withdraw_consent"),) if talk.private.consent else ()
    talk.loop, fresh = None, type(talk.private)()
    for name in FILLED_IN:
        setattr(talk.private, name, getattr(fresh, name))
    talk.private.offered, talk.private.earlier = [], []
    return talk.result(talk.reply("notice", "consent_refused"), effects=withdrawn)


def _withdraws(talk: Talk) -> bool:
    text = talk.ask.text
    if not talk.says("words_against_consent") or asks(text) or len(text) > LONGEST:
        return False
    return not any(one.is_said and one.kind != "aspect" for one in talk.knowledge.vocabulary.find(text))

"""The figures of an evaluation."""

from bot.rasa.evaluate import Outcome, folded, report, table


def outcome(intent: str, guess: str, *, trained: bool = False, wanted: int = 0, found: int = 0) -> Outcome:
    """One utterance's outcome; its text is nowhere in the figures."""
    return Outcome("秘密的话", intent, guess, 0.9, 2.0, wanted, found, trained)


OUTCOMES = [
    outcome("affirm", "affirm", trained=True),
    outcome("affirm", "deny"),
    outcome("deny", "deny"),
    outcome("ask_policy", "nlu_fallback", wanted=4, found=3),
]


def test_accuracy_is_given_with_and_without_what_was_trained_on() -> None:
    figures = report(OUTCOMES, 1.0)

    assert (figures["accuracy"], figures["utterances"]) == (0.5, 4)
    assert (figures["accuracy_not_in_training"], figures["utterances_not_in_training"]) == (0.3333, 3)


def test_an_intent_shows_what_it_was_taken_for() -> None:
    figures = report(OUTCOMES, 1.0)

    assert figures["intents"]["affirm"] == {"utterances": 2, "recall": 0.5, "precision": 1.0, "taken_for": {"deny": 1}}
    assert figures["intents"]["deny"]["precision"] == 0.5


def test_entities_are_counted() -> None:
    assert report(OUTCOMES, 1.0)["entities_found"] == 0.75


def test_no_text_is_shown() -> None:
    figures = report(OUTCOMES, 1.0)

    assert "秘密" not in table(figures) + str(figures)


def test_width_blanks_and_punctuation_make_no_other_utterance() -> None:
    assert folded("ＯＫ， 好的！") == folded("ok好的")


def test_punctuation_alone_stays_an_utterance() -> None:
    assert folded("？") == "?"

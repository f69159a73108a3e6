"""No way of answering or asking that the knowledge keeps is heard as despair, so an answer never meets care."""

from bot.crisis import in_crisis
from knowledge.loader import load_library
from knowledge.wordings import wordings

FEWEST = 15_000


def test_no_wording_of_the_knowledge_alarms() -> None:
    kept = set(wordings(load_library()))

    assert len(kept) >= FEWEST
    assert [one for one in sorted(kept) if in_crisis(one)] == []

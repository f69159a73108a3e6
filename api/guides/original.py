"""Reads the words of a guide to a veteran, from what the office brought in and released."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from api.guides.sections import whole_text
from api.guides.store import GuideTexts


class OriginalTexts:
    """What `actions.ports.Originals` declares."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._texts = GuideTexts(engine)

    async def words(self, guide: str, sections: tuple[str, ...]) -> dict[str, str]:
        """The text of each of these sections, with all below it; a section that is not there is left out."""
        found = await self._texts.read_out(guide)
        texts = {section: whole_text(found, section) for section in sections} if found else {}
        return {section: text for section, text in texts.items() if text}

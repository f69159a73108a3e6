"""Two releases side by side: everything that a look consists of is asked of both, and what differs is told."""

from __future__ import annotations

from typing import Any

from api.evaluation.score import judge
from api.impact.job import Begun, Checked, Findings, Piece, Talk, Walked
from api.impact.journeys import NOTHING, half_way, is_right, outcome
from api.impact.replaying import Replay, Told

RIGHT = ("right", "honest")


class Beside:
    """Asks both releases and collects the differences in `found`."""

    def __init__(self, old: Replay, new: Replay) -> None:
        self._old = old
        self._new = new
        self.found = Findings()

    async def look(self, piece: Piece) -> None:
        """Looks at one piece."""
        match piece:
            case Talk():
                await self._talk(piece)
            case Checked():
                await self._check(piece)
            case Walked():
                self._walk(piece)
            case Begun():
                self._begun(piece)

    async def _talk(self, talk: Talk) -> None:
        texts = [one.text for one in talk.asked]
        before, after = await self._old.talk(talk.region, texts), await self._new.talk(talk.region, texts)
        for asked, old, new in zip(talk.asked, before, after, strict=True):
            self.found.count("real")
            if how := _difference(old, new):
                self.found.real.append(
                    {
                        "row": asked.row,
                        "province": talk.province,
                        "then": asked.then,
                        "how": how,
                        "old": old.shown(),
                        "new": new.shown(),
                    }
                )

    async def _check(self, checked: Checked) -> None:
        question, name = checked.question, checked.province
        texts = [*question.before, question.said]
        old = await self._told(self._old, name, texts)
        new = await self._told(self._new, name, texts)
        was, is_now = _is_right(self._old, checked, old), _is_right(self._new, checked, new)
        self.found.count("questions")
        self.found.count("questions_right", int(was))
        if was != is_now or (old and new and _difference(old, new)):
            self.found.gate.append(
                {
                    "id": question.id,
                    "province": name,
                    "said": question.said,
                    "was_right": was,
                    "is_right": is_now,
                    "old": old.shown() if old else None,
                    "new": new.shown() if new else None,
                }
            )

    async def _told(self, replay: Replay, name: str, texts: list[str]) -> Told | None:
        library = replay.knowledge.library
        province = library.provinces.get(name)
        return (await replay.talk(library.region_of(province).code, texts))[-1] if province else None

    def _walk(self, walked: Walked) -> None:
        sides = [_of_side(one, walked) for one in (self._old, self._new)]
        (was, old), (is_now, new) = sides
        self.found.count("personas")
        self.found.count("personas_right", int(was))
        if was != is_now or old != new:
            persona = walked.persona
            self.found.personas.append(
                {
                    "id": persona.id,
                    "province": walked.province,
                    "name": persona.name,
                    "was_right": was,
                    "is_right": is_now,
                    "old": old,
                    "new": new,
                }
            )

    def _begun(self, begun: Begun) -> None:
        old = self._old.knowledge.library.provinces.get(begun.province)
        new = self._new.knowledge.library.provinces.get(begun.province)
        if old is None:
            return
        self.found.count("open")
        became = half_way(old, new, begun.answers)
        if became["gone"] or became["came"] or became["next_before"] != became["next_after"]:
            self.found.open.append({"province": begun.province, "answered": len(begun.answers), **became})


def _of_side(replay: Replay, walked: Walked) -> tuple[bool, dict[str, Any]]:
    library = replay.knowledge.library
    province = library.provinces.get(walked.province)
    if province is None:
        return False, NOTHING
    return is_right(province, walked.persona), outcome(library, province, walked.persona.answers)


def _is_right(replay: Replay, checked: Checked, told: Told | None) -> bool:
    province = replay.knowledge.library.provinces.get(checked.province)
    if province is None or told is None:
        return False
    guides = (*province.head.guides, *(city.guide for city in province.cities.values()))
    judged = judge(checked.province, checked.question, told.replies, frozenset(one.id for one in guides))
    expects = checked.question.expects
    return judged.verdict in RIGHT and not judged.foreign and (not expects or bool(set(expects) & set(told.ids)))


def _difference(old: Told, new: Told) -> str:
    """What kind of difference it is; empty for none."""
    if old.text == new.text:
        return ""
    if old.is_answer != new.is_answer:
        return "answered_now" if new.is_answer else "no_longer"
    if not new.is_answer:
        return "other_words"
    return "other_words" if old.ids[:1] == new.ids[:1] else "other_entry"

"""One action call: what is remembered, made changeable, and turned into a result at the end."""

from __future__ import annotations

from collections.abc import Iterable

from actions.contract import Ask, Services
from actions.memory import Offer, Private, Told
from actions.speaker import Speaker, says_conscript, speaker_in
from bot.message import ActionResult, Choice, Effect, Memory, QuestionnaireState, Region, Reply, ReplyKind
from knowledge.library import ProvinceKnowledge
from knowledge.model import Source
from knowledge.questionnaire import replay
from knowledge.regions import Region as KnownRegion
from knowledge.situation import Situation, assess
from knowledge.subject import Subject

EARLIER_OFFERS = 24
OF_A_STEP = ("answer:", "confirm", "change", "region:", "news:", "rate:")
"""Choices of a step that is put again by itself, or only once: their labels (是, 要) mean nothing later."""


class Talk:
    """The working copy of a conversation during one action call."""

    def __init__(self, ask: Ask, services: Services) -> None:
        self.ask = ask
        self.services = services
        self.knowledge = services.knowledge
        self.library = services.knowledge.library
        self.private = Private.model_validate(ask.memory.private)
        self.region = ask.memory.region
        self.loop = ask.memory.loop
        self.fragment: str | None = None
        self.heard_speaker: Speaker | None = None
        """Who asks, when this message says so; and for whom was asked before."""
        self.spoke_for = self.private.relation
        self._effects: list[Effect] = []
        if ask.is_new_message:
            self.fragment, self.private.fragment = self.private.fragment, None
        if self.region is None:
            self._take_hint()
        if ask.is_new_message:
            self._hear_speaker()
            self.private.is_conscript |= says_conscript(ask.text, self.library)

    @property
    def in_loop(self) -> bool:
        """Whether a loop will put its question again after this reply: then the reply offers no choices of its own."""
        return self.loop is not None

    @property
    def province(self) -> ProvinceKnowledge | None:
        """The province that the kept region belongs to, when a guide covers it."""
        return self.library.province_for(self.region.code) if self.region else None

    @property
    def questionnaire_province(self) -> ProvinceKnowledge | None:
        """The province whose questionnaire was begun, seen from the person's city when he settles there."""
        begun, here = self.private.province or "", self.province
        return here if here is not None and here.id == begun else self.library.provinces.get(begun)

    @property
    def subject(self) -> Subject:
        """What was last spoken of."""
        return Subject(self.private.items, self.private.papers, self.private.aspects)

    def keep_subject(self, subject: Subject) -> None:
        """Remember what is spoken of now, for 「那要几天」."""
        self.private.items, self.private.papers = subject.items[:2], subject.papers[:2]
        self.private.aspects = subject.aspects[:2]

    def keep_region(self, region: KnownRegion, settled: bool = False) -> None:
        """The region the person named as his own. A wider one that holds the kept one changes nothing.

        settled: he named it as the place where he settles.
        """
        kept = self.region.code if self.region else ""
        if all(region.code != above.code for above in self.library.regions.path(kept)):
            self.region = Region(code=region.code, name=region.short_name)
            self.private.region_is_settlement = False
        self.private.region_is_guessed = False
        if settled:
            self._settle()

    def _settle(self) -> None:
        """That he settles there is no question of the questionnaire any more."""
        self.private.region_is_settlement = True
        province = self.province
        if province is None or province.id != self.private.province:
            return
        for question in province.questionnaire.questions:
            here = next((option.id for option in question.options if option.here), None)
            if here is not None:
                self.private.answers.setdefault(question.id, here)

    def _take_hint(self) -> None:
        """What the line knows of the caller counts until he names a place himself."""
        hinted = self.library.regions.lookup(self.ask.region_hint)
        if hinted is not None:
            self.region = Region(code=hinted.code, name=hinted.short_name)
            self.private.region_is_guessed = True

    def _hear_speaker(self) -> None:
        """Who asks is kept on the record as soon as he says so."""
        heard = self.heard_speaker = speaker_in(self.ask.text, self.library)
        if heard is None or (heard.kind, heard.relation) == (self.private.speaker, self.private.relation):
            return
        self.private.speaker, self.private.relation = heard.kind, heard.relation
        self._effects.append(Effect(kind="note_speaker", data={"kind": heard.kind, "relation": heard.relation}))

    def agree(self) -> None:
        """The person went on after the notice: his consent is kept with the notice's version."""
        version = self.library.phrase("notice_version")
        if self.private.consent != version:
            self.private.consent = version
            self._effects.append(Effect(kind="give_consent", data={"version": version}))

    def words(self, key: str) -> list[str]:
        """The words that phrases.yaml lists under a key."""
        return self.library.phrase(key).split("、")

    def says(self, key: str) -> bool:
        """Whether the message holds one of these words."""
        return any(word in self.ask.text for word in self.words(key))

    def own_situation(self, province: ProvinceKnowledge) -> Situation | None:
        """The result of the finished questionnaire, when it was the one of this province."""
        begun = self.questionnaire_province
        is_own = self.private.phase == "done" and begun is not None and begun.id == province.id
        return assess(province, self.private.answers) if is_own else None

    def keep_answer(
        self,
        province: ProvinceKnowledge,
        sources: Iterable[Source],
        ids: Iterable[str] = (),
        more: str | None = None,
        simple: str | None = None,
        title: str | None = None,
        beside: bool = False,
    ) -> None:
        """Remember where an answer came from and what it held back, for 「依据是什么」「更多」「说简单点」.

        beside: it stands beside the answers given before it in the same message, which are remembered as well.
        """
        told = Told(
            sources=[{"province": province.id, **one.model_dump()} for one in dict.fromkeys(sources)],
            knowledge_ids=tuple(ids),
            more=more,
            simple=simple,
            title=title,
        )
        self.private.told = [*(self.private.told if beside else ()), told]
        self.private.question = None
        self.private.misses = 0

    def nothing_more(self) -> None:
        """What the last answers held back has been told."""
        self.private.told = [one.model_copy(update={"more": None}) for one in self.private.told]

    def reply(self, kind: ReplyKind, key: str, **values: object) -> Reply:
        """A reply made of one sentence of phrases.yaml."""
        return Reply(kind=kind, text=self.library.phrase(key, **values))

    def offer(self, reply: Reply, *choices: tuple[str, str], shown: bool = True) -> Reply:
        """The reply with numbered choices, each a label and what taking it does.

        They stay takable: by their number until others are offered, by their label for long after. shown: false when
        the text itself is the numbered list.
        """
        if not choices:
            return reply
        self._lay_beneath(choices)
        labels = {label for label, _ in choices}
        kept = [one for one in (*self.private.offered, *self.private.earlier) if one.label not in labels]
        self.private.earlier = [one for one in kept if not one.does.startswith(OF_A_STEP)][:EARLIER_OFFERS]
        self.private.offered = [
            Offer(number=number, label=label, does=does) for number, (label, does) in enumerate(choices, 1)
        ]
        if not shown:
            return reply
        given = tuple(Choice(number=one.number, label=one.label) for one in self.private.offered)
        return reply.model_copy(update={"choices": given})

    def list_beneath(self, *choices: tuple[str, str]) -> None:
        """A numbered list that stands in a reply with choices of its own: its numbers beyond theirs can be taken."""
        self.private.beneath = [
            Offer(number=number, label=label, does=does) for number, (label, does) in enumerate(choices, 1)
        ]

    def _lay_beneath(self, over: tuple[tuple[str, str], ...]) -> None:
        """What is offered now lies over what was: a longer list before it stays takable, unless either is a step."""
        before = self.private.offered
        if len(before) > max(len(over), len(self.private.beneath)):
            self.private.beneath = before
        does = [*(one.does for one in self.private.beneath), *(does for _, does in over)]
        if any(one.startswith(OF_A_STEP) for one in does):
            self.private.beneath = []

    def result(self, *replies: Reply, effects: tuple[Effect, ...] = (), pauses: bool = False) -> ActionResult:
        """Close the call: the replies are remembered for 「再说一遍」, and the memory is written down."""
        said = [reply.model_copy(update={"why": None}) for reply in replies]
        self.private.last = [*self.private.last, *said] if not self.ask.is_new_message else said
        memory = Memory(
            region=self.region,
            questionnaire=self._questionnaire_state(),
            loop=self.loop,
            private=self.private.model_dump(mode="json", exclude_defaults=True),
            highest_number=max((one.number for one in self.private.offered), default=0),
        )
        return ActionResult(replies=replies, memory=memory, effects=(*self._effects, *effects), pauses=pauses)

    def _questionnaire_state(self) -> QuestionnaireState | None:
        """Shown while a questionnaire runs or is laid aside unfinished."""
        province = self.questionnaire_province
        if province is None or self.private.phase in (None, "region", "done"):
            return None
        progress = replay(province.questionnaire, self.private.answers)
        return QuestionnaireState(
            id=province.questionnaire.id, answered=len(progress.asked), remaining=progress.remaining
        )

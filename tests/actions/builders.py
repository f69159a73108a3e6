"""Builds what an action is given, and carries the memory from one call to the next as a turn does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone

from actions.contract import Ask, Services
from actions.ports import CaseItem, CaseProgress, NoOriginals, Originals
from actions.registry import ACTIONS
from bot.message import ActionResult, Memory, Reply
from tests.fakes.cases import FakeCases, FakeSecrets
from tests.fakes.country import knowledge as knowledge
from tests.fakes.resumes import FakeResumes

LOCAL = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
CASE_NO = "TY26-8F3K-M2QX"
PAGES = "https://ask.example"
DEFAULT_INTENT = {
    "run_questionnaire": "start_questionnaire",
    "answer_question": "ask_policy",
    "report_progress": "ask_progress",
    "take_choice": "choose",
}
HENAN_TO_THE_END = ("1", "1", "1", "1", "1", "1", "1", "1", "1")
"""A self-employed soldier of this year, of Henan before and after, cancelled and found, back into the same family,
with a social-security card."""


def ask(text: str = "", intent: str = "", memory: Memory | None = None, **more: object) -> Ask:
    """One call of an action: a new message of a fresh conversation unless told otherwise."""
    plain = Ask("c-1", "hotline", text, intent, 1.0, (), memory or Memory(), is_new_message=True, now=NOW)
    return replace(plain, **more)  # type: ignore[arg-type]


def case(case_no: str = CASE_NO, *items: CaseItem, is_demo: bool = False, **more: object) -> CaseProgress:
    """A case of Henan; one item that is being processed and not late, unless others are given."""
    plain = CaseProgress(
        case_no=case_no,
        region="410000",
        is_demo=is_demo,
        accepted_at=datetime(2026, 11, 16, 10, 0, tzinfo=LOCAL),
        items=items or (case_item(),),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def case_item(
    status: str = "processing",
    due: date | None = date(2026, 12, 1),
    overdue: bool = False,
    item: str = "household_registration",
    department: str = "public_security",
    **more: object,
) -> CaseItem:
    """The household registration of a case, unless another item is named."""
    since = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
    return replace(CaseItem(item, department, status, since, due, overdue), **more)  # type: ignore[arg-type]


def long_case(**more: object) -> CaseProgress:
    """A case of Henan in all its states: waiting for him, late, running, not recognised, done and taken back."""
    return case(
        CASE_NO,
        case_item("completed", None, item="reporting", department="veterans_affairs"),
        case_item("processing", date(2026, 11, 20), overdue=True),
        case_item(
            "correction_needed", None, item="medical_enrolment", department="medical_security", note="缺复印件。"
        ),
        case_item("accepted", item="social_security_card", department="human_resources"),
        case_item("unrecognised", None, item="social_insurance", department="human_resources", reported="挂起待查"),
        case_item("withdrawn", None, item="medical_transfer", department="medical_security"),
        **more,
    )


def finished_case(**more: object) -> CaseProgress:
    """A case of Henan of which nothing is left."""
    return case(CASE_NO, case_item("completed", None, item="medical_enrolment", department="medical_security"), **more)


@dataclass
class Person:
    """Somebody who talks: every call takes the memory of the one before."""

    region_hint: str | None = None
    cases: FakeCases = field(default_factory=FakeCases)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    resumes: FakeResumes = field(default_factory=FakeResumes)
    memory: Memory = field(default_factory=Memory)
    originals: Originals = field(default_factory=NoOriginals)

    async def meets(self, action: str, text: str = "", intent: str = "", **more: object) -> ActionResult:
        """One action call with a message."""
        intent = intent or DEFAULT_INTENT.get(action, "choose")
        call = ask(text, intent, self.memory, region_hint=self.region_hint, **more)
        result = await ACTIONS[action](
            call, Services(knowledge(), self.cases, self.secrets, self.resumes, PAGES, self.originals)
        )
        self.memory = result.memory
        return result

    async def told(self, action: str, text: str = "", intent: str = "", **more: object) -> Reply:
        """The last reply of one action call."""
        return (await self.meets(action, text, intent, **more)).replies[-1]

    async def answers(self, *texts: str, intent: str = "choose") -> ActionResult:
        """Several messages to the questionnaire; the result of the last."""
        for text in texts:
            result = await self.meets("run_questionnaire", text, intent)
        return result


async def in_questionnaire(*answers: str, region: str = "河南") -> Person:
    """Somebody who has begun the questionnaire and given these answers."""
    person = Person(region_hint=region)
    await person.meets("run_questionnaire", "帮我看看该办哪些")
    if answers:
        await person.answers(*answers)
    return person


async def with_result() -> Person:
    """Somebody who has filled in Henan's questionnaire and seen the result."""
    person = await in_questionnaire(*HENAN_TO_THE_END)
    await person.answers("对，看结果")
    return person


def labels(reply: Reply) -> list[str]:
    """The labels of the choices, in order."""
    return [choice.label for choice in reply.choices]

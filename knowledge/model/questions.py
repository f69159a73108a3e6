"""The 情形选择 of a province."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from knowledge.conditions import Condition
from knowledge.model.facts import Id, Listed, Sourced, Strict


class Option(Strict):
    """One answer to a question. follows_when: when this holds, it is the answer without being asked.

    means: words and sentences by which people say it; what two options list is asked back. here: whoever names a place
    of the province has said it too. home: whoever names a home that lies so to the province or to the place where
    he settles has said it too.

    An id may be a whole number, such as years of service: then conditions can ask for `at_least`.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
    label: str
    means: tuple[str, ...] = ()
    follows_when: Condition | None = None
    here: bool = False
    home: Literal["same_province", "other_province", "same_place", "other_place"] | None = None


class Question(Sourced):
    """One question of the 情形选择.

    ask_when: only asked when this holds for the answers so far. skip_when: not even then, when this holds.
    why: the consequence, with its section.
    unsure: what 「不确定」 means for the result and how to find out. unsure_means: words by which people say that
    they do not know it here, such as 还没申请. topics: words by which people name the question when they want to change
    its answer. stated: false when the guide shows only the consequence and the question
    is ours.
    """

    id: Id
    text: str
    simple: str | None = None
    ask_when: Condition | None = None
    skip_when: Condition | None = None
    options: Listed[Option] = Field(min_length=2)
    why: str
    unsure: str
    unsure_means: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    stated: bool


class Outcome(Sourced):
    """A sentence for the result that holds for some answers only: not covered, a tip, a warning.

    begins: it is how everything begins. in_front: said with the first message although it holds for everybody.
    """

    id: Id
    when: Condition | None = None
    say: str
    ask: str | None = None
    begins: bool = False
    in_front: bool = False


class Questionnaire(Sourced):
    """The questions of a province in the order in which they are asked."""

    id: Id
    title: str
    intro: str
    questions: Listed[Question]
    not_covered: Listed[Outcome] = ()
    tips: Listed[Outcome] = ()

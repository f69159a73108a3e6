"""The last look before a reply leaves."""

from __future__ import annotations

import pytest

from bot.message import Choice, Citation, Reply
from bot.output_guard import lacks_source, without_personal_values

CITATION = Citation(guide="g", title="t", doc_no=None, section="一", valid_from=None)


@pytest.mark.parametrize("kind", ["answer", "result", "materials"])
def test_reply_from_a_guide_needs_its_source(kind: str) -> None:
    said = Reply.model_validate({"kind": kind, "text": "十个工作日"})

    assert lacks_source(said)
    assert not lacks_source(said.model_copy(update={"citations": (CITATION,)}))
    assert not lacks_source(said.model_copy(update={"data": {"completeness": "none"}}))


@pytest.mark.parametrize("kind", ["clarify", "question", "progress", "handoff", "notice", "smalltalk", "fallback"])
def test_other_replies_need_none(kind: str) -> None:
    assert not lacks_source(Reply.model_validate({"kind": kind, "text": "x"}))


def test_personal_value_is_taken_out_of_every_sentence() -> None:
    said = Reply(
        kind="confirm",
        text="您的手机是 13800138000",
        choices=(Choice(number=1, label="是 13800138000"),),
        data={"because": [{"answer": "13800138000"}], "copies": 2, "overdue": False},
    )

    safe = without_personal_values(said, ["13800138000"], hide=lambda text: text)

    assert "138001" not in safe.model_dump_json()
    assert safe.data["copies"] == 2
    assert safe.data["overdue"] is False

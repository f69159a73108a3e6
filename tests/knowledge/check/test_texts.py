from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check.texts import sentences
from tests.knowledge.builders import paper, statement
from tests.knowledge.check.toy import TOY, Changes, faults_of, household, named, papers, staff_note, topic

FIVE = "一。二。三。四。五。"


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (topic(say=""), "say: ''", "'say' is empty"),
        (topic(say=" "), "say: ' '", "'say' is empty"),
        (topic(questions=["怎么办", ""]), "- ''", "'questions' is empty"),
        (topic(source=""), "- source: ''", "'section' is empty"),
        (topic(say=FIVE), f"say: {FIVE}", "'say' has 5 sentences; at most 4 can be heard at once"),
        (household(aspects={"overview": statement(FIVE)}), f"say: {FIVE}", "'say' has 5 sentences"),
        (household(aspects={"who": statement("x")}), "aspects:", "an item needs the aspect 'overview'"),
        (household(possible_say=None), "when:", "an item with 'when' needs 'possible_say'"),
        (
            papers(paper("hat", "card", when={"question": "cancelled", "equals": "yes"}, unless_say=None)),
            "- source: 四",
            "a paper with 'when' needs 'possible_say', and 'unless_say' or 'open'",
        ),
    ],
)
def test_a_text_that_cannot_be_said_is_found_with_its_line(
    tmp_path: Path, changes: Changes, line: str, fault: str
) -> None:
    found = named(faults_of(tmp_path, changes), tmp_path)

    assert (line, True) in [(text, fault in problem) for text, problem in found], found


def test_a_note_for_the_staff_may_be_long(tmp_path: Path) -> None:
    assert faults_of(tmp_path, staff_note(say=FIVE)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("要带。", 1),
        ("要带", 1),
        ("要带。不用复印", 2),
        ("窗口会说“好。行。”，您再走。", 1),
        ("看《办法。试行》第三条。", 1),
        ("真的？！是。", 2),
        ("一；二。", 2),
    ],
)
def test_sentences_are_counted_as_they_are_heard(text: str, count: int) -> None:
    assert sentences(text) == count


def test_every_place_that_waits_to_be_written_is_found_with_its_line(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, topic(say="待填写", title="待填写：标题")), tmp_path)

    assert found == [
        ("say: 待填写", "still to be filled in: 待填写"),
        ("title: 待填写：标题", "still to be filled in: 待填写：标题"),
    ]


def test_what_waits_to_be_written_is_found_where_the_schema_already_fails(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, topic(checked_on="待填写")), tmp_path)

    assert ("checked_on: 待填写", "still to be filled in: 待填写") in found


def test_a_comment_may_explain_the_placeholder(tmp_path: Path) -> None:
    note = "# 把“待填写”换成指南的话。\nportals:\n- {source: 一, id: p, name: 网站, kind: website, say: 上网。}\n"

    assert faults_of(tmp_path, {f"{TOY}/portals.yaml": note}) == []

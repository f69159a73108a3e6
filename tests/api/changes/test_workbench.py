"""The draft beside what is spoken from."""

from __future__ import annotations

from dataclasses import replace

from api.changes.records import Proposed
from api.staff.accounts import Staff
from knowledge.entry_kinds import EntryName
from tests.api.changes.conftest import NEW, TOPICS, Office


async def test_a_draft_is_the_newest_release_with_the_edits(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)

    draft = await office.workbench.draft(number)

    assert draft.is_sound
    assert draft.library is not None
    assert draft.library.provinces["toy"].topics["whole"].say == NEW
    assert set(draft.changed) == {TOPICS}
    assert draft.entries.find(TOPICS, "topic", "whole") is not None
    assert NEW not in (await office.text_of() or "")
    assert await office.workbench.draft(number) is draft


async def test_a_draft_can_be_asked_and_what_is_spoken_from_cannot_tell(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)

    draft = await office.workbench.with_reference(number)

    assert draft.reference is not None
    assert draft.reference.library is draft.library
    assert (await office.workbench.with_reference(number)).reference is draft.reference


async def test_faults_are_placed_in_their_entry(office: Office, editor: Staff) -> None:
    edit = await office.edit_of(old="title: 整件事", new="titel: 整件事")
    number = await office.drafted(editor, [edit])

    draft = await office.workbench.draft(number)

    assert not draft.is_sound
    wrong = next(fault for fault in draft.faults if "titel" in fault.problem)
    assert wrong.entry == EntryName(TOPICS, "topic", "whole")
    lines = (edit.after or "").split("\n")
    assert lines[wrong.line_in_entry - 1].startswith("titel")
    assert wrong.path == TOPICS


async def test_an_edit_that_is_not_saved_is_examined_with_the_rest(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)
    edit = await office.edit_of()

    faulty = await office.workbench.examine(number, replace(edit, after=(edit.after or "") + "\nunknown: 1"))

    assert faulty.faults
    assert (await office.workbench.draft(number)).is_sound


async def test_a_new_version_of_the_set_or_of_the_release_makes_a_new_draft(
    office: Office, editor: Staff, approver: Staff
) -> None:
    number = await office.drafted(editor)
    first = await office.workbench.draft(number)
    new = Proposed(TOPICS, "topic", "new", None, "source: 一\nid: new\ntitle: 新\nsay: 好。")
    other = await office.submitted(editor, [new])
    await office.changes.approve(approver, other.id, other.version)

    second = await office.workbench.draft(number)

    assert second is not first
    assert second.base.number == 2
    assert second.entries.find(TOPICS, "topic", "new") is not None

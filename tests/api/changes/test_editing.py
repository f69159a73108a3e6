"""Drafts: what may be saved, by whom, and what happens when two save."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from api.changes import refusals
from api.changes.records import Proposed
from api.staff.accounts import Staff
from tests.api.changes.conftest import NEW, TOPICS, Office


async def test_a_draft_is_in_no_release(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)

    edit = (await office.changes.edits(number))[0]
    assert NEW in (edit.after or "")
    assert (edit.version, edit.edited_by) == (1, editor.id)
    assert NEW not in (await office.text_of() or "")
    assert [one.number for one in await office.releases.list()] == [1]


async def test_the_second_editor_is_told_and_nothing_is_overwritten(
    office: Office, editor: Staff, approver: Staff
) -> None:
    edit = await office.edit_of()
    number = await office.drafted(editor, [edit])

    with pytest.raises(refusals.EditedMeanwhile) as refused:
        await office.changes.put_edit(approver, number, await office.edit_of(new="别的话。"))

    assert (refused.value.by, refused.value.after, refused.value.version) == ("editor", edit.after, 1)
    assert (await office.changes.edits(number))[0].after == edit.after
    # Who has seen it may go on from it.
    assert await office.changes.put_edit(approver, number, await office.edit_of(new="别的话。"), version=1) == 2
    assert set((await office.changes.get(number)).editors) == {editor.id, approver.id}


async def test_two_who_save_at_once_do_not_both_win(office: Office, editor: Staff, approver: Staff) -> None:
    number = await office.changes.create(editor, "一起改")
    ours, theirs = await office.edit_of(new="甲说的。"), await office.edit_of(new="乙说的。")

    done = await asyncio.gather(
        office.changes.put_edit(editor, number, ours),
        office.changes.put_edit(approver, number, theirs),
        return_exceptions=True,
    )

    assert [one for one in done if one == 1] == [1]
    assert sum(isinstance(one, refusals.EditedMeanwhile) for one in done) == 1


async def test_an_edit_that_began_from_an_older_text_is_refused(office: Office, editor: Staff, approver: Staff) -> None:
    stale = await office.edit_of(new="晚了的。")
    first = await office.submitted(editor)
    await office.changes.approve(approver, first.id, first.version)
    number = await office.changes.create(editor, "又改")

    with pytest.raises(refusals.EntryMoved) as refused:
        await office.changes.put_edit(editor, number, stale)

    assert NEW in (refused.value.present or "")


async def test_an_edit_set_back_to_the_published_text_is_gone(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)
    before = await office.text_of()

    version = await office.changes.put_edit(editor, number, Proposed(TOPICS, "topic", "whole", before, before), 1)

    assert version == 0
    assert await office.changes.edits(number) == []


async def test_an_edit_is_taken_back(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)

    await office.changes.take_back(editor, number, TOPICS, "topic", "whole")

    assert await office.changes.edits(number) == []
    # He had a hand in it all the same.
    assert (await office.changes.get(number)).editors == (editor.id,)


async def test_many_edits_are_saved_all_or_none(office: Office, editor: Staff) -> None:
    number = await office.changes.create(editor, "表格")
    good = Proposed(TOPICS, "topic", "new", None, "source: 一\nid: new\ntitle: 新\nsay: 好。")
    bad = replace(good, key="worse", after="id: other")

    with pytest.raises(refusals.TextUnusable):
        await office.changes.put_edits(editor, number, [good, bad])

    assert await office.changes.edits(number) == []


@pytest.mark.parametrize(
    ("after", "refusal"),
    [
        ("id: other\nsay: 好。", refusals.TextUnusable),
        ("id: whole\nsay: [", refusals.TextUnusable),
        ("id: whole\nsay: 好。\n- id: smuggled", refusals.TextUnusable),
        ("id: whole\n" + "x" * 200_001, refusals.TextUnusable),
    ],
)
async def test_what_is_not_one_entry_is_refused(
    office: Office, editor: Staff, after: str, refusal: type[Exception]
) -> None:
    number = await office.changes.create(editor, "改")

    with pytest.raises(refusal):
        await office.changes.put_edit(editor, number, replace(await office.edit_of(), after=after))


async def test_a_new_entry_needs_a_new_name_and_a_known_place(office: Office, editor: Staff) -> None:
    number = await office.changes.create(editor, "改")

    with pytest.raises(refusals.EntryTaken):
        await office.changes.put_edit(editor, number, Proposed(TOPICS, "topic", "whole", None, "id: whole"))
    with pytest.raises(refusals.TextUnusable):
        await office.changes.put_edit(editor, number, Proposed("../x.yaml", "topic", "x", None, "id: x"))
    with pytest.raises(refusals.TextUnusable):
        await office.changes.put_edit(editor, number, Proposed(TOPICS, "gap", "x", None, "id: x"))


async def test_a_province_is_edited_by_who_has_it_and_the_country_by_who_has_all(office: Office) -> None:
    henan = await office.person("henan", "editor", regions=("410000",))
    hainan = await office.person("hainan", "editor", regions=("460000",))
    city = await office.person("xinxiang", "editor", regions=("410700",))
    term = Proposed("national/terms.yaml", "term", "x", None, "id: x\nname: 词\nplain: 就是词。")
    number = await office.drafted(henan)

    for somebody in (hainan, city):
        with pytest.raises(refusals.NotYourRegion) as refused:
            await office.changes.put_edit(somebody, number, await office.edit_of(new="别的。"), 1)
        assert refused.value.values == {"place": "河南省"}
    with pytest.raises(refusals.NeedsWholeCountry):
        await office.changes.put_edit(henan, number, term)
    with pytest.raises(refusals.NotYourRegion):
        await office.changes.take_back(hainan, number, TOPICS, "topic", "whole")
    with pytest.raises(refusals.NotYourRegion):
        await office.changes.submit(hainan, number, (await office.changes.get(number)).version)
    with pytest.raises(refusals.NotYourRegion):
        await office.changes.withdraw(hainan, number)
    with pytest.raises(refusals.NotYourRegion):
        await office.changes.rename(hainan, number, "别的", "别的原因")


async def test_who_may_not_edit_may_not(office: Office, editor: Staff) -> None:
    auditor = await office.person("auditor", "auditor")
    number = await office.drafted(editor)

    with pytest.raises(refusals.NoRightToChange):
        await office.changes.create(auditor, "改")
    with pytest.raises(refusals.NoRightToChange):
        await office.changes.put_edit(auditor, number, await office.edit_of(new="别的。"), 1)


async def test_a_submission_needs_a_reason_an_edit_and_no_fault(office: Office, editor: Staff) -> None:
    empty = await office.changes.create(editor, "空的", "因为")
    without_reason = await office.changes.create(editor, "没说为什么")
    await office.changes.put_edit(editor, without_reason, await office.edit_of())
    faulty = await office.drafted(editor, [await office.edit_of(old="title: 整件事", new="title_: 整件事")])

    with pytest.raises(refusals.NothingEdited):
        await office.changes.submit(editor, empty, 1)
    with pytest.raises(refusals.ReasonMissing):
        await office.changes.submit(editor, without_reason, 2)
    with pytest.raises(refusals.FaultsLeft) as refused:
        await office.changes.submit(editor, faulty, 2)

    assert any("title" in fault for fault in refused.value.faults)


async def test_a_set_that_changed_since_is_not_submitted(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)
    seen = await office.changes.get(number)
    await office.changes.rename(editor, number, "改了名", "别的原因")

    with pytest.raises(refusals.ChangedMeanwhile):
        await office.changes.submit(editor, number, seen.version)


async def test_a_submitted_set_is_edited_only_when_taken_back(office: Office, editor: Staff) -> None:
    waiting = await office.submitted(editor)

    with pytest.raises(refusals.WrongState):
        await office.changes.put_edit(editor, waiting.id, await office.edit_of(new="偷偷改。"), 1)
    await office.changes.reopen(editor, waiting.id)

    assert await office.changes.put_edit(editor, waiting.id, await office.edit_of(new="再改。"), 1) == 2


async def test_a_withdrawn_set_stays_to_be_read_and_taken_up_again(office: Office, editor: Staff) -> None:
    number = await office.drafted(editor)
    await office.changes.withdraw(editor, number)

    assert await office.changes.waiting_for(TOPICS, "topic", "whole") == []
    assert len(await office.changes.edits(number)) == 1

    await office.changes.take_up(editor, number)
    assert [one.id for one in await office.changes.waiting_for(TOPICS, "topic", "whole")] == [number]
    assert [one.id for one in await office.changes.list(("draft",), author=editor.id)] == [number]
    assert await office.changes.list(("draft",), author=editor.id + 1) == []


async def test_titles_and_reasons_have_their_measure(office: Office, editor: Staff) -> None:
    with pytest.raises(refusals.TitleMissing):
        await office.changes.create(editor, "  ")
    with pytest.raises(refusals.TitleMissing):
        await office.changes.create(editor, "长" * 81)
    with pytest.raises(refusals.ReasonTooLong):
        await office.changes.create(editor, "改", "长" * 1001)
    with pytest.raises(refusals.NoChangeSet):
        await office.changes.get(12345)


async def test_every_step_is_in_the_log(office: Office, editor: Staff) -> None:
    waiting = await office.submitted(editor)
    await office.changes.reopen(editor, waiting.id)
    await office.changes.withdraw(editor, waiting.id)

    assert await office.audited("change.begin") == [("editor", None)]
    assert await office.audited("change.edit") == [("editor", None)]
    assert await office.audited("change.submit") == [("editor", "文件改了")]
    assert await office.audited("change.reopen") == [("editor", None)]
    assert await office.audited("change.withdraw") == [("editor", None)]

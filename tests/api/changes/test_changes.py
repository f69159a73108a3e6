"""Approving, publishing, expiring, undoing and rolling back."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from api.changes import refusals
from api.changes.records import ChangeSet, Proposed
from api.releases.store import NoRelease
from api.staff.accounts import Staff
from api.web.staff.pages import load_words
from tests.api.changes.conftest import NEW, NOON, OLD, TOPICS, Office


async def test_what_a_second_person_approves_is_the_next_release(
    office: Office, editor: Staff, approver: Staff
) -> None:
    waiting = await office.submitted(editor)

    release = await office.changes.approve(approver, waiting.id, waiting.version)

    published = await office.releases.current()
    assert (release, published.number, published.change_set) == (2, 2, waiting.id)
    assert (published.made_by, published.approved_by) == (editor.id, approver.id)
    assert published.reason == "换一句话：文件改了"
    assert NEW in (await office.text_of() or "")
    done = await office.changes.get(waiting.id)
    assert (done.state, done.published_release, done.published_at) == ("published", 2, NOON)
    assert await office.audited("change.publish") == [("approver", "文件改了")]


async def test_nobody_approves_what_he_had_a_hand_in(office: Office, editor: Staff, approver: Staff) -> None:
    own = await office.submitted(approver)
    helped = await office.drafted(editor)
    await office.changes.put_edit(approver, helped, await office.edit_of(new="帮着改。"), 1)
    await office.changes.take_back(approver, helped, TOPICS, "topic", "whole")
    await office.changes.put_edit(editor, helped, await office.edit_of())
    await office.changes.submit(editor, helped, (await office.changes.get(helped)).version)
    seen = await office.changes.get(helped)

    with pytest.raises(refusals.OwnChange):
        await office.changes.approve(approver, own.id, own.version)
    with pytest.raises(refusals.OwnChange):
        await office.changes.approve(approver, seen.id, seen.version)

    assert (await office.releases.current()).number == 1


async def test_approval_needs_the_right_and_the_region(office: Office, editor: Staff) -> None:
    elsewhere = await office.person("elsewhere", "approver", regions=("460000",))
    waiting = await office.submitted(editor)

    with pytest.raises(refusals.NoRightToChange):
        await office.changes.approve(await office.person("second", "editor"), waiting.id, waiting.version)
    with pytest.raises(refusals.NotYourRegion):
        await office.changes.approve(elsewhere, waiting.id, waiting.version)
    with pytest.raises(refusals.NotYourRegion):
        await office.changes.reject(elsewhere, waiting.id, waiting.version, "不行")
    henan = await office.person("henan", "approver", regions=("410000",))
    assert await office.changes.approve(henan, waiting.id, waiting.version) == 2


async def test_only_what_was_seen_and_submitted_is_approved(office: Office, editor: Staff, approver: Staff) -> None:
    draft = await office.drafted(editor)
    waiting = await office.submitted(editor)

    with pytest.raises(refusals.WrongState):
        await office.changes.approve(approver, draft, (await office.changes.get(draft)).version)
    with pytest.raises(refusals.ChangedMeanwhile):
        await office.changes.approve(approver, waiting.id, waiting.version - 1)


async def test_a_rejected_set_is_a_draft_again_with_the_reason(office: Office, editor: Staff, approver: Staff) -> None:
    waiting = await office.submitted(editor)

    with pytest.raises(refusals.ReasonMissing):
        await office.changes.reject(approver, waiting.id, waiting.version, " ")
    await office.changes.reject(approver, waiting.id, waiting.version, "少了出处")

    rejected = await office.changes.get(waiting.id)
    assert (rejected.state, rejected.refusal, rejected.decided_by) == ("draft", "少了出处", approver.id)


async def test_the_gate_lets_pass_only_with_a_reason_that_is_kept(
    office: Office, editor: Staff, approver: Staff
) -> None:
    waiting = await office.submitted(editor)
    office.objections.append("“要带什么”原来答对，现在答错。")

    with pytest.raises(refusals.GateRefused) as refused:
        await office.changes.approve(approver, waiting.id, waiting.version, override_reason=" ")
    await office.changes.approve(approver, waiting.id, waiting.version, override_reason="规定就是改了")

    assert refused.value.objections == ("“要带什么”原来答对，现在答错。",)
    assert (await office.changes.get(waiting.id)).override_reason == "规定就是改了"


async def test_an_approved_set_waits_for_its_time(office: Office, editor: Staff, approver: Staff) -> None:
    waiting = await office.submitted(editor)
    at = NOON + timedelta(hours=2)
    assert await office.changes.approve(approver, waiting.id, waiting.version, publish_at=at) is None

    office.pass_time(hours=1, minutes=59)
    await office.changes.publish_due()
    assert (await office.releases.current()).number == 1

    office.pass_time(minutes=1)
    await asyncio.gather(*(office.changes.publish_due() for _ in range(4)))
    assert (await office.releases.current()).number == 2
    assert (await office.releases.current()).approved_by == approver.id
    assert (await office.changes.get(waiting.id)).state == "published"
    assert await office.audited("change.publish") == [("-", "文件改了")]


OBJECTION = "“要带什么”原来答对，现在答错。"


async def waits_while_another_is_published(office: Office, editor: Staff, approver: Staff) -> ChangeSet:
    """A set that waits for an hour, and a release of another one since its approval."""
    waiting = await office.submitted(editor)
    at = NOON + timedelta(hours=1)
    reason = "规定就是改了" if office.objections else None
    await office.changes.approve(approver, waiting.id, waiting.version, publish_at=at, override_reason=reason)
    new = Proposed(TOPICS, "topic", "new", None, "source: 一\nid: new\ntitle: 新\nsay: 好。")
    other = await office.submitted(editor, [new])
    await office.changes.approve(approver, other.id, other.version, override_reason=reason)
    return await office.changes.get(waiting.id)


async def test_a_set_whose_gate_broke_since_its_approval_goes_back_when_its_hour_comes(
    office: Office, editor: Staff, approver: Staff
) -> None:
    waiting = await waits_while_another_is_published(office, editor, approver)
    office.objections.append(OBJECTION)

    office.pass_time(hours=1)
    await asyncio.gather(*(office.changes.publish_due() for _ in range(4)))

    back = await office.changes.get(waiting.id)
    assert (await office.releases.current()).number == 2
    assert (back.state, back.publish_at) == ("submitted", None)
    assert (back.trouble or {})["objections"] == [OBJECTION]
    assert await office.audited("change.send_back") == [("-", None)]
    assert [one.id for one in await office.changes.in_trouble()] == [waiting.id]


async def test_who_decides_again_settles_it(office: Office, editor: Staff, approver: Staff) -> None:
    waiting = await waits_while_another_is_published(office, editor, approver)
    office.objections.append(OBJECTION)
    office.pass_time(hours=1)
    await office.changes.publish_due()
    back = await office.changes.get(waiting.id)

    assert await office.changes.approve(approver, back.id, back.version, override_reason="看过了") == 3
    assert await office.changes.in_trouble() == []


async def test_the_gate_is_not_asked_again_when_nothing_was_published_since(
    office: Office, editor: Staff, approver: Staff
) -> None:
    waiting = await office.submitted(editor)
    await office.changes.approve(approver, waiting.id, waiting.version, publish_at=NOON + timedelta(hours=1))
    office.objections.append(OBJECTION)

    office.pass_time(hours=1)
    await office.changes.publish_due()

    assert (await office.changes.get(waiting.id)).state == "published"


async def test_what_was_overruled_at_the_approval_does_not_stop_the_hour(
    office: Office, editor: Staff, approver: Staff
) -> None:
    office.objections.append(OBJECTION)
    waiting = await waits_while_another_is_published(office, editor, approver)

    office.pass_time(hours=1)
    await office.changes.publish_due()

    assert (await office.changes.get(waiting.id)).state == "published"


async def test_publishing_before_the_hour_asks_the_gate_too_and_takes_a_reason(
    office: Office, editor: Staff, approver: Staff
) -> None:
    waiting = await waits_while_another_is_published(office, editor, approver)
    office.objections.append(OBJECTION)

    with pytest.raises(refusals.GateRefused):
        await office.changes.publish_now(approver, waiting.id)
    assert await office.changes.publish_now(approver, waiting.id, "看过了") == 3
    assert (await office.changes.get(waiting.id)).override_reason == "看过了"


async def test_a_set_expires_and_what_it_changed_is_as_before(office: Office, editor: Staff, approver: Staff) -> None:
    before = await office.releases.file(1, TOPICS)
    new = Proposed(TOPICS, "topic", "new", None, "source: 一\nid: new\ntitle: 新\nsay: 好。")
    waiting = await office.submitted(editor, [await office.edit_of(), new])
    await office.changes.approve(approver, waiting.id, waiting.version, expires_at=NOON + timedelta(days=1))

    office.pass_time(days=1)
    await asyncio.gather(*(office.changes.publish_due() for _ in range(4)))

    assert (await office.releases.current()).number == 3
    assert await office.releases.file(3, TOPICS) == before
    assert (await office.changes.get(waiting.id)).expired_release == 3
    assert len(await office.audited("change.expire")) == 1


async def test_what_cannot_expire_is_shown_and_may_be_kept(office: Office, editor: Staff, approver: Staff) -> None:
    waiting = await office.submitted(editor)
    await office.changes.approve(approver, waiting.id, waiting.version, expires_at=NOON + timedelta(days=1))
    later = await office.submitted(editor, [await office.edit_of(old=NEW, new="后来又改。")])
    await office.changes.approve(approver, later.id, later.version)

    office.pass_time(days=1)
    await office.changes.publish_due()
    await office.changes.publish_due()

    stuck = await office.changes.get(waiting.id)
    assert stuck.trouble is not None
    assert stuck.trouble["key"] == "changes.conflicting"
    assert stuck.trouble["names"] == [[TOPICS, "topic", "whole"]]
    assert "后来又改。" in (await office.text_of() or "")
    await office.changes.keep(approver, waiting.id)
    assert (await office.changes.get(waiting.id)).trouble is None


async def test_what_no_longer_fits_at_its_time_is_shown_and_not_tried_for_ever(
    office: Office, editor: Staff, approver: Staff
) -> None:
    waiting = await office.submitted(editor)
    await office.changes.approve(approver, waiting.id, waiting.version, publish_at=NOON + timedelta(hours=1))
    quicker = await office.submitted(editor, [await office.edit_of(new="抢先改。")])
    await office.changes.approve(approver, quicker.id, quicker.version)

    office.pass_time(hours=1)
    await office.changes.publish_due()

    stuck = await office.changes.get(waiting.id)
    assert (stuck.state, (stuck.trouble or {})["key"]) == ("approved", "changes.conflicting")
    with pytest.raises(refusals.Conflicting):
        await office.changes.publish_now(approver, waiting.id)
    await office.changes.reject(approver, waiting.id, stuck.version, "要重做")
    assert (await office.changes.get(waiting.id)).trouble is None


async def test_a_waiting_set_is_published_before_its_time(office: Office, editor: Staff, approver: Staff) -> None:
    waiting = await office.submitted(editor)
    await office.changes.approve(approver, waiting.id, waiting.version, publish_at=NOON + timedelta(days=9))

    with pytest.raises(refusals.NoRightToChange):
        await office.changes.publish_now(editor, waiting.id)
    assert await office.changes.publish_now(approver, waiting.id) == 2


async def test_an_end_before_the_beginning_is_refused(office: Office, editor: Staff, approver: Staff) -> None:
    waiting = await office.submitted(editor)
    at, end = NOON + timedelta(days=2), NOON + timedelta(days=1)

    with pytest.raises(refusals.BadTime):
        await office.changes.approve(approver, waiting.id, waiting.version, publish_at=at, expires_at=end)
    with pytest.raises(refusals.BadTime):
        await office.changes.approve(approver, waiting.id, waiting.version, expires_at=NOON)


async def test_a_withdrawn_entry_comes_back_when_that_is_undone(office: Office, editor: Staff, approver: Staff) -> None:
    gone = Proposed(TOPICS, "topic", "whole", await office.text_of(), None)
    more = Proposed(TOPICS, "topic", "new", None, "source: 一\nid: new\ntitle: 新\nsay: 好。")
    waiting = await office.submitted(editor, [gone, more])
    await office.changes.approve(approver, waiting.id, waiting.version)
    assert await office.text_of() is None

    assert await office.changes.undo(approver, waiting.id, "撤错了") == 3

    assert await office.text_of() == gone.before
    assert await office.text_of("new") is None
    with pytest.raises(refusals.AlreadyUndone):
        await office.changes.undo(approver, waiting.id, "再撤")


async def test_an_older_release_is_restored_in_one_step(office: Office, editor: Staff, approver: Staff) -> None:
    waiting = await office.submitted(editor)
    await office.changes.approve(approver, waiting.id, waiting.version)

    with pytest.raises(refusals.ReasonMissing):
        await office.changes.roll_back(approver, 1, "")
    with pytest.raises(refusals.NoRightToChange):
        await office.changes.roll_back(editor, 1, "改错了")
    with pytest.raises(refusals.NotYourRegion):
        await office.changes.roll_back(await office.person("b", "approver", regions=("460000",)), 1, "改错了")
    with pytest.raises(NoRelease):
        await office.changes.roll_back(approver, 99, "改错了")
    assert await office.changes.roll_back(approver, 1, "改错了") == 3

    assert OLD in (await office.text_of() or "")
    assert (await office.releases.current()).restores == 1
    assert await office.audited("release.roll_back") == [("approver", "改错了")]
    with pytest.raises(refusals.NothingEdited):
        await office.changes.roll_back(approver, 1, "又来")


async def test_others_who_publish_meanwhile_are_not_overwritten(office: Office, editor: Staff, approver: Staff) -> None:
    one = await office.submitted(editor)
    other = await office.submitted(
        editor, [Proposed(TOPICS, "topic", "new", None, "source: 一\nid: new\ntitle: 新\nsay: 好。")]
    )

    await asyncio.gather(
        office.changes.approve(approver, one.id, one.version), office.changes.approve(approver, other.id, other.version)
    )

    assert (await office.releases.current()).number == 3
    assert NEW in (await office.text_of() or "")
    assert await office.text_of("new") is not None


async def test_every_refusal_has_a_sentence() -> None:
    words = load_words("12345")
    kinds = [
        one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, refusals.ChangeRefused)
    ]
    keys = {one.key for one in kinds} - {"changes.refused", "changes.wrong_state"}

    assert len(keys) > 15
    assert [key for key in keys if not words.knows(key)] == []

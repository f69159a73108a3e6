"""Who is asking is heard from what he says and kept on the record."""

import pytest

from actions.speaker import Speaker, says_conscript, speaker_in
from tests.actions.builders import Person, knowledge


@pytest.mark.parametrize(
    ("text", "kind", "relation"),
    [
        ("替我儿子问一下", "family", "儿子"),
        ("我是帮俺闺女问的", "family", "闺女"),
        ("我儿子今年退伍要办啥", "family", "儿子"),
        ("俺家孩子刚从部队回来", "family", "孩子"),
        ("我儿子当兵回来了，要给他办什么", "family", "儿子"),
        ("我弟当了五年兵刚到家", "family", "我弟"),
        ("给我老公查查进度", "family", "老公"),
        ("我是他爱人，想问户口", "family", "爱人"),
        ("帮战友问个事", "helper", "战友"),
        ("代来电人咨询", "helper", "来电人"),
        ("替村里一个群众问", "helper", "群众"),
        ("这回是我自己的事", "self", None),
    ],
)
def test_who_asks_is_heard(text: str, kind: str, relation: str | None) -> None:
    assert speaker_in(text, knowledge().library) == Speaker(kind, relation)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "落我儿子家",
        "我爸是户主",
        "户口落我爸家行不",
        "我退伍了要办啥",
        "战友说不用交凭证",
        "退伍了，我爸让我问问",
        "跟我老婆一个户口本",
        "要不要我爸的身份证",
        "能让我爸替我去吗",
        "给钱吗",
    ],
)
def test_people_who_are_only_spoken_of_do_not_ask(text: str) -> None:
    assert speaker_in(text, knowledge().library) is None


async def test_who_asks_is_put_on_the_record_once() -> None:
    person = Person(region_hint="河南")

    first = await person.meets("answer_question", "替我儿子问一下，户口要几天")
    second = await person.meets("answer_question", "替我儿子问一下，身份证要带不")

    assert [(one.kind, one.data) for one in first.effects] == [("note_speaker", {"kind": "family", "relation": "儿子"})]
    assert second.effects == ()


async def test_questionnaire_for_somebody_else_says_so_and_reads_it_back() -> None:
    person = Person(region_hint="河南")
    begun = await person.meets("run_questionnaire", "我儿子刚退伍，帮他看看要办啥")
    read_back = await person.answers("1", "1", "1", "1", "1", "1", "1", "1", "1")

    assert "按儿子本人的情况答" in begun.replies[0].text
    assert "替儿子填的" in read_back.replies[-1].text


async def test_going_on_after_the_notice_is_consent_with_its_version() -> None:
    person = Person(region_hint="河南")
    begun = await person.meets("run_questionnaire", "我该办哪些")
    first = await person.answers("1")
    second = await person.answers("1")

    version = knowledge().library.phrase("notice_version")
    assert "接着答就是同意" in begun.replies[0].text
    assert begun.effects == ()
    assert [(one.kind, one.data) for one in first.effects] == [("give_consent", {"version": version})]
    assert second.effects == ()


async def test_a_new_version_of_the_notice_is_consented_to_again() -> None:
    person = Person(region_hint="河南")
    await person.meets("run_questionnaire", "我该办哪些")
    await person.answers("1")
    person.memory.private["consent"] = "1999-01"

    assert [one.kind for one in (await person.answers("1")).effects] == ["give_consent"]


async def test_who_does_not_agree_leaves_nothing_behind() -> None:
    person = Person(region_hint="河南")
    await person.meets("run_questionnaire", "我该办哪些")
    await person.answers("1", "1")

    refused = await person.answers("我不同意留")

    assert refused.replies[0].kind == "notice"
    assert refused.memory.loop is None
    assert refused.memory.questionnaire is None
    assert "answers" not in refused.memory.private


async def test_withdrawal_is_an_effect_of_its_own() -> None:
    person = Person(region_hint="河南")
    await person.meets("run_questionnaire", "我该办哪些")
    before = await person.meets("run_questionnaire", "不同意", "deny")
    await person.meets("run_questionnaire", "我该办哪些")
    await person.answers("1")
    after = await person.answers("不同意了")

    assert before.effects == ()
    assert [one.kind for one in after.effects] == ["withdraw_consent"]


async def test_consent_is_taken_back_after_the_questionnaire_too() -> None:
    person = Person(region_hint="河北")
    await person.meets("run_questionnaire", "我该办哪些")
    await person.answers("1", "1", "1", "对")

    result = await person.meets("fall_back", "别留我的回答", "nlu_fallback")

    assert [one.kind for one in result.effects] == ["withdraw_consent"]
    assert "answers" not in result.memory.private


async def test_somebody_else_who_does_not_agree_withdraws_nothing() -> None:
    person = Person(region_hint="河南")
    await person.meets("run_questionnaire", "我该办哪些")
    await person.answers("1")

    result = await person.meets("answer_question", "单位不同意落户怎么办", "ask_policy")

    assert result.effects == ()
    assert result.memory.private["answers"]


@pytest.mark.parametrize(
    ("text", "is_conscript"),
    [
        ("我是义务兵", True),
        ("义务兵 两年", True),
        ("我就是个义务兵", True),
        ("我不是义务兵", False),
        ("义务兵要带哪张医保凭证", False),
        ("我是义务兵吗", False),
    ],
)
def test_who_calls_himself_a_conscript_is_heard(text: str, is_conscript: bool) -> None:
    assert says_conscript(text, knowledge().library) is is_conscript
